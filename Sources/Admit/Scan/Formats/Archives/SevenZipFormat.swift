// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// 7z archives. Each folder is unpacked once, and its members are parts of what comes out.
struct SevenZipFormat: ScannedFormat {
  let name = "7z"

  func fits(_ bytes: Bytes) -> Bool { SevenZipArchive.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let archive: SevenZipArchive
    do {
      archive = try SevenZipArchive(bytes)
    } catch {
      switch error {
      case .malformed: scan.note("archive.broken", "\(error)", place)
      case .unsupported: scan.note("archive.unsupported", "\(error)", place)
      case .tooLarge: scan.note("archive.limit", "\(error)", place)
      }
      return name
    }
    for range in archive.unclaimed {
      scan.note("archive.trailing", "\(range.count) bytes belong to no member", at: range.lowerBound, place)
      scan.scanAside(bytes.slice(range), "bytes at \(range.lowerBound)", place)
    }
    checkNames(archive, place, &scan)
    let members = Dictionary(grouping: archive.entries.filter { $0.folder != nil }) { $0.folder! }
    var unpacked: [Int: Bytes] = [:]
    let sizes = Dictionary(
      archive.entries.filter { $0.folder != nil && !$0.isSymbolicLink }.map { ($0.name, $0.range.count) },
      uniquingKeysWith: min)
    scan.scanMembers(sizes, of: place) { scan in
      for (index, folder) in archive.folders.enumerated() {
        let contents = self.scan(folder, members[index] ?? [], of: archive, place, &scan)
        // A few large ones are kept: there are many members in each.
        if archive.folders.count <= 4 { unpacked[index] = contents }
      }
    }
    return scan.scanProfiles(of: SevenZipMembers(archive, unpacked), place) ?? name
  }

  private func scan(
    _ folder: SevenZipFolder, _ members: [SevenZipEntry], of archive: SevenZipArchive,
    _ place: ArtifactScan.Place, _ scan: inout ArtifactScan
  ) -> Bytes? {
    let limit =
      folder.size > scan.inflatable(at: place)
      ? min(scan.inflatable(at: place), Limits.inflatedBeyond) : folder.size
    guard let (contents, outcome) = archive.unpack(folder, limit: limit) else {
      let what = folder.isEncrypted ? "is encrypted" : "is packed with \(folder.methodNames)"
      scan.note(
        "archive.unsupported", "\(members.first?.name ?? "data") \(what), which cannot be read",
        construct: folder.methodNames, at: folder.packed.lowerBound, place)
      scan.scanAside(archive.bytes.slice(folder.packed), "packed data", place)
      return nil
    }
    scan.inflated(contents.count, at: place)
    scan.noteRatio(contents.count, of: folder.packed.count, place)
    if let failure = outcome.failure {
      scan.noteFailure(failure, place)
    } else if contents.count != folder.size || (folder.crc32 != nil && folder.crc32 != outcome.crc32) {
      scan.note(
        "archive.broken", "what was packed has another size or checksum", at: folder.packed.lowerBound, place)
    }
    var end = 0
    for member in members {
      end = max(end, member.range.upperBound)
      let range = min(member.range.lowerBound, contents.count)..<min(member.range.upperBound, contents.count)
      let data = contents.slice(range)
      if data.count < member.range.count, outcome.failure == nil {
        scan.note("archive.broken", "the data of a member is cut short", construct: member.name, place)
      } else if let sum = member.crc32, sum != Inflate.crc32(data), outcome.failure == nil {
        scan.note("archive.broken", "the checksum of a member is wrong", construct: member.name, place)
      }
      if member.isSymbolicLink { checkLink(member, data, place, &scan) }
      scan.neighbours.enter(member.name)
      scan.scan(data, as: place.inside(member.name))
    }
    if end < contents.count {
      scan.note("archive.trailing", "\(contents.count - end) unpacked bytes belong to no member", place)
      scan.scanAside(contents.slice(end..<contents.count), "unpacked bytes at \(end)", place)
    }
    return contents
  }

  private func checkNames(
    _ archive: SevenZipArchive, _ place: ArtifactScan.Place, _ scan: inout ArtifactScan
  ) {
    var notes = Notes()
    var names = Set<String>()
    for entry in archive.entries {
      if let reason = MemberName.escapes(entry.name) {
        notes.add(
          "archive.escape", "expected a relative name, found one that \(reason)", construct: entry.name)
      }
      if !entry.isDirectory, !names.insert(entry.name.lowercased()).inserted {
        notes.add("archive.duplicate", "expected every name once, found it again", construct: entry.name)
      }
    }
    scan.report(notes, place)
  }

  private func checkLink(
    _ member: SevenZipEntry, _ data: Bytes, _ place: ArtifactScan.Place, _ scan: inout ArtifactScan
  ) {
    let target = String(decoding: data.slice(0..<min(data.count, 4096)).array(), as: UTF8.self)
    guard let reason = MemberName.linkEscapes(target, from: member.name) else { return }
    scan.note(
      "archive.link", "expected a link to a member, found one that \(reason)",
      construct: "\(member.name) -> \(target)", place)
  }
}

/// The members of a 7z archive.
struct SevenZipMembers: MemberArchive {
  let archive: SevenZipArchive
  let names: [String]
  private let unpacked: [Int: Bytes]

  /// - Parameter unpacked: folders that need not be unpacked again.
  init(_ archive: SevenZipArchive, _ unpacked: [Int: Bytes]) {
    self.archive = archive
    self.unpacked = unpacked
    names = archive.entries.filter { !$0.isDirectory }.map(\.name)
  }

  func contents(of name: String) -> Bytes? {
    guard let entry = archive.entries.last(where: { $0.name == name && !$0.isDirectory }) else { return nil }
    guard let folder = entry.folder else { return Bytes([UInt8]()) }
    let limit = min(entry.range.upperBound, Limits.inflatedMember)
    let whole = unpacked[folder] ?? archive.unpack(archive.folders[folder], limit: limit)?.bytes
    return try? whole?.checkedSlice(at: entry.range.lowerBound, count: entry.range.count)
  }
}
