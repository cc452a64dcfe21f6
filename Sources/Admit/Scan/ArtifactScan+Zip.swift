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
      for entry in files where layout?.role(of: entry.name) == .pickle { scan(entry, of: archive, layout, place, &facts) }
      if let wrong = layout?.wrong(storages, in: archive) { note("torch.storage", wrong, place) }
      for entry in files where layout?.role(of: entry.name) != .pickle { scan(entry, of: archive, layout, place, &facts) }
      storages = outer
      if let profile = scanProfiles(of: ZipMembers(archive), place) { name = profile }
    } catch {
      facts.error = error
    }
    report(.zip(facts), place)
    return name
  }

  private mutating func scan(
    _ entry: ZipEntry, of archive: ZipArchive, _ layout: TorchLayout?, _ place: Place, _ facts: inout ZipFacts
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
    switch layout?.role(of: entry.name) {
    case .pickle:
      inner.isTorchPickle = true
      inner.isTorchScript = layout?.isScript ?? false
    case .storage(let key):
      inner.isRawData = storages.contains { $0.key == key && Self.size(of: $0) == Int64(data.count) }
    case .weights: inner.isRawData = true
    case .code:
      if data.count <= Limits.scriptSource { return scanScript(data, inner) }
    case .version, .other, nil: break
    }
    scan(data, as: inner)
  }

  private static func size(of storage: PickleFacts.Storage) -> Int64? {
    guard let item = AllowList.storageItemSize[storage.type], storage.count >= 0 else { return nil }
    let (size, overflow) = storage.count.multipliedReportingOverflow(by: item)
    return overflow ? nil : size
  }
}
