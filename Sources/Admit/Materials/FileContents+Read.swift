// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletScan

extension FileContents {
  /// Takes in what a scan came across.
  mutating func add(_ sight: ScanSight) {
    switch sight {
    case .part(let member, let format, let bytes):
      if member != nil { parts.insert(format) }
      read(bytes, as: format, member)
      if member == nil { readByName(bytes) }
    case .pickle(let member, let contents): add(contents, member)
    }
  }

  private mutating func read(_ bytes: Bytes, as format: String, _ member: String?) {
    do {
      switch format {
      case "safetensors": try readSafetensors(bytes)
      case "gguf": readGGUF(bytes, member)
      case "npy": try readArray(bytes)
      case "onnx": try readONNX(bytes, member)
      case "onnx-tensor":
        let tensor = try ONNXTensor(ProtoReader(bytes))
        tensors.add(ElementType.onnx(tensor.type), TensorCount.product(tensor.dimensions))
      case "hdf5", "keras-h5": try readHDF5(bytes, member)
      case "tensorflow-checkpoint": try readCheckpoint(bytes)
      case "json" where member == "metadata.json": try readKerasMetadata(bytes)
      default: break
      }
    } catch {
      miss(member, "\(error)")
    }
  }

  /// What a name is agreed to mean, beside the format: the configuration, the model card, the licence.
  private mutating func readByName(_ bytes: Bytes) {
    switch baseName.lowercased() {
    case "config.json": readConfiguration(bytes)
    case "readme.md", "modelcard.md", "model_card.md": readCard(bytes)
    default: if LicenceText.isName(baseName) { readLicence(bytes) }
    }
  }

  private mutating func add(_ pickle: PickleContents, _ member: String?) {
    owners.insert(.python)
    for new in pickle.imports { add(new) }
    // Tensors that are views of each other name one storage.
    var counted: Set<String> = []
    for storage in pickle.storages where counted.insert(storage.key).inserted {
      tensors.add(ElementType.torch(storage.type), Int(exactly: storage.count))
    }
    if !pickle.isWhole { miss(member, "the pickle was not read to its end") }
  }
}
