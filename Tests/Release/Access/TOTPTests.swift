// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletAccess

@Suite struct TOTPTests {
  static let secret = Array("12345678901234567890".utf8)

  @Test(
    "RFC 6238, appendix B, SHA-1",
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
  func timeVectors(seconds: Int64, code: String) {
    #expect(TOTP.code(Self.secret, seconds / 30, digits: 8) == code)
    let time = Date(timeIntervalSince1970: Double(seconds))
    #expect(TOTP(secret: Self.secret)?.code(at: time) == String(code.suffix(6)))
  }

  @Test("RFC 4226, appendix D")
  func counterVectors() {
    let codes = (0..<10).map { TOTP.code(Self.secret, $0, digits: 6) }
    #expect(
      codes == [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
      ])
  }

  @Test func aCodeIsGoodForOneStepAroundItsOwnAndOnce() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    let time = Date(timeIntervalSince1970: 1_700_000_010)
    let code = totp.code(at: time)
    let step = try #require(totp.step(of: code, at: time, after: nil))
    #expect(totp.step(of: code, at: time + 30, after: nil) == step)
    #expect(totp.step(of: code, at: time - 30, after: nil) == step)
    #expect(totp.step(of: code, at: time + 61, after: nil) == nil)
    #expect(totp.step(of: code, at: time - 61, after: nil) == nil)
    #expect(totp.step(of: code, at: time, after: step) == nil, "a replay")
    #expect(totp.step(of: totp.code(at: time - 30), at: time, after: step) == nil, "older than the last")
    #expect(totp.step(of: totp.code(at: time + 30), at: time + 30, after: step) == step + 1)
  }

  @Test(arguments: ["", "12345", "1234567", "abcdef", "٠١٢٣٤٥", " 12345"])
  func whatIsNoCodeIsRefused(_ code: String) throws {
    let totp = try #require(TOTP(secret: Self.secret))
    #expect(totp.step(of: code, at: Date(timeIntervalSince1970: 0), after: nil) == nil)
  }

  @Test func anAppReadsTheAddress() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    #expect(totp.text == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    #expect(
      totp.uri(for: "anna meier")
        == "otpauth://totp/Martlet%3Aanna%20meier?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Martlet&algorithm=SHA1&digits=6&period=30"
    )
    #expect(TOTP().secret != TOTP().secret)
    #expect(TOTP(secret: [1, 2, 3]) == nil)
  }
}
