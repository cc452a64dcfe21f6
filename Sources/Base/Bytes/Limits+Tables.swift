// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Bytes of a CSV text.
  package static let csvText = 1 << 30
  /// Fields of a CSV text, all rows together.
  package static let csvFields = 1 << 27
  package static let csvColumns = 1 << 16
  /// Bytes of one field of a CSV text.
  package static let csvField = 1 << 20
  /// Bytes of one row of a CSV text, and of one line of JSON lines.
  package static let csvRow = 64 << 20

  /// Bytes of a schema for a table.
  package static let schemaText = 4 << 20
  /// Features of a table that has a schema.
  package static let schemaFeatures = 1 << 14
  /// Codes of all categories of one schema.
  package static let schemaCodes = 1 << 18
  package static let schemaRelations = 1_000
  /// Bytes of one relation.
  package static let relationText = 4_096
  /// Brackets, calls and signs in each other in a relation, and operations behind each other.
  package static let relationDepth = 64
}
