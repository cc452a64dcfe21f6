// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Comparison whose duration says nothing about where two secrets differ.
enum ConstantTime {
  /// Whether both have the same bytes. Their lengths are no secret.
  static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    var difference: UInt8 = 0
    for index in one.indices { difference |= one[index] ^ other[index] }
    return difference == 0
  }
}
