// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How much of an answer somebody gets. Every part takes away; two policies together take away what either does.
package struct ResponsePolicy: Hashable, Sendable {
  /// Digits behind the point that scores are rounded to; nil for all.
  package var decimals: Int?
  /// Only so many of the largest scores; nil for all.
  package var top: Int?
  /// 1 for the answer and 0 for every other class.
  package var labelOnly: Bool
  /// Above 1, scores tell less of how sure the model is.
  package var temperature: Double?
  /// Whether a few answers are changed, for a copy to give itself away.
  package var watermark: Bool

  package init(
    decimals: Int? = nil, top: Int? = nil, labelOnly: Bool = false, temperature: Double? = nil,
    watermark: Bool = false
  ) {
    (self.decimals, self.top, self.labelOnly) = (decimals, top, labelOnly)
    (self.temperature, self.watermark) = (temperature, watermark)
  }

  /// Answers as the model gives them.
  package static let full = ResponsePolicy()

  /// Whether answers go out as they are.
  package var changesNothing: Bool { self == .full }

  /// What is left by both.
  package func and(_ other: ResponsePolicy) -> ResponsePolicy {
    if other.changesNothing { return self }
    if changesNothing { return other }
    func least(_ one: Int?, _ two: Int?) -> Int? { [one, two].compactMap { $0 }.min() }
    return ResponsePolicy(
      decimals: least(decimals, other.decimals), top: least(top, other.top),
      labelOnly: labelOnly || other.labelOnly,
      temperature: [temperature, other.temperature].compactMap { $0 }.max(),
      watermark: watermark || other.watermark)
  }

  /// What is wrong with it; nil when nothing is.
  package var fault: ResponseFault? {
    if let decimals, !(0...6).contains(decimals) {
      return ResponseFault(part: "decimals", expected: "from 0 to 6", found: "\(decimals)")
    }
    if let top, !(1...1_000_000).contains(top) {
      return ResponseFault(part: "top", expected: "from 1 to 1000000", found: "\(top)")
    }
    if let temperature, !(temperature >= 0.01 && temperature <= 100) {
      return ResponseFault(part: "temperature", expected: "from 0.01 to 100", found: "\(temperature)")
    }
    return nil
  }
}

/// A part of a response policy that cannot be.
package struct ResponseFault: Error, Equatable, Sendable {
  package let part: String
  package let expected: String
  package let found: String
}

extension ResponseFault: CustomStringConvertible {
  package var description: String { "\(part): expected \(expected), found \(found)" }
}

extension ResponsePolicy: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case decimals, top, labelOnly, temperature, watermark
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A part that is not known is refused: who misspells one would give more away than they mean to.
  package init(from decoder: any Decoder) throws {
    let known = Set(CodingKeys.allCases.map(\.rawValue))
    let found = try decoder.container(keyedBy: AnyKey.self)
    if let stranger = found.allKeys.first(where: { !known.contains($0.stringValue) }) {
      throw DecodingError.dataCorruptedError(
        forKey: stranger, in: found,
        debugDescription:
          "'\(stranger.stringValue)' is no part of a response; known are \(known.sorted().joined(separator: ", "))"
      )
    }
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      decimals: try members.decodeIfPresent(Int.self, forKey: .decimals),
      top: try members.decodeIfPresent(Int.self, forKey: .top),
      labelOnly: try members.decodeIfPresent(Bool.self, forKey: .labelOnly) ?? false,
      temperature: try members.decodeIfPresent(Double.self, forKey: .temperature),
      watermark: try members.decodeIfPresent(Bool.self, forKey: .watermark) ?? false)
  }

  /// What says nothing is left out.
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encodeIfPresent(decimals, forKey: .decimals)
    try members.encodeIfPresent(top, forKey: .top)
    if labelOnly { try members.encode(true, forKey: .labelOnly) }
    try members.encodeIfPresent(temperature, forKey: .temperature)
    if watermark { try members.encode(true, forKey: .watermark) }
  }
}

extension ResponsePolicy: CustomStringConvertible {
  /// As ``init(text:)`` reads it: `label-only`, `decimals=2,top=3`, `full`.
  package var description: String {
    var parts: [String] = []
    if labelOnly { parts.append("label-only") }
    if let decimals { parts.append("decimals=\(decimals)") }
    if let top { parts.append("top=\(top)") }
    if let temperature { parts.append("temperature=\(temperature)") }
    if watermark { parts.append("watermark") }
    return parts.isEmpty ? "full" : parts.joined(separator: ",")
  }

  /// Reads parts with commas between them: `label-only`, `decimals=N`, `top=N`, `temperature=T`, `watermark`, or `full` alone.
  package init(text: String) throws(ResponseFault) {
    self.init()
    if text == "full" { return }
    var seen: Set<Substring> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = sides[0]
      guard seen.insert(name).inserted else {
        throw ResponseFault(part: "\(name)", expected: "it once", found: "it twice")
      }
      func number<Value: LosslessStringConvertible>(_ type: Value.Type) throws(ResponseFault) -> Value {
        guard sides.count == 2, let value = Value(String(sides[1])) else {
          throw ResponseFault(
            part: "\(name)", expected: "a number, as in \(name)=2", found: "`\(part.prefix(40))`")
        }
        return value
      }
      switch name {
      case "label-only" where sides.count == 1: labelOnly = true
      case "watermark" where sides.count == 1: watermark = true
      case "decimals": decimals = try number(Int.self)
      case "top": top = try number(Int.self)
      case "temperature": temperature = try number(Double.self)
      default:
        throw ResponseFault(
          part: "response",
          expected:
            "label-only, decimals=N, top=N, temperature=T and watermark with commas between them, or full",
          found: "`\(part.prefix(40))`")
      }
    }
    if let fault { throw fault }
  }
}
