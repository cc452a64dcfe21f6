// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ArtifactScan {
  /// Reads every member of an archive under every header that describes it.
  /// - Returns: `torch`, `npz` or `zip`.
  mutating func scanZip(_ bytes: Bytes, _ place: Place) -> String {
    var facts = ZipFacts()
    var name = "zip"
    do {
      let archive = try ZipArchive(bytes)
      facts.entries = archive.entries
      facts.disagreements = archive.disagreements
      let layout = TorchLayout(archive)
      let files = archive.entries.filter { !$0.isDirectory }
      if let layout {
        name = layout.isScript ? "torchscript" : "torch"
      } else if !files.isEmpty, files.allSatisfy({ $0.name.hasSuffix(".npy") }) {
        name = "npz"
      }
      // The pickle first: it says which members are raw numbers.
      let outer = storages
      storages = []
      var visit = ZipVisit(archive)
      for entry in files where layout?.role(of: entry.name) == .pickle {
        scan(entry, &visit, layout, place, &facts)
      }
      if let wrong = layout?.wrong(storages, in: archive) { note("torch.storage", wrong, place) }
      let sizes = Dictionary(
        files.filter { !$0.isSymbolicLink }.map { ($0.name, $0.uncompressedSize) }, uniquingKeysWith: min)
      let numbers = Set(
        storages.compactMap { storage in Self.size(of: storage).map { Numbers(storage.key, $0) } })
      scanMembers(sizes, of: place) { scan in
        for entry in files where layout?.role(of: entry.name) != .pickle {
          scan.neighbours.enter(entry.name)
          scan.scan(entry, &visit, layout, place, &facts, numbers)
        }
      }
      storages = outer
      scanUnclaimed(of: archive, place)
      if let profile = scanProfiles(of: ZipMembers(archive), place) { name = profile }
    } catch {
      facts.error = error
    }
    report(.zip(facts), place)
    return name
  }

  /// A storage that a pickle names, by its key and its bytes.
  private struct Numbers: Hashable {
    let key: String
    let size: Int64

    init(_ key: String, _ size: Int64) {
      self.key = key
      self.size = size
    }
  }

  private mutating func scan(
    _ entry: ZipEntry, _ visit: inout ZipVisit, _ layout: TorchLayout?, _ place: Place,
    _ facts: inout ZipFacts, _ numbers: Set<Numbers> = []
  ) {
    var inner = place.inside(entry.name)
    let role = layout?.role(of: entry.name) ?? .other
    switch role {
    case .pickle:
      inner.isTorchPickle = true
      inner.isTorchScript = layout?.isScript ?? false
    case .storage(let key):
      inner.isRawData = numbers.contains(Numbers(String(key), Int64(entry.uncompressedSize)))
    case .weights: inner.isRawData = true
    case .code, .program, .other: break
    }
    // Several headers may describe the same bytes.
    guard visit.isNew(entry) else { return }
    if inner.isRawData, let numbers = visit.archive.stored(entry) {
      // Wrong numbers are no danger, and their checksum would take longer than everything else.
      scan(numbers, as: inner)
      return
    }
    if place.members.isEmpty, misses(entry) {
      facts.failures.append(
        .init(
          member: entry.name,
          error: .malformed(
            offset: entry.headerOffset,
            reason:
              "\(entry.name) was not fetched, because it is named like the numbers of a tensor that no pickle names"
          ),
          offset: entry.headerOffset))
      return
    }
    let contents: ZipContents
    if visit.isFree(entry) {
      contents = visit.archive.read(entry, limit: .max)
    } else {
      // Of what cannot be had whole the front is looked at: a payload may stand there.
      let most = inflatable(at: place, overlaps: visit.overlaps)
      let limit = entry.uncompressedSize > most ? min(most, Limits.inflatedBeyond) : most
      contents = visit.archive.read(entry, limit: limit)
      inflated(contents.bytes.count, at: place, overlaps: visit.overlaps, isNew: entry.method != 0)
      // An array of zeros, such as a mask, shrinks as much as a bomb.
      if contents.bytes.count > Limits.plainArray || !NumpyArray.isExact(contents.bytes) {
        noteRatio(contents.bytes.count, of: entry.compressedSize, inner)
      }
    }
    if let failure = contents.failure {
      facts.failures.append(.init(member: entry.name, error: failure, offset: entry.headerOffset))
      // Some readers ignore flags and checksums: what came out is looked at as well.
      inner.isRawData = true
      if !contents.bytes.isEmpty { scan(contents.bytes, as: inner) }
      return
    }
    if entry.isSymbolicLink {
      checkLink(entry.name, to: contents.bytes, at: entry.headerOffset, place)
    }
    // TorchExportProfile reads the whole of a program, strictly.
    if role == .program { return }
    if role == .code, contents.bytes.count <= Limits.scriptSource { return scanScript(contents.bytes, inner) }
    scan(contents.bytes, as: inner)
  }

  /// Whether a part of a member is not there.
  private func misses(_ entry: ZipEntry) -> Bool {
    let (end, overflow) = entry.dataOffset.addingReportingOverflow(max(entry.compressedSize, 0))
    return holes.contains { $0.lowerBound < (overflow ? .max : end) && entry.dataOffset < $0.upperBound }
  }

  /// A link whose target lies outside of the folder that the archive is unpacked to.
  private mutating func checkLink(_ name: String, to target: Bytes, at offset: Int, _ place: Place) {
    let text = String(decoding: target.slice(0..<min(target.count, 4096)).array(), as: UTF8.self)
    guard let reason = MemberName.linkEscapes(text, from: name) else { return }
    note(
      "archive.link", "expected a link to a member, found one that \(reason)",
      construct: "\(name) -> \(text)",
      at: offset, place)
  }

  /// What lies between and around the members is loaded by nobody who reads the archive, and by those who find it.
  private mutating func scanUnclaimed(of archive: ZipArchive, _ place: Place) {
    var seen = 0
    for case .unclaimed(let range) in archive.disagreements
    where range.count >= 4 && seen < Limits.findingsPerRule {
      // What stands in front was read as the beginning of the file.
      if range.lowerBound == 0 { continue }
      seen += 1
      var inner = place.inside("bytes at \(range.lowerBound)")
      inner.isRawData = true
      scan(archive.bytes.slice(range), as: inner)
    }
  }

  /// Notes data that becomes very many times its size.
  mutating func noteRatio(_ made: Int, of size: Int, _ place: Place) {
    guard made > Limits.inflationRatioFrom, made / max(size, 1) > Limits.inflationRatio else { return }
    note(
      "archive.ratio",
      "\(size) bytes become \(made), which is more than \(Limits.inflationRatio) times as many",
      place)
  }

  private static func size(of storage: PickleFacts.Storage) -> Int64? {
    guard let item = AllowList.storageItemSize[storage.type], storage.count >= 0 else { return nil }
    let (size, overflow) = storage.count.multipliedReportingOverflow(by: item)
    return overflow ? nil : size
  }
}

/// The way through the members of one archive.
private struct ZipVisit {
  let archive: ZipArchive
  /// Members share bytes, so that reading each costs more than the file's size.
  let overlaps: Bool
  private var seen = Set<Key>()

  private struct Key: Hashable {
    let offset: Int
    let compressed: Int
    let uncompressed: Int
    let method: UInt16
    let isEncrypted: Bool
    let crc32: UInt32
  }

  init(_ archive: ZipArchive) {
    self.archive = archive
    overlaps = archive.disagreements.contains { if case .overlap = $0 { true } else { false } }
  }

  mutating func isNew(_ entry: ZipEntry) -> Bool {
    seen.insert(
      Key(
        offset: entry.dataOffset, compressed: entry.compressedSize, uncompressed: entry.uncompressedSize,
        method: entry.method, isEncrypted: entry.isEncrypted, crc32: entry.crc32)
    ).inserted
  }

  /// Whether the member takes nothing from what may still be inflated.
  func isFree(_ entry: ZipEntry) -> Bool { entry.method == 0 && entry.origin == .central && !overlaps }
}
