// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletInference
import MartletRuntime
import Testing

/// Numbers in JSON: read as the nearest, written as the shortest.
@Suite struct NumberTests {
  /// Patterns that are spread over all exponents, the same at every run.
  private struct Patterns: Sequence, IteratorProtocol {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var left: Int

    mutating func next() -> UInt64? {
      guard left > 0 else { return nil }
      left -= 1
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private func written(_ tensor: Tensor) throws -> [Substring] {
    let response = InferenceResponse(model: "m", version: "1", id: nil, outputs: [("o", tensor)])
    let text = String(decoding: try response.body(for: InferenceRequest(inputs: [])).bytes, as: UTF8.self)
    let data = try #require(text.firstRange(of: "\"data\":["))
    return text[data.upperBound...].dropLast(4).split(separator: ",")
  }

  private func digits(_ text: some StringProtocol) -> String {
    let significant = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
    return String(significant.reversed().drop { $0 == "0" }.reversed())
  }

  @Test func doublesAreWrittenWithTheFewestDigitsThatReadBack() throws {
    let edges = [
      "5e-324", "2.2250738585072014e-308", "2.225073858507201e-308", "1.7976931348623157e308",
      "9007199254740994",
      "1e23", "9e-7", "1e-7", "123456789012345680", "1e16", "1e17", "0.1", "1", "1.5", "4.35", "2e-44",
    ].compactMap { Double($0) }
    let values = edges + Patterns(left: 20_000).map { Double(bitPattern: $0) }.filter(\.isFinite)
    for (value, text) in zip(values, try written(Tensor(float64: values, shape: [values.count]))) {
      #expect(Double(text) == value)
      #expect(digits(text) == digits(value.description), "\(text) for \(value)")
    }
  }

  @Test func floatsAreWrittenWithTheFewestDigitsThatReadBack() throws {
    let edges = [
      "1e-45", "1.1754944e-38", "1.1754942e-38", "3.4028235e38", "16777216", "0.1", "33554432", "8388608",
      "1e10",
    ].compactMap { Float($0) }
    let values =
      edges
      + Patterns(left: 20_000).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }.filter(\.isFinite)
    for (value, text) in zip(values, try written(Tensor(float32: values, shape: [values.count]))) {
      #expect(Float(text) == value)
      #expect(digits(text) == digits(value.description), "\(text) for \(value)")
    }
  }

  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1.5, "-1.5"), (1e16, "10000000000000000.0"), (1e17, "1e+17"),
    (1.25e-5, "0.0000125"), (1.25e-6, "1.25e-06"), (1e100, "1e+100"), (12345.678, "12345.678"),
    (1e-4, "0.0001"),
  ])
  func howNumbersLook(_ value: Double, _ text: String) throws {
    #expect(try written(Tensor(float64: [value], shape: [1])) == [Substring(text)])
  }

  @Test func everyNumberIsReadAsTheNearest() throws {
    var texts = [
      "9007199254740993", "9007199254740992.5", "0.30000001192092896", "18446744073709551615", "1e-27",
      "1e27",
      "12345678901234567890123", "2.2250738585072011e-308", "1e-400", "1.0000000000000002220446049250313e0",
      "0.1e1", "1E+2", "100e-2", "0.000000000000000000000000001", "-0", "179769313486231570000e288",
    ]
    for pattern in Patterns(left: 5_000) {
      let value = Double(bitPattern: pattern)
      if value.isFinite { texts.append("\(value)") }
      texts.append("\(pattern >> 4)e\(Int(pattern & 63) - 32)")
      texts.append("\(Float(bitPattern: UInt32(pattern >> 32) & 0xBFFF_FFFF))")
    }
    for text in texts {
      let bytes = Bytes(utf8: text)
      var reader = JSONReader(bytes.span)
      #expect(try reader.double() == Double(text), "\(text)")
      var again = JSONReader(bytes.span)
      if let value = Float(text), value.isFinite {
        #expect(try again.float() == value, "\(text)")
      } else {
        #expect(throws: JSONError.self, "\(text)") { try again.float() }
      }
    }
  }

  /// Halfway between two floats, and a little above: the way over a double would lose the difference.
  @Test func floatsAreRoundedOnce() throws {
    let bytes = Bytes(utf8: "1.000000059604644775390626")
    var reader = JSONReader(bytes.span)
    #expect(try reader.double() == 1.0000000596046448)
    let exact = Bytes(utf8: "16777217.0000000001")
    var second = JSONReader(exact.span)
    #expect(try second.float() == 16777218)
  }
}
