// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import Foundation

/// The changing six digits of an authenticator app (RFC 6238, with SHA-1 and steps of 30 seconds, which is what all apps do).
package struct TOTP: Equatable, Sendable {
  /// 20 bytes (RFC 4226, section 4: at least 16, 20 recommended).
  package let secret: [UInt8]

  package static let secretCount = 20
  package static let digits = 6
  /// Seconds.
  package static let step: TimeInterval = 30

  package init() { secret = RandomBytes.make(Self.secretCount) }

  /// - Returns: `nil` for a secret of another length.
  package init?(secret: [UInt8]) {
    guard secret.count == Self.secretCount else { return nil }
    self.secret = secret
  }

  /// The number of the step that the code is for; `nil` when it is wrong. One step before and after is accepted, for
  /// clocks that differ.
  ///
  /// - Parameter last: the step of the last code that was accepted. It, and every step before, is refused: a code
  ///   that was seen over a shoulder is worth nothing once it was used (RFC 6238, section 5.2). The caller stores what
  ///   is returned, in the transaction that lets somebody in.
  package func step(of code: String, at time: Date, after last: Int64?) -> Int64? {
    guard code.utf8.count == Self.digits else { return nil }
    let now = Self.step(at: time)
    var found: Int64?
    for step in max(0, now - 1)...max(0, now + 1)
    where ConstantTime.equal(Array(Self.code(secret, step, digits: Self.digits).utf8), Array(code.utf8)) {
      if step > last ?? -1 { found = step }
    }
    return found
  }

  /// The code of a time, as the app shows it.
  package func code(at time: Date) -> String { Self.code(secret, Self.step(at: time), digits: Self.digits) }

  /// What an app reads from a QR code.
  package func uri(for name: String, issuer: String = "Martlet") -> String {
    let label = "\(issuer):\(name)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? issuer
    let issuer = issuer.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return "otpauth://totp/\(label)?secret=\(text)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
  }

  /// The secret as it is typed into an app.
  package var text: String { Base32.encode(secret) }

  private static func step(at time: Date) -> Int64 { Int64(max(0, time.timeIntervalSince1970) / step) }

  /// HOTP (RFC 4226, section 5.3).
  static func code(_ secret: [UInt8], _ counter: Int64, digits: Int) -> String {
    let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
    let offset = Int(mac[19] & 15)
    let value = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
    let text = String(value % modulus)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
