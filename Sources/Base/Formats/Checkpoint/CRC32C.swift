// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The checksum with Castagnoli's polynomial (RFC 3720, appendix B.4).
struct CRC32C {
  private var state: UInt32 = .max

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
  }

  mutating func update(_ bytes: Span<UInt8>) {
    let table = Self.table
    var state = state
    for index in bytes.indices {
      state = table[Int(UInt8(truncatingIfNeeded: state) ^ bytes[index])] ^ state >> 8
    }
    self.state = state
  }

  var value: UInt32 { ~state }

  /// As LevelDB stores it, so that a checksum over checksums is a plain one.
  var masked: UInt32 { (value >> 15 | value << 17) &+ 0xA282_EAD8 }
}
