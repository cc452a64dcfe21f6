// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension Limits {
  /// Different certificates in one signature. A hostile set can be arranged in as many chains as it has orders, and each is
  /// tried.
  package static let certificates = 6
  /// Bytes of an unsigned file that is looked at.
  package static let unsignedFile = 1 << 20
  /// Bytes of what is remembered of one model.
  package static let digestCache = 64 << 20
  /// Models that are remembered.
  package static let cachedModels = 256
}
