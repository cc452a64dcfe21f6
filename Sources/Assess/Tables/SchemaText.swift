// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Writes schemas as YAML, one line a feature.
package enum SchemaText {
  /// A draft with what a person has to know to go over it.
  package static func yaml(_ draft: SchemaDraft, of source: String) -> String {
    let head = """
      # What the rows of \(visible(source)) may be, as its \(draft.rowCount) rows suggest. Go over it: the data say what was seen,
      # not what can be.
      #   type    real, integer, boolean, or category for codes without an order
      #   low     the lowest and highest values that can be, not only those that were seen
      #   change  what somebody can do who wants another answer: yes, no, increase or decrease
      #   unit    shown in reports
      #   group   one-hot columns: exactly one of them is 1
      #   scale, offset   where the model takes standardised values: raw = value * scale + offset; all else is in raw units
      #   cost    what a change over the whole range, or to another category, counts in the distance (1)


      """
    return head + features(draft.schema.features, draft.notes) + "\n"
      + relations(draft.schema.relations, draft.candidates)
  }

  package static func yaml(_ schema: TableSchema) -> String {
    features(schema.features, [:]) + (schema.relations.isEmpty ? "" : relations(schema.relations, []))
  }

  private static func features(_ features: [TableFeature], _ notes: [Int: String]) -> String {
    let lines = features.enumerated().map { place, feature in
      "  - { " + fields(feature).map { "\($0): \($1)" }.joined(separator: ", ") + " }"
        + (notes[place].map { "  # \($0)" } ?? "")
    }
    return "features:\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func fields(_ feature: TableFeature) -> [(String, String)] {
    var fields = [("name", scalar(feature.name)), ("type", feature.kind.rawValue)]
    if feature.kind != .boolean {
      fields += [("low", number(feature.low)), ("high", number(feature.high))]
    }
    if let values = feature.values {
      fields.append(("values", "[" + values.map(number).joined(separator: ", ") + "]"))
    }
    if let group = feature.group { fields.append(("group", scalar(group))) }
    fields.append(("change", feature.change.rawValue))
    if !feature.isDiscrete || !feature.unit.isEmpty { fields.append(("unit", scalar(feature.unit))) }
    if feature.scale != 1 { fields.append(("scale", "\(feature.scale)")) }
    if feature.offset != 0 { fields.append(("offset", "\(feature.offset)")) }
    if feature.cost != 1 { fields.append(("cost", number(feature.cost))) }
    return fields
  }

  private static func relations(_ relations: [Relation], _ candidates: [String]) -> String {
    var lines = ["relations:" + (relations.isEmpty ? " []" : "")]
    for relation in relations {
      let text = quoted(relation.text)
      lines.append(
        relation.tolerance.map { "  - { require: \(text), tolerance: \($0) }" } ?? "  - \(text)")
    }
    if !candidates.isEmpty {
      lines.append(
        "# These held in every row. Make a list of those that must hold, below `relations:` and without its []."
      )
      lines += candidates.map { "#  - \(quoted($0))" }
    } else if relations.isEmpty {
      lines.append("# Such as:\n#  - \"installment <= income / 12\"\n#  - \"total == a + b\"")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double) -> String { TableFeature.text(of: value) }

  /// A feature as relations name it.
  package static func relationName(_ name: String) -> String {
    let isPlain =
      name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "."
      } && name.unicodeScalars.first.map { !("0"..."9").contains($0) && $0 != "." } == true
    return isPlain ? name : "`\(name)`"
  }

  /// Plain where every reader of YAML takes it for a text, otherwise quoted.
  private static func scalar(_ text: String) -> String {
    let words: Set = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"]
    let isPlain =
      text.utf8.first.map { (0x61...0x7A).contains($0 | 0x20) } == true && text.utf8.last != 0x20
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "_-. /".utf8.contains($0)
      }
      && !words.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  /// In double quotes, with the escapes of YAML.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || [0x2028, 0x2029, 0xFEFF].contains(scalar.value):
        result += "\\u" + String(format: "%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// In a comment: a file's name must not begin a new line.
  private static func visible(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) })
  }
}

extension TableSchema: Encodable {
  private enum Key: String, CodingKey {
    case features, relations, name, type, low, high, unit, change, group, values, scale, offset, cost,
      require, tolerance
  }

  /// The keys of the YAML.
  package func encode(to encoder: any Encoder) throws {
    var root = encoder.container(keyedBy: Key.self)
    var list = root.nestedUnkeyedContainer(forKey: .features)
    for feature in features {
      var fields = list.nestedContainer(keyedBy: Key.self)
      try fields.encode(feature.name, forKey: .name)
      try fields.encode(feature.kind.rawValue, forKey: .type)
      try fields.encode(feature.low, forKey: .low)
      try fields.encode(feature.high, forKey: .high)
      try fields.encode(feature.unit, forKey: .unit)
      try fields.encode(feature.change.rawValue, forKey: .change)
      try fields.encodeIfPresent(feature.group, forKey: .group)
      try fields.encodeIfPresent(feature.values, forKey: .values)
      try fields.encode(feature.scale, forKey: .scale)
      try fields.encode(feature.offset, forKey: .offset)
      try fields.encode(feature.cost, forKey: .cost)
    }
    var texts = root.nestedUnkeyedContainer(forKey: .relations)
    for relation in relations {
      guard let tolerance = relation.tolerance else {
        try texts.encode(relation.text)
        continue
      }
      var fields = texts.nestedContainer(keyedBy: Key.self)
      try fields.encode(relation.text, forKey: .require)
      try fields.encode(tolerance, forKey: .tolerance)
    }
  }
}
