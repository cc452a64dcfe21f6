// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Arithmetic modulo 2^255 - 19, as much of it as it takes to bring a public Ed25519 key into the form that X25519 works with.
///
/// Takes a time that depends on the values, so that it is for public keys only.
struct Field25519: Equatable {
  /// The least significant first; below the modulus.
  private var limbs: (UInt64, UInt64, UInt64, UInt64)

  private init(_ limbs: (UInt64, UInt64, UInt64, UInt64)) {
    self.limbs = limbs
    reduce()
  }

  private init(_ small: UInt64) { self.init((small, 0, 0, 0)) }

  /// The X25519 public key of the point that an Ed25519 public key encodes: `(1 + y) / (1 - y)` (RFC 7748 section 4.1).
  /// `nil` for bytes that encode no point of the curve, or its neutral point.
  static func montgomery(ofEdwards key: [UInt8]) -> [UInt8]? {
    guard key.count == 32, let y = Field25519(bytes: Array(key.dropLast()) + [key[31] & 0x7f]) else {
      return nil
    }
    let one = Field25519(1)
    // x² = (y² - 1) / (d y² + 1) must be a square. d is -121665 / 121666.
    let square = y * y
    let above = square - one
    let below = square * (Field25519(0) - Field25519(121_665)) * Field25519(121_666).inverse + one
    let xSquare = above * below.inverse
    guard xSquare == Field25519(0) || xSquare.power(halfOrder) == one, y != one else { return nil }
    return ((one + y) * (one - y).inverse).bytes
  }

  /// Reads 32 bytes, the least significant first; `nil` for a value that is not below the modulus.
  private init?(bytes: [UInt8]) {
    var words: [UInt64] = [0, 0, 0, 0]
    for index in 0..<32 { words[index / 8] |= UInt64(bytes[index]) << UInt64(8 * (index % 8)) }
    self.init((words[0], words[1], words[2], words[3]))
    guard self.bytes == bytes else { return nil }
  }

  private var bytes: [UInt8] {
    [limbs.0, limbs.1, limbs.2, limbs.3].flatMap { limb in
      (0..<8).map { UInt8(truncatingIfNeeded: limb >> UInt64(8 * $0)) }
    }
  }

  static func == (one: Field25519, other: Field25519) -> Bool { one.limbs == other.limbs }

  static func + (one: Field25519, other: Field25519) -> Field25519 {
    // Both are below 2^255, so that the sum fits.
    var sum: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var carry: UInt64 = 0
    (sum.0, carry) = add(one.limbs.0, other.limbs.0, carry)
    (sum.1, carry) = add(one.limbs.1, other.limbs.1, carry)
    (sum.2, carry) = add(one.limbs.2, other.limbs.2, carry)
    (sum.3, carry) = add(one.limbs.3, other.limbs.3, carry)
    return Field25519(sum)
  }

  static func - (one: Field25519, other: Field25519) -> Field25519 {
    one + other.negative
  }

  private var negative: Field25519 {
    var difference: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var borrow: UInt64 = 0
    let prime = Self.prime
    (difference.0, borrow) = Self.subtract(prime.0, limbs.0, borrow)
    (difference.1, borrow) = Self.subtract(prime.1, limbs.1, borrow)
    (difference.2, borrow) = Self.subtract(prime.2, limbs.2, borrow)
    (difference.3, borrow) = Self.subtract(prime.3, limbs.3, borrow)
    return Field25519(difference)
  }

  static func * (one: Field25519, other: Field25519) -> Field25519 {
    let left = [one.limbs.0, one.limbs.1, one.limbs.2, one.limbs.3]
    let right = [other.limbs.0, other.limbs.1, other.limbs.2, other.limbs.3]
    var product = [UInt64](repeating: 0, count: 8)
    for i in 0..<4 {
      var carry: UInt64 = 0
      for j in 0..<4 { (carry, product[i + j]) = fused(left[i], right[j], product[i + j], carry) }
      product[i + 4] = carry
    }
    // 2^256 is 38 here. Twice, because the first fold carries up to 38 times 2^256 over.
    var folded = [UInt64](repeating: 0, count: 4)
    var carry: UInt64 = 0
    for i in 0..<4 { (carry, folded[i]) = fused(product[i + 4], 38, product[i], carry) }
    var extra = carry
    while extra != 0 {
      var high: UInt64 = 0
      (high, folded[0]) = fused(extra, 38, folded[0], 0)
      for i in 1..<4 { (folded[i], high) = add(folded[i], high, 0) }
      extra = high
    }
    return Field25519((folded[0], folded[1], folded[2], folded[3]))
  }

  private func power(_ exponent: (UInt64, UInt64, UInt64, UInt64)) -> Field25519 {
    var result = Field25519(1)
    for limb in [exponent.3, exponent.2, exponent.1, exponent.0] {
      for bit in (0..<64).reversed() {
        result = result * result
        if limb >> UInt64(bit) & 1 == 1 { result = result * self }
      }
    }
    return result
  }

  /// Zero for zero.
  private var inverse: Field25519 {
    power((Self.prime.0 - 2, Self.prime.1, Self.prime.2, Self.prime.3))
  }

  /// Brings a value below 2^256 below the modulus.
  private mutating func reduce() {
    let prime = Self.prime
    while true {
      var less: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
      var borrow: UInt64 = 0
      (less.0, borrow) = Self.subtract(limbs.0, prime.0, borrow)
      (less.1, borrow) = Self.subtract(limbs.1, prime.1, borrow)
      (less.2, borrow) = Self.subtract(limbs.2, prime.2, borrow)
      (less.3, borrow) = Self.subtract(limbs.3, prime.3, borrow)
      if borrow == 1 { return }
      limbs = less
    }
  }

  private static let prime: (UInt64, UInt64, UInt64, UInt64) = (
    0xffff_ffff_ffff_ffed, .max, .max, 0x7fff_ffff_ffff_ffff
  )
  /// Half of the modulus less one: whatever is a square becomes 1 when raised to it.
  private static let halfOrder: (UInt64, UInt64, UInt64, UInt64) = (
    0xffff_ffff_ffff_fff6, .max, .max, 0x3fff_ffff_ffff_ffff
  )

  private static func add(_ one: UInt64, _ other: UInt64, _ carry: UInt64) -> (UInt64, UInt64) {
    let (partial, first) = one.addingReportingOverflow(other)
    let (sum, second) = partial.addingReportingOverflow(carry)
    return (sum, (first ? 1 : 0) + (second ? 1 : 0))
  }

  private static func subtract(_ one: UInt64, _ other: UInt64, _ borrow: UInt64) -> (UInt64, UInt64) {
    let (partial, first) = one.subtractingReportingOverflow(other)
    let (difference, second) = partial.subtractingReportingOverflow(borrow)
    return (difference, (first ? 1 : 0) + (second ? 1 : 0))
  }

  /// `one * other + addend + carry`, which fits two limbs: the upper and the lower one.
  private static func fused(
    _ one: UInt64, _ other: UInt64, _ addend: UInt64, _ carry: UInt64
  ) -> (UInt64, UInt64) {
    let product = one.multipliedFullWidth(by: other)
    let (first, carried) = product.low.addingReportingOverflow(addend)
    let (second, again) = first.addingReportingOverflow(carry)
    return (product.high &+ (carried ? 1 : 0) &+ (again ? 1 : 0), second)
  }
}
