// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletEvidence
import MartletRegistry

extension StoreCheck {
  /// Aliases, tags, lineage and approvals: what people said about versions.
  mutating func checkAgreements(_ versions: [ModelVersion], _ life: LoggedLife) throws {
    try checkNotes(versions, life)
    let aliases = try store.registry.aliases()
    for alias in aliases {
      let digest = versions.first { $0.model == alias.model && $0.number == alias.number }?.digest
      if life.aliases[[alias.model, alias.name]] != digest {
        add(
          "\(alias.model)@\(alias.name)", .bad,
          "it points elsewhere than the log says: set it again with `martlet alias set`")
      }
    }
    for key in life.aliases.keys.sorted(by: { $0[0] + $0[1] < $1[0] + $1[1] })
    where !aliases.contains(where: { [$0.model, $0.name] == key }) {
      add(
        "\(key[0])@\(key[1])", .bad,
        "the log sets it, and the database does not have it: set it again with `martlet alias set`")
    }
    var present: Set<[String]> = []
    for model in Set(versions.map(\.model) + life.approvals.map { $0[1] }).sorted() {
      for approval in try store.registry.approvals(of: model) {
        let key = [approval.principal, model, approval.digest.hex, approval.evidence.hex]
        present.insert(key)
        if !life.approvals.contains(key) {
          add(
            model, .bad,
            "an approval by \(approval.principal) of \(approval.digest.short) is not in the log: somebody wrote it past Martlet"
          )
        }
      }
    }
    for key in life.approvals.subtracting(present).sorted(by: { $0.joined() < $1.joined() }) {
      add(
        key[1], .bad,
        "the log has an approval by \(key[0]) that the database does not have: approve again, or restore the database from a backup"
      )
    }
  }

  private mutating func checkNotes(_ versions: [ModelVersion], _ life: LoggedLife) throws {
    for version in versions {
      let key = LoggedLife.Version(model: version.model, digest: version.digest)
      let name = "\(version.model):\(version.number)"
      let tags = try store.registry.tags(of: version.model, version.number)
      let logged = life.tags[key] ?? [:]
      for tag in Set(tags.keys).union(logged.keys).sorted() where tags[tag] != logged[tag] {
        let (said, found) = (logged[tag] ?? "no such tag", tags[tag] ?? "none")
        add(
          name, .bad,
          "its tag \(tag) is \(found), and the log says \(said): set it again with `martlet tag`")
      }
      let lineage = try store.registry.lineage(of: version.model, version.number)
      if (lineage?.recorded ?? "") != life.lineages[key] ?? "" {
        add(
          name, .bad,
          "it comes from elsewhere than the log says: set its lineage again with `martlet tag`")
      }
    }
  }
}
