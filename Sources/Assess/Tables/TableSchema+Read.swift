// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Yams

extension TableSchema {
  /// Reads a schema, as YAML or JSON. Unknown keys are refused: a limit that is misspelt would otherwise be a limit that is not
  /// there.
  /// - Throws: ``TableError/schema(line:reason:)``.
  package init(yaml: String) throws(TableError) {
    guard yaml.utf8.count <= Limits.schemaText else {
      throw .schema(line: nil, reason: "expected at most \(Limits.schemaText) bytes, found more")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch { throw Self.notYAML(error) }
    let fields = try SchemaFields(root, at: "the schema", allowed: ["features", "relations"])
    guard let nodes = fields["features"]?.sequence, !nodes.isEmpty, nodes.count <= Limits.schemaFeatures
    else {
      throw .schema(
        line: fields["features"]?.mark?.line ?? fields.line,
        reason:
          "expected `features` as a list of 1 to \(Limits.schemaFeatures) features, found something else")
    }
    var features: [TableFeature] = []
    var places: [String: Int] = [:]
    var codes = 0
    for (index, node) in nodes.enumerated() {
      let feature = try TableFeature(node, number: index + 1)
      codes += feature.values?.count ?? 0
      guard codes <= Limits.schemaCodes else {
        throw .schema(
          line: node.mark?.line, reason: "expected at most \(Limits.schemaCodes) codes in all, found more")
      }
      guard places.updateValue(index, forKey: feature.name) == nil else {
        throw .schema(
          line: node.mark?.line,
          reason: "expected every feature to have a name of its own, found '\(feature.name)' twice")
      }
      features.append(feature)
    }
    try self.init(features: features, relations: Self.relations(fields["relations"], places))
  }

  private static func relations(
    _ node: Node?, _ places: [String: Int]
  ) throws(TableError) -> [Relation] {
    guard let node, node.null == nil else { return [] }
    guard let nodes = node.sequence, nodes.count <= Limits.schemaRelations else {
      throw .schema(
        line: node.mark?.line,
        reason:
          "expected `relations` as a list of at most \(Limits.schemaRelations) relations, found something else"
      )
    }
    var relations: [Relation] = []
    for (index, node) in nodes.enumerated() {
      let place = "relation \(index + 1)"
      let (text, tolerance): (String, Double?)
      if case .scalar(let scalar) = node {
        (text, tolerance) = (scalar.string, nil)
      } else {
        let fields = try SchemaFields(node, at: place, allowed: ["require", "tolerance"])
        guard let required = try fields.text("require") else {
          throw .schema(line: node.mark?.line, reason: "\(place): expected the key `require`, found none")
        }
        (text, tolerance) = (required, try fields.number("tolerance"))
        guard tolerance ?? 0 >= 0 else {
          throw .schema(
            line: node.mark?.line, reason: "\(place): expected a `tolerance` of at least 0, found less")
        }
      }
      do { relations.append(try RelationParser.read(text, tolerance: tolerance, places: places)) } catch {
        throw .schema(line: node.mark?.line, reason: "\(place): \(error.reason)")
      }
    }
    return relations
  }

  private static func notYAML(_ error: any Error) -> TableError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .schema(
        line: mark.line, reason: "expected YAML, found what is none at column \(mark.column): \(problem)")
    case .duplicatedKeysInMapping(let keys, _):
      .schema(line: nil, reason: "expected every key once, found `\(keys.joined(separator: "`, `"))` twice")
    default: .schema(line: nil, reason: "expected YAML, found what is none")
    }
  }
}

extension TableFeature {
  static let keys = [
    "name", "type", "low", "high", "unit", "change", "group", "values", "scale", "offset", "cost",
  ]

  init(_ node: Node, number: Int) throws(TableError) {
    let fields = try SchemaFields(node, at: "feature \(number)", allowed: Self.keys)
    guard let name = try fields.text("name"), !name.isEmpty else {
      throw .schema(line: fields.line, reason: "feature \(number): expected the key `name`, found none")
    }
    let group = try fields.text("group")
    guard let kind = try fields.choice("type", Kind.self) ?? (group == nil ? nil : .boolean) else {
      throw .schema(line: fields.line, reason: "the feature '\(name)': expected the key `type`, found none")
    }
    var values: [Double]?
    if let node = fields["values"] {
      guard let nodes = node.sequence, nodes.count <= 10_000 else {
        throw .schema(
          line: node.mark?.line,
          reason: "the feature '\(name)': expected `values` as a list of at most 10000 codes")
      }
      var codes: [Double] = []
      for code in nodes {
        codes.append(
          try SchemaFields.number(
            code.string ?? "?", "the feature '\(name)': `values`", line: code.mark?.line))
      }
      values = codes
    }
    // The bounds of a boolean go without saying, and those of listed codes too.
    let low = try fields.number("low") ?? (kind == .boolean ? 0 : values?.min())
    let high = try fields.number("high") ?? (kind == .boolean ? 1 : values?.max())
    guard let low, let high else {
      throw .schema(
        line: fields.line,
        reason:
          "the feature '\(name)': expected the bounds `low` and `high`, found \(low == nil ? "no `low`" : "no `high`")"
      )
    }
    self.init(
      name: name, kind: kind, low: low, high: high, unit: try fields.text("unit") ?? "",
      change: try fields.choice("change") ?? .yes, scale: try fields.number("scale") ?? 1,
      offset: try fields.number("offset") ?? 0, cost: try fields.number("cost") ?? 1, group: group,
      values: values)
    if let fault { throw .schema(line: fields.line, reason: "the feature '\(name)': \(fault)") }
  }
}
