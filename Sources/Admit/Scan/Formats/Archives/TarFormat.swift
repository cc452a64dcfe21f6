// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Tar archives.
struct TarFormat: ScannedFormat {
  let name = "tar"

  func fits(_ bytes: Bytes) -> Bool { TarArchive.looksLikeOne(bytes) }

  /// A last member that is a zip archive, such as a checkpoint of torch, ends where a reader of zip archives looks for one. It is
  /// the archive that is scanned as the member.
  func carries(_ other: String, in bytes: Bytes) -> Bool {
    guard other == "zip", let zip = ZipArchive.extent(in: bytes) else { return false }
    return TarArchive(bytes).entries.contains {
      $0.kind == .file && $0.sparseSize == nil && !$0.isOtherReading && $0.data.lowerBound <= zip.lowerBound
        && zip.upperBound <= $0.data.upperBound
    }
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let archive = TarArchive(bytes)
    scan.report(TarNotes.notes(on: archive), place)
    for case .trailing(let range) in archive.issues {
      scan.scanAside(bytes.slice(range), "bytes at \(range.lowerBound)", place)
    }
    let sizes = Dictionary(
      archive.entries.filter { $0.kind == .file }.map { (TarMembers.plain($0.name), $0.data.count) },
      uniquingKeysWith: min)
    scan.scanMembers(sizes, of: place) { scan in
      for entry in archive.entries {
        scan.neighbours.enter(TarMembers.plain(entry.name))
        self.scan(entry, of: archive, place, &scan)
      }
    }
    return scan.scanProfiles(of: TarMembers(archive), place) ?? name
  }

  private func scan(
    _ entry: TarEntry, of archive: TarArchive, _ place: ArtifactScan.Place, _ scan: inout ArtifactScan
  ) {
    let stored = archive.bytes.slice(entry.data)
    guard entry.kind == .file else {
      scan.scanAside(stored, entry.name, place)
      return
    }
    if entry.isOtherReading || entry.sparseSize != nil {
      let size = entry.sparseSize ?? stored.count
      guard size <= scan.inflatable(at: place) else {
        scan.note(
          "archive.limit", "expected at most \(scan.inflatable(at: place)) bytes more, found \(size)",
          construct: entry.name,
          at: entry.headerOffset, place)
        scan.scanAside(stored, entry.name, place)
        return
      }
      scan.inflated(size, at: place)
      scan.noteRatio(size, of: stored.count, place.inside(entry.name))
    }
    guard let contents = archive.contents(of: entry, limit: Limits.inflatedTotal) else {
      scan.noteFailure(.noRoom(reason: "\(entry.name) cannot be unpacked"), place)
      scan.scanAside(stored, entry.name, place)
      return
    }
    scan.scan(contents, as: place.inside(TarMembers.plain(entry.name)))
    if entry.sparseSize != nil { scan.scanAside(stored, entry.name, place) }
  }
}

/// The members of a tar archive. Of several with one name the last one counts, as for whoever unpacks it; `./` in front of
/// a name means nothing.
struct TarMembers: MemberArchive {
  let archive: TarArchive
  let names: [String]
  private let byName: [String: Int]

  init(_ archive: TarArchive) {
    self.archive = archive
    var names: [String] = []
    var byName: [String: Int] = [:]
    for (index, entry) in archive.entries.enumerated()
    where entry.kind == .file || entry.kind == .hardLink {
      let name = Self.plain(entry.name)
      if byName.updateValue(index, forKey: name) == nil { names.append(name) }
    }
    self.names = names
    self.byName = byName
  }

  func contents(of name: String) -> Bytes? {
    guard let index = byName[name] else { return nil }
    var entry = archive.entries[index]
    if entry.kind == .hardLink {
      guard let target = byName[Self.plain(entry.target)] else { return nil }
      entry = archive.entries[target]
    }
    guard entry.kind == .file else { return nil }
    return archive.contents(of: entry, limit: Limits.inflatedMember)
  }

  static func plain(_ name: String) -> String {
    var name = name[...]
    while name.hasPrefix("./") { name = name.dropFirst(2) }
    return String(name)
  }
}
