// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension FileContents {
  mutating func readSafetensors(_ bytes: Bytes) throws(SafetensorsError) {
    let file = try Safetensors(bytes)
    for tensor in file.tensors { tensors.add(tensor.dtype, TensorCount.product(tensor.shape)) }
    for (key, value) in file.metadata.sorted(by: { $0.key < $1.key }) {
      note("safetensors:\(key)", value)
      if key == "license" || key == "modelspec.license" { declare(licence: value) }
    }
  }

  mutating func readGGUF(_ bytes: Bytes, _ member: String?) {
    let file = GGUF(bytes)
    for error in file.errors { miss(member, error.reason) }
    for tensor in file.tensors {
      tensors.add(GGMLType.name(tensor.type) ?? "GGML type \(tensor.type)", Int(exactly: tensor.elements))
    }
    note("gguf:version", "\(file.version)")
    var family: String?
    if case .text(let text)? = file["general.architecture"] { family = text }
    if card.family == nil { card.family = family }
    for pair in file.pairs {
      guard pair.key.hasPrefix("general.") || family.map({ pair.key.hasPrefix($0 + ".") }) == true else {
        continue
      }
      switch pair.value {
      case .text(let text): note("gguf:\(pair.key)", text)
      case .number(let value):
        note("gguf:\(pair.key)", "\(value)")
        if pair.key == "general.file_type" { note("gguf:quantisation", GGMLType.fileType(value)) }
      case .bool(let value): note("gguf:\(pair.key)", value == 1 ? "true" : "false")
      case .real, .array: break
      }
      if pair.key == "general.license", case .text(let text) = pair.value { declare(licence: text) }
    }
  }

  mutating func readArray(_ bytes: Bytes) throws(NumpyError) {
    let array = try NumpyArray(bytes)
    tensors.add(ElementType.numpy(array.descr), TensorCount.product(array.shape))
  }

  /// The index of a checkpoint: the numbers themselves lie in files beside it.
  mutating func readCheckpoint(_ bytes: Bytes) throws {
    for entry in try TensorBundle(SortedTable(bytes)).entries {
      // The parts of a tensor have entries of their own.
      guard !entry.isSliced else { continue }
      tensors.add(ElementType.tensorFlow(entry.type), TensorCount.product(entry.dimensions))
    }
  }
}
