// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

enum SealedDirectory { static let manifestName = "manifest.age" }
