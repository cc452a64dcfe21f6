// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletTables

/// What was changed of one row, in the words and units of the table.
package struct FeatureChange: Codable, Equatable, Sendable {
  /// A number, or the name of a one-hot group's member.
  package enum Value: Codable, Equatable, Sendable {
    case number(Double)
    case member(String)

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .member(try container.decode(String.self))
      }
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .member(let name): try container.encode(name)
      }
    }

    package var text: String {
      switch self {
      case .number(let number): TableFeature.text(of: number)
      case .member(let name): name
      }
    }
  }

  /// A feature, or a one-hot group.
  package let feature: String
  package let from: Value
  package let to: Value
  package let unit: String
}

extension FeatureChange: CustomStringConvertible {
  /// `duration 24 → 27 months`, `purpose car → television`, with as many digits as people read.
  package var description: String {
    var (before, after) = (word(from, digits: 5), word(to, digits: 5))
    if before == after { (before, after) = (word(from, digits: 9), word(to, digits: 9)) }
    return "\(feature) \(before) → \(after)" + (unit.isEmpty ? "" : " \(unit)")
  }

  /// The members of a group often begin with its name, which stands there already.
  private func word(_ value: Value, digits: Int) -> String {
    switch value {
    case .number(let number):
      guard number != number.rounded() else { return value.text }
      let unit = pow(10, (log10(abs(number)).rounded(.down) + 1 - Double(digits)))
      return TableFeature.text(of: (number / unit).rounded() * unit)
    case .member(let name):
      guard name.hasPrefix(feature) else { return name }
      let rest = name.dropFirst(feature.count).drop { !$0.isLetter && !$0.isNumber }
      return rest.isEmpty ? name : String(rest)
    }
  }
}

extension TableSpace {
  /// The largest changes first.
  func changes(_ row: [Double], from origin: [Double]) -> [FeatureChange] {
    schema.parts.map { (part: $0, size: size(of: $0, row, origin)) }
      .filter { $0.size > 0 }.sorted { $0.size > $1.size }
      .map { part, _ in
        switch part {
        case .feature(let index):
          let feature = schema.features[index]
          return FeatureChange(
            feature: feature.name, from: .number(shown(origin[index], index)),
            to: .number(shown(row[index], index)), unit: feature.unit)
        case .group(let name, let members):
          return FeatureChange(
            feature: name, from: member(members, origin), to: member(members, row), unit: "")
        }
      }
  }

  private func member(_ members: [Int], _ row: [Double]) -> FeatureChange.Value {
    .member(members.first { row[$0] == 1 }.map { schema.features[$0].name } ?? "none")
  }

  /// With no more digits than float32 can tell apart.
  private func shown(_ value: Double, _ index: Int) -> Double {
    guard value != value.rounded() else { return value }
    return Double("\(Float(value))") ?? value
  }
}
