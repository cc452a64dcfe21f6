// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// One operation of a graph or of a function's body, as `NodeDef` has it.
package struct GraphNode: Sendable {
  package private(set) var name = ""
  package private(set) var op = ""
  /// Names of what it takes, in order; `^name` only orders the execution.
  package private(set) var inputs: [String] = []
  package private(set) var attributes: [GraphAttribute] = []
  /// Numbers of fields that the definition does not have.
  package private(set) var unknownFields: Set<Int> = []

  /// - Throws: ``ProtoError``.
  package init(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try reader.text(field)
      case 2: op = try reader.text(field)
      case 3: inputs.append(try reader.text(field))
      case 4, 6, 7: _ = try reader.contents(field)
      case 5: attributes.append(try GraphAttribute(reader.message(field)))
      default: unknownFields.insert(field.number)
      }
    }
  }

  package func attribute(_ name: String) -> GraphAttribute? { attributes.last { $0.name == name } }
}

/// A named value of a node or a function, as an entry of a map to `AttrValue`.
package struct GraphAttribute: Sendable {
  package private(set) var name = ""
  /// The `AttrValue`; more than one when the entry repeats it, which merges them.
  package private(set) var values: [ProtoReader] = []

  package init(_ entry: ProtoReader) throws(ProtoError) {
    var reader = entry
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try reader.text(field)
      case 2: values.append(try reader.message(field))
      default: throw .malformed(offset: field.offset)
      }
    }
  }

  /// The strings in the value, alone or in a list.
  package var strings: [String] {
    var found: [String] = []
    for value in values {
      var reader = value
      while let field = (try? reader.next()) ?? nil {
        if field.number == 2, let text = try? reader.text(field) { found.append(text) }
        guard field.number == 1, var list = try? reader.message(field) else { continue }
        while let item = (try? list.next()) ?? nil {
          if item.number == 2, let text = try? list.text(item) { found.append(text) }
        }
      }
    }
    return found
  }

  /// The number of a type in the value.
  package var type: UInt64? {
    for value in values {
      var reader = value
      while let field = (try? reader.next()) ?? nil {
        if field.number == 6, field.wire == .varint { return field.value }
      }
    }
    return nil
  }

  /// The tensors in the value.
  package var tensors: [ProtoReader] {
    var found: [ProtoReader] = []
    for value in values {
      var reader = value
      while let field = (try? reader.next()) ?? nil {
        if field.number == 8, let tensor = try? reader.message(field) { found.append(tensor) }
      }
    }
    return found
  }
}
