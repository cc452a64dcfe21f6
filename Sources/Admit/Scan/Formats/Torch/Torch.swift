// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What PyTorch writes: its archives, TorchScript, packages.
enum Torch: FormatFamily {
}
