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
      let root = Self.torchRoot(archive)
      let files = archive.entries.filter { !$0.isDirectory }
      if root != nil {
        name = "torch"
      } else if !files.isEmpty, files.allSatisfy({ $0.name.hasSuffix(".npy") }) {
        name = "npz"
      }
      // The pickle first: it says which members are raw numbers.
      let outer = storages
      storages = []
      let pickle = root.map { $0 + "data.pkl" }
      for entry in files where entry.name == pickle { scan(entry, of: archive, root, place, &facts) }
      for entry in files where entry.name != pickle { scan(entry, of: archive, root, place, &facts) }
      storages = outer
      if let profile = scanProfiles(of: ZipMembers(archive), place) { name = profile }
    } catch {
      facts.error = error
    }
    report(.zip(facts), place)
    return name
  }

  private mutating func scan(
    _ entry: ZipEntry, of archive: ZipArchive, _ root: String?, _ place: Place, _ facts: inout ZipFacts
  ) {
    let data: Bytes
    do {
      if entry.method != 0 {
        guard entry.uncompressedSize <= inflatable else {
          throw ZipError.tooLarge(member: entry.name, limit: Limits.inflatedTotal)
        }
        inflatable -= entry.uncompressedSize
      }
      data = try archive.contents(of: entry)
    } catch let error as ZipError {
      facts.failures.append(.init(member: entry.name, error: error, offset: entry.headerOffset))
      // Some readers ignore flags and checksums: the bytes as they lie there are looked at as well.
      if let raw = try? archive.bytes.checkedSlice(at: entry.dataOffset, count: entry.compressedSize),
        entry.method == 0
      {
        var inner = place.inside(entry.name)
        inner.isRawData = true
        scan(raw, as: inner)
      }
      return
    } catch {
      return
    }
    var inner = place.inside(entry.name)
    if let root {
      inner.isTorchPickle = entry.name == root + "data.pkl"
      if entry.name.hasPrefix(root + "data/") {
        let key = entry.name.dropFirst(root.count + 5)
        inner.isRawData = storages.contains {
          $0.key == key && Self.size(of: $0) == Int64(data.count)
        }
      }
    }
    scan(data, as: inner)
  }

  private static func size(of storage: PickleFacts.Storage) -> Int64? {
    guard let item = AllowList.storageItemSize[storage.type], storage.count >= 0 else { return nil }
    let (size, overflow) = storage.count.multipliedReportingOverflow(by: item)
    return overflow ? nil : size
  }

  /// The folder, with its slash, that `torch.save` puts everything in: it holds `data.pkl` and `version`.
  private static func torchRoot(_ archive: ZipArchive) -> String? {
    for entry in archive.entries where entry.name.hasSuffix("/data.pkl") {
      let root = String(entry.name.dropLast(8))
      if !root.dropLast().contains("/"), archive.entry(root + "version") != nil { return root }
    }
    return nil
  }
}
