// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLifecycle
import MartletLog

/// One entry, and why it cannot have been changed.
struct ProofPage: Page {
  static let template = Templates.Name.proof
  let chrome: Chrome
  let index: String
  let entries: [EntryView]
  /// The bytes that the log hashes.
  let text: String
  let facts: [FactView]
  let path: [String]
  let hasPath: Bool
  let summary: String
  let file: String
  let key: String
  let command: String

  init(
    chrome: Chrome, _ index: UInt64, _ proof: TlogProof, _ record: Record?, names: [String: String],
    checkpoint: Checkpoint, witnesses: Int, key: String
  ) {
    self.chrome = chrome
    self.index = "\(index)"
    self.key = key
    entries = [EntryView(LoggedRecord(index: index, record: record), names: names)]
    text = String(decoding: proof.extra ?? [], as: UTF8.self)
    path = proof.path.map { "\($0)" }
    hasPath = !path.isEmpty
    file = "/log/\(index)/proof"
    summary =
      "\(Wording.count(path.count, "hash", "hashes")) \(path.count == 1 ? "leads" : "lead") from this entry to the root that the log's key has signed. Whoever changes one letter of the entry gets another root."
    facts = [
      FactView("Log", checkpoint.origin),
      FactView("Entries under the checkpoint", Wording.number(checkpoint.size)),
      FactView("Root", "\(checkpoint.root)", isCode: true),
      FactView(
        "Signed by",
        witnesses == 0
          ? "the log" : "the log; \(Wording.count(witnesses, "signature", "signatures")) of others beside it"),
    ]
    command = """
      printf '%s\\n' '\(key)' > log.pub
      martlet log check-proof entry-\(index).tlog-proof --key log.pub
      """
  }
}
