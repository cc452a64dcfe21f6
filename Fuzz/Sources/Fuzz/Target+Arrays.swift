// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension Target {
  static let arrays: [String: Body] = [
    "npy": { bytes in
      guard let array = try? NumpyArray(bytes) else { return }
      _ = try? array.float32()
      _ = try? array.int64()
    },
    "npz": { _ = try? NumpyArchive($0) },
    "safetensors": { _ = try? Safetensors($0) },
    "gguf": {
      _ = GGUF.looksLikeOne($0)
      _ = GGUF($0)
    },
    "ggml": {
      _ = OldGGML.looksLikeOne($0)
      try? OldGGML.check($0)
    },
    "msgpack": {
      _ = MessagePack.looksLikeOne($0)
      _ = MessagePack($0)
    },
    "ocdbt": {
      _ = try? OCDBTManifest($0)
      _ = try? OCDBTNode($0)
    },
    "pickle": { bytes in
      _ = PickleProbe.looksLikePickle(bytes)
      _ = TorchStack.begins(bytes)
      _ = TorchStack.keys(bytes, at: 0)
      let span = bytes.span
      var lexer = PickleLexer(span)
      while let read = try? lexer.next() { _ = PickleText.text(of: read, in: span, limit: 4096) }
    },
    "torch7": {
      _ = Torch7.looksLikeOne($0)
      _ = Torch7($0)
    },
    "rdata": { _ = RData($0) },
    "hdf5": { hdf5($0) },
  ]

  /// Every object, attribute and value that can be reached from the root.
  private static func hdf5(_ bytes: Bytes) {
    guard var file = try? HDF5File(bytes) else { return }
    var waiting = [file.root]
    var seen: Set<Int> = []
    while let address = waiting.popLast(), seen.count < 256 {
      guard seen.insert(address).inserted, let object = try? file.object(at: address) else { continue }
      for range in (try? file.attributes(of: object)) ?? [] {
        if let attribute = try? file.attribute(range) { _ = try? file.values(of: attribute) }
      }
      if object.isDataset, let dataset = try? file.dataset(object) { _ = try? file.values(of: dataset) }
      if object.isGroup {
        for case (_, .hard(let address)) in (try? file.links(of: object)) ?? [] { waiting.append(address) }
      }
    }
  }
}
