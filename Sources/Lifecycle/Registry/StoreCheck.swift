// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEncrypt
import MartletEvidence
import MartletGate
import MartletLog
import MartletRegistry

/// Holds database, blobs and log against each other. Changes nothing, and repairs nothing: what disagrees, a person looks at.
package struct StoreCheck {
  let store: Store
  private let isQuick: Bool
  private var found: [Checkup] = []

  /// - Parameter isQuick: looks at the sizes and headers of blobs only, and opens none.
  package static func run(_ store: Store, isQuick: Bool) throws -> [Checkup] {
    var check = StoreCheck(store: store, isQuick: isQuick)
    // Nobody changes the database between the look at it and the look at the log.
    try store.withTurn { try check.checkAll() }
    return check.found
  }

  private init(store: Store, isQuick: Bool) {
    self.store = store
    self.isQuick = isQuick
  }

  mutating func add(_ subject: String, _ state: Checkup.State, _ finding: String) {
    found.append(Checkup(subject, state, finding))
  }

  private mutating func checkAll() throws {
    for line in try store.registry.disagreements() {
      add("database", .bad, "SQLite finds \(line): restore the database from a backup")
    }
    let versions = try store.registry.versions()
    for version in versions { checkBlobs(of: version) }
    try checkStrays(beside: versions)
    let report = try LogVerification.run(
      directory: store.home.log, key: LogKey(contentsOf: store.home.logKey).verifier)
    for problem in report.problems { add("log", .bad, "\(problem): restore the log from a backup") }
    guard report.isIntact || report.hasOnlyStrays else {
      return add(
        "log", .bad, "its entries cannot be believed: database and evidence were not held against them")
    }
    let life = try LoggedLife(store.log.reader)
    for index in life.foreign {
      add("log", .bad, "entry \(index) is signed for, and is no record of Martlet's")
    }
    try checkEvidence(life)
    try checkVersions(versions, life)
    try checkAgreements(versions, life)
  }

  private mutating func checkBlobs(of version: ModelVersion) {
    let name = "\(version.model):\(version.number)"
    if version.manifest.root != version.digest {
      add(
        name, .bad,
        "its files in the database are not those of its digest: restore the database from a backup")
    }
    for resource in version.keptResources {
      do {
        if isQuick {
          guard try !store.blobs.looksLike(resource.digest, bytes: resource.size) else { continue }
          add(
            name, .bad,
            "the blob \(resource.digest.short) has another size than the \(resource.size) bytes of \(Self.name(of: resource)): restore it from a backup"
          )
        } else {
          let plaintext = try store.blobs.open(resource.digest, with: store.identity)
          guard plaintext.count != resource.size else { continue }
          add(
            name, .bad,
            "\(Self.name(of: resource)) has \(plaintext.count) bytes, and the database says \(resource.size)")
        }
      } catch {
        add(
          name, .bad,
          "\(Self.name(of: resource)): \(error); restore the blob \(resource.digest.short) from a backup, or protect the model again"
        )
      }
    }
  }

  /// A model of a single file has no name for it.
  private static func name(of resource: Manifest.Resource) -> String {
    resource.name == "." ? "its file" : resource.name
  }

  private mutating func checkStrays(beside versions: [ModelVersion]) throws {
    let needed = try store.neededBlobs(of: versions)
    for digest in try store.blobs.list() where !needed.contains(digest) {
      add("blobs", .note, "no version needs the blob \(digest.short): `martlet gc` removes it")
    }
    for name in try store.blobs.strays() {
      add(
        "blobs", .bad, "\(store.blobs.directory)/\(name) is not Martlet's: look at it, and move it elsewhere")
    }
  }

  private mutating func checkEvidence(_ life: LoggedLife) throws {
    let gate = Gate(trusting: [store.evidenceVerifier])
    var present: Set<Digest> = []
    for row in try store.registry.evidenceRows() {
      let name = "evidence \(row.id.prefix(12))"
      guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(row.envelope)),
        let subject = Digest(hex: row.subject), envelope.digest.hex == row.id
      else {
        add(name, .bad, "its bytes are not those of its name: restore the database from a backup")
        continue
      }
      present.insert(envelope.digest)
      if gate.believe(envelope, about: subject) == nil {
        add(
          name, .bad,
          "it is not signed by this store, or about another digest than \(subject.short): it is not believed")
      }
      if !life.evidence.contains(envelope.digest) {
        add(
          name, .bad,
          "the log has no entry about it: somebody wrote it past Martlet, or the log was exchanged")
      }
    }
    for (place, attempt) in life.attempts.enumerated() {
      let missing = attempt.evidence.filter { !present.contains($0) }
      guard let first = missing.first else { continue }
      // A process that was killed between the record and the database leaves this; the same step again makes it good.
      let isMadeGood = life.attempts[(place + 1)...].contains {
        $0.action == attempt.action && $0.version == attempt.version
          && $0.evidence.allSatisfy(present.contains)
      }
      let what =
        "entry \(attempt.index) of the log (\(attempt.action) \(attempt.version.model)) speaks of \(Wording.count(missing.count, "piece")) of evidence that the database does not have, such as \(first.short)"
      add(
        "evidence", isMadeGood ? .note : .bad,
        isMadeGood
          ? "\(what); the same was done again later"
          : "\(what): the step was interrupted, and can be taken again, or a row was removed: restore the database from a backup"
      )
    }
  }

  private mutating func checkVersions(_ versions: [ModelVersion], _ life: LoggedLife) throws {
    let rows = Dictionary(versions.map { (LoggedLife.Version(model: $0.model, digest: $0.digest), $0) }) {
      first, _ in first
    }
    for (key, states) in life.states.sorted(by: {
      ($0.key.model, $0.key.digest.hex) < ($1.key.model, $1.key.digest.hex)
    }) {
      guard let version = rows[key] else {
        add(
          key.model, .bad,
          "the log knows a version \(key.digest.short), and the database does not: protect it again, or restore the database from a backup"
        )
        continue
      }
      if (version.filesRemovedAt != nil) != life.withoutFiles.contains(key) {
        add(
          "\(key.model):\(version.number)", .bad,
          version.filesRemovedAt != nil
            ? "the database says that its files were given up, and the log does not: restore the database from a backup"
            : "the log says that its files were given up, and the database does not: run `martlet gc`, or restore the database from a backup"
        )
      }
      guard !states.contains(version.state) else { continue }
      let expected = states.map(\.rawValue).sorted().joined(separator: " or ")
      add(
        "\(key.model):\(version.number)", .bad,
        "the database says \(version.state.rawValue), and the log \(expected): take that step again, or restore the database from a backup"
      )
    }
    for (key, version) in rows where life.states[key] == nil {
      add(
        "\(key.model):\(version.number)", .bad,
        "the log knows nothing of it: somebody wrote it past Martlet, or the log was exchanged")
    }
  }
}
