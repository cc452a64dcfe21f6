// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// The members of an archive are files of a folder: a model among them may keep its numbers in another one.
extension ArtifactScan {
  /// What the bytes at `place` are called where something lies beside them; nil inside of other bytes.
  func name(of place: Place) -> String? { place.members.count == neighbours.depth ? neighbours.name : nil }

  /// Where the model at `place` keeps its data files.
  func folder(of place: Place) -> any DataFolder {
    place.members.count == neighbours.depth ? neighbours.folder : NoFolder()
  }

  /// Files beside the model at `place` that hold nothing but its numbers.
  mutating func hold(_ dataFiles: some Sequence<String>, at place: Place) {
    if place.members.count == neighbours.depth { neighbours.hold(dataFiles) }
  }

  /// Scans the members of an archive, each with all others beside it. Members that hold nothing but the numbers of a model
  /// among them are not judged by themselves, as files of a folder are not.
  /// - Parameter sizes: of all members, by their names.
  mutating func scanMembers(
    _ sizes: [String: Int], of place: Place, _ scanEach: (inout ArtifactScan) -> Void
  ) {
    let outer = neighbours
    let first = findings.count
    neighbours = Neighbours(members: sizes, depth: place.members.count + 1)
    scanEach(&self)
    let numbers = neighbours.numbers
    neighbours = outer
    guard !numbers.isEmpty else { return }
    let before = place.member.map { $0 + "!" } ?? ""
    // The member that a finding is in, however deep.
    func member(_ finding: Finding) -> String? {
      guard let path = finding.member, path.hasPrefix(before) else { return nil }
      let inside = path.dropFirst(before.count)
      return String(inside.prefix { $0 != "!" })
    }
    let own = Dictionary(grouping: findings[first...], by: member)
    let settled = Set(
      own.compactMap { name, findings in
        name.flatMap { DataFiles.name($0, in: numbers) && DataFiles.describeNumbers(findings) ? $0 : nil }
      })
    findings.replaceSubrange(
      first..<findings.count, with: findings[first...].filter { !settled.contains(member($0) ?? "") })
  }
}
