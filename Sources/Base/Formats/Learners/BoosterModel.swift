// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// An XGBoost model in JSON or Universal Binary JSON: its trees are looked at one by one and not kept.
package struct BoosterModel: Sendable {
  package private(set) var isModel = false
  package private(set) var errors: [StructureError] = []

  private var facts = BoosterFacts()

  /// Objects on the way to the trees.
  private static let path: Set<String> = [
    "learner", "gradient_booster", "gbtree", "model", "Model", "Learner",
  ]

  package init(ubjson bytes: Bytes) {
    do throws(StructureError) {
      var reader = UBJSONReader(bytes.span)
      try walk(&reader, depth: 0)
      try reader.end()
    } catch { errors.append(error) }
    errors += facts.errors
  }

  package init(json bytes: Bytes) {
    do throws(JSONError) {
      var reader = JSONReader(bytes.span)
      try walk(&reader, depth: 0)
      try reader.end()
    } catch { errors.append(StructureError(.broken, "\(error)", at: 0)) }
    errors += facts.errors
  }

  private mutating func walk(_ reader: inout UBJSONReader, depth: Int) throws(StructureError) {
    var model = self
    try reader.eachMember { reader, name throws(StructureError) in
      if depth == 0, name == "learner" || name == "Model" { model.isModel = true }
      if depth < 8, Self.path.contains(name) {
        try model.walk(&reader, depth: depth + 1)
      } else if name == "trees", depth > 0 {
        model.facts.beginTrees()
        try reader.eachElement { reader, type throws(StructureError) in
          let at = reader.offset
          model.check(try reader.value(type: type), at: at)
        }
      } else if BoosterFacts.names.contains(name) {
        model.facts.take(name, try reader.value(depth: depth + 1))
      } else {
        try reader.skipValue(depth: depth + 1)
      }
    }
    self = model
  }

  private mutating func walk(_ reader: inout JSONReader, depth: Int) throws(JSONError) {
    var model = self
    try reader.eachMember { reader, name throws(JSONError) in
      if depth == 0, name == "learner" || name == "Model" { model.isModel = true }
      if depth < 8, Self.path.contains(name) {
        try model.walk(&reader, depth: depth + 1)
      } else if name == "trees", depth > 0 {
        model.facts.beginTrees()
        try reader.eachElement { reader throws(JSONError) in
          let at = reader.offset
          model.check(try reader.value(), at: at)
        }
      } else if BoosterFacts.names.contains(name) {
        model.facts.take(name, try reader.value())
      } else {
        _ = try reader.skipValue(depth: depth + 1)
      }
    }
    self = model
  }

  private mutating func check(_ value: JSONValue, at offset: Int) {
    let tree = BoosterTree(value)
    facts.add(tree)
    guard errors.count < 64, let problem = tree.problem else { return }
    errors.append(StructureError(problem.harm, "a tree: \(problem.reason)", at: offset))
  }
}
