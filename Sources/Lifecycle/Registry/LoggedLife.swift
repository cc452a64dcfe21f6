// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletLog
import MartletRegistry

/// What the log says must be in the database: read once, from the first entry to the last.
struct LoggedLife {
  /// A version as the log knows it.
  struct Version: Hashable {
    let model: String
    let digest: Digest
  }

  /// One attempt that left evidence.
  struct Attempt {
    let index: UInt64
    let action: String
    let version: Version
    let evidence: [Digest]
  }

  private(set) var evidence: Set<Digest> = []
  private(set) var attempts: [Attempt] = []
  /// The states that a version may be in.
  private(set) var states: [Version: Set<VersionState>] = [:]
  /// Versions whose files a retention rule gave up.
  private(set) var withoutFiles: Set<Version> = []
  /// By principal, model, digest and evidence set.
  private(set) var approvals: Set<[String]> = []
  /// The digest that an alias points to, by model and name.
  private(set) var aliases: [[String]: Digest] = [:]
  private(set) var tags: [Version: [String: String]] = [:]
  /// Where a version comes from, as ``Lineage/recorded`` says it.
  private(set) var lineages: [Version: String] = [:]
  /// Entries that are not Martlet's.
  private(set) var foreign: [UInt64] = []

  init(_ reader: LogReader) throws {
    var snapshot = try reader.snapshot()
    let served = Array(#"{"action":"serve."#.utf8)
    try snapshot.forEachEntry(in: 0..<snapshot.checkpoint.size) { index, entry in
      // The many: they say nothing of what is in the database.
      if entry.starts(with: served) { return }
      guard let record = try? Record(entry: entry) else { return foreign.append(index) }
      take(record, index)
    }
  }

  private mutating func take(_ record: Record, _ index: UInt64) {
    guard let model = record.model else { return }
    if record.action == "alias.remove", let alias = record.reason { aliases[[model, alias]] = nil }
    guard let digest = record.digest else { return }
    let version = Version(model: model, digest: digest)
    // An approval names evidence that others left.
    if let ids = record.evidence, !ids.isEmpty, record.action != "approve" {
      evidence.formUnion(ids)
      attempts.append(Attempt(index: index, action: record.action, version: version, evidence: ids))
    }
    switch (record.action, record.outcome) {
    case ("seal", "passed"):
      if states[version] == nil { states[version] = [.admitted] }
      withoutFiles.remove(version)
    case ("version.expire", _):
      if record.outcome == "retired" { states[version] = [.retired] }
      withoutFiles.insert(version)
    case ("assess", _):
      // An assessment of its own leaves evidence only; the one of a whole life moves the version on.
      if let known = states[version], !known.isDisjoint(with: [.submitted, .admitted]) {
        states[version] = known.union([.assessed])
      }
    case ("release", "passed"): states[version] = [.released]
    case ("release", _): states[version] = [.assessed]
    case ("admit", "refused"):
      // Harmful bytes lose their release under every name; a signature that does not fit changes nothing.
      for (other, known) in states where other.digest == digest && known.contains(.released) {
        states[other] = known.union([.quarantined])
      }
    case ("version.quarantine", _), ("reevaluate", "quarantined"): states[version] = [.quarantined]
    case ("version.revoke", _): states[version] = [.revoked]
    case ("version.retire", _): states[version] = [.retired]
    case ("alias.set", _): aliases[[model, record.reason ?? ""]] = digest
    case ("tag.set", _):
      let words = (record.reason ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if words.count == 2 { tags[version, default: [:]][String(words[0])] = String(words[1]) }
    case ("tag.remove", _): tags[version]?[record.reason ?? ""] = nil
    case ("lineage.set", _): lineages[version] = record.reason ?? ""
    case ("approve", _):
      let set = record.reason?.split(separator: " ").last.map(String.init) ?? ""
      approvals.insert([record.principal, model, digest.hex, set])
    default: break
    }
  }
}
