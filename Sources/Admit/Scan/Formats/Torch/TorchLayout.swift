// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// What the members of a torch archive are, by their names: the names that torch's own loaders look for.
struct TorchLayout: Sendable {
  enum Role: Equatable { case pickle, code, storage(key: Substring), weights, program, other }

  /// The folder, with its slash, that everything is in.
  let root: String
  /// A TorchScript archive: `torch.load` gives it to `torch.jit.load`.
  let isScript: Bool
  /// An archive of `torch.export`.
  let isExport: Bool

  /// Nil for an archive that torch would not read.
  init?(_ archive: ZipArchive) {
    for entry in archive.entries {
      for marker in ["/data.pkl", "/archive_format"] where entry.name.hasSuffix(marker) {
        let root = String(entry.name.dropLast(marker.count - 1))
        guard !root.dropLast().contains("/") else { continue }
        if marker == "/data.pkl", archive.entry(root + "version") == nil,
          archive.entry(root + ".data/version") == nil
        {
          continue
        }
        self.root = root
        isScript = archive.entry(root + "constants.pkl") != nil
        isExport = archive.entry(root + "archive_format") != nil
        return
      }
    }
    return nil
  }

  func role(of name: String) -> Role {
    guard name.hasPrefix(root) else { return .other }
    let rest = name.dropFirst(root.count)
    if rest == "data.pkl" { return .pickle }
    if isScript {
      if ["constants.pkl", "bytecode.pkl", "attributes.pkl", "traced_inputs.pkl"].contains(rest) {
        return .pickle
      }
      if rest.hasPrefix("code/") {
        return rest.hasSuffix(".py") ? .code : rest.hasSuffix(".debug_pkl") ? .pickle : .other
      }
      for folder in ["constants/", "traced_inputs/", "bytecode/"] where rest.hasPrefix(folder) {
        return .storage(key: rest.dropFirst(folder.count))
      }
    }
    if isExport, rest.hasPrefix("data/weights/weight_") || rest.hasPrefix("data/constants/tensor_") {
      return .weights
    }
    if isExport, rest.hasPrefix("models/"), rest.hasSuffix(".json") { return .program }
    if !isExport, rest.hasPrefix("data/") { return .storage(key: rest.dropFirst(5)) }
    return .other
  }

  /// What of the storages that the pickles name is not there with its size.
  func wrong(_ storages: [PickleFacts.Storage], in archive: ZipArchive) -> String? {
    var sizes: [String: Int] = [:]
    for entry in archive.entries where entry.origin == .central { sizes[entry.name] = entry.uncompressedSize }
    for storage in storages {
      guard let item = AllowList.storageItemSize[storage.type], storage.count >= 0 else {
        return "storage \(storage.key) has no size that is known"
      }
      let (needed, overflow) = storage.count.multipliedReportingOverflow(by: item)
      let found = ["data/", "constants/", "traced_inputs/", "bytecode/"].compactMap {
        sizes[root + $0 + storage.key]
      }
      // torch.jit.trace writes its example inputs without their numbers, and nothing loads them.
      if sizes[root + "traced_inputs/" + storage.key] == 0 { continue }
      if overflow || !found.contains(where: { Int64($0) == needed }) {
        return "storage \(storage.key) should have \(storage.count) elements of \(item) bytes, found "
          + (found.first.map { "\($0) bytes" } ?? "no member data/\(storage.key)")
      }
    }
    return nil
  }
}
