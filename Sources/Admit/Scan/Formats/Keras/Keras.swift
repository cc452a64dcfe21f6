// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// HDF5 and the models that Keras writes, skops.
enum Keras: FormatFamily {
}
