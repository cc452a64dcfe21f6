// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Copies, and what is wrong with the database itself.
package protocol UpkeepStorage: Sendable {
  /// Copies the database, as of one moment, into a new file. Others go on reading and writing.
  func backUp(to path: String) throws(RegistryError)

  /// What SQLite itself finds wrong with the file, and rows that speak of rows that are not there.
  func disagreements() throws(RegistryError) -> [String]

  /// Every piece of evidence, as its row has it: also those whose rows were changed.
  func evidenceRows() throws(RegistryError) -> [EvidenceRow]
}
