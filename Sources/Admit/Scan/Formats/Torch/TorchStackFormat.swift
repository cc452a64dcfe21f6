// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// What `torch.save` wrote before 1.6, and writes with `_use_new_zipfile_serialization=False`.
struct TorchStackFormat: ScannedFormat {
  let name = "torch-legacy"

  func fits(_ bytes: Bytes) -> Bool { TorchStack.begins(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var inner = place
    inner.isTorchPickle = true
    inner.streams = TorchStack.pickles
    let outer = scan.storages
    let facts = scan.scanPickle(bytes, inner)
    scan.storages = outer
    guard facts.streams == TorchStack.pickles, facts.starts.count == TorchStack.pickles,
      let end = facts.end ?? full(facts, bytes)
    else {
      scan.note("torch.storage", "expected \(TorchStack.pickles) pickles, found \(facts.streams)", place)
      return name
    }
    if let wrong = wrong(bytes, facts, from: end) {
      scan.note("torch.storage", wrong.reason, at: wrong.offset, place)
    }
    return name
  }

  /// Without storages the file ends with the last pickle.
  private func full(_ facts: PickleFacts, _ bytes: Bytes) -> Int? { facts.isComplete ? bytes.count : nil }

  /// Walks the storages, each of which must be one that the object names, with its size.
  private func wrong(_ bytes: Bytes, _ facts: PickleFacts, from start: Int) -> (reason: String, offset: Int)?
  {
    guard let keys = TorchStack.keys(bytes, at: facts.starts[4]) else {
      return ("expected a list of the keys of storages", facts.starts[4])
    }
    var sizes: [String: (count: Int64, item: Int64)] = [:]
    for storage in facts.storages {
      guard let item = AllowList.storageItemSize[storage.type], storage.count >= 0 else {
        return ("storage \(storage.key) has no size that is known", start)
      }
      if let known = sizes[storage.key], known != (storage.count, item) {
        return ("storage \(storage.key) is named with two sizes", start)
      }
      sizes[storage.key] = (storage.count, item)
    }
    guard Set(keys).count == keys.count, Set(keys) == Set(sizes.keys) else {
      return (
        "expected the storages that the object names, found \(keys.count) keys for \(sizes.count) storages",
        start
      )
    }
    var cursor = ByteCursor(bytes.span, at: start)
    for key in keys {
      guard let (count, item) = sizes[key] else { continue }
      let offset = cursor.offset
      do throws(BytesError) {
        let stated = try cursor.u64()
        let (size, overflow) = count.multipliedReportingOverflow(by: item)
        guard stated == UInt64(count), !overflow, size <= Int64(cursor.remaining) else {
          return ("storage \(key) should have \(count) elements, and says \(stated)", offset)
        }
        try cursor.skip(Int(size))
      } catch {
        return ("storage \(key) is cut off", offset)
      }
    }
    return cursor.isAtEnd ? nil : ("\(cursor.remaining) bytes follow the storages", cursor.offset)
  }
}
