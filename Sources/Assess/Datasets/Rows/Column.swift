// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A column of a dataset: its name, and the type that all its cells have.
package struct Column: Codable, Equatable, Sendable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    // Of arrays, with the width of numpy's types.
    case float16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, boolean
    /// Numbers of a text file: 64-bit floats, and whole numbers that do not fit into those.
    case number
    case text
    /// `true` and `false`.
    case truth
    /// Lists and objects in JSON.
    case json
    /// A whole file, by its SHA-256 and its length.
    case file
    /// Nothing was ever in it.
    case empty

    /// Bytes of a number; nil where cells have no fixed width.
    package var width: Int? {
      switch self {
      case .int8, .uint8, .boolean: 1
      case .float16, .int16, .uint16: 2
      case .float32, .int32, .uint32: 4
      case .float64, .int64, .uint64: 8
      case .number, .text, .truth, .json, .file, .empty: nil
      }
    }

    package var isFloat: Bool { self == .float16 || self == .float32 || self == .float64 }
    /// Whether its cells are numbers, whole or not.
    package var isNumber: Bool { width != nil || self == .number }
    /// Whether its values are counted, because there may be few different ones.
    package var isCounted: Bool { !isFloat && self != .file && self != .json && self != .empty }
  }

  package let name: String
  package let kind: Kind
  /// Of one cell that is an array itself, such as a picture; nil for a single value.
  package let shape: [Int]?

  package init(_ name: String, _ kind: Kind, shape: [Int]? = nil) {
    (self.name, self.kind, self.shape) = (name, kind, shape)
  }

  /// How many values one cell has.
  package var elements: Int { shape?.reduce(1, *) ?? 1 }

  /// `float32 1x8x8`
  package var typeText: String {
    kind.rawValue + (shape.map { " " + $0.map(String.init).joined(separator: "x") } ?? "")
  }
}
