// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// The members of an archive are files of a folder: a model among them may keep its numbers in another one.
extension ArtifactScan {
  /// Where the model at `place` keeps its data files.
  func folder(of place: Place) -> any DataFolder { place.members.count == depth ? folder : NoFolder() }

  /// Scans the members of an archive, each with all others beside it. Members that hold nothing but the numbers of a model
  /// among them are not judged by themselves, as files of a folder are not.
  /// - Parameter sizes: of all members, by their names.
  mutating func scanMembers(
    _ sizes: [String: Int], of place: Place, _ scanEach: (inout ArtifactScan) -> Void
  ) {
    let outer = (name, folder, depth, dataFiles, self.sizes, dataMembers)
    let first = findings.count
    self.sizes = sizes
    depth = place.members.count + 1
    name = ""
    dataFiles = []
    dataMembers = []
    scanEach(&self)
    enter("")
    let numbers = dataMembers
    (name, folder, depth, dataFiles, self.sizes, dataMembers) = outer
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

  /// Goes on to the member `name` of the archive that is scanned.
  mutating func enter(_ name: String) {
    let last = Self.folder(of: self.name)
    dataMembers.formUnion(dataFiles.map { last + $0 })
    dataFiles = []
    self.name = name
    folder = OpenedFolder(prefix: Self.folder(of: name), sizes: sizes)
  }

  /// `a/b/` of `a/b/c`.
  private static func folder(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[...$0]) } ?? ""
  }
}
