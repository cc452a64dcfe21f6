// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Pairs of metadata in a GGUF file.
  package static let ggufPairs = 1 << 16
  /// Tensors of one GGUF, GGML or safetensors file.
  package static let tensors = 1 << 17
  /// Arrays in arrays in the metadata of a GGUF file.
  package static let ggufDepth = 4
  /// Bytes of a key or of the name of a tensor.
  package static let ggufName = 1 << 16
  /// Bytes of a text in metadata that is looked at as a template or a file.
  package static let metadataText = 4 << 20
  /// Bytes of one node of an OCDBT store.
  package static let ocdbtNode = 64 << 20
  /// Nodes of all versions of one such store, and arrays in it.
  package static let ocdbtNodes = 1 << 15
}
