// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Messages in each other in a protocol buffer; the official parsers stop at 100.
  package static let protobufDepth = 100
  /// Tables in each other in a FlatBuffer; the official verifier stops at 64.
  package static let flatDepth = 64
  /// Tables that are visited in one FlatBuffer, each as often as something points at it; the official verifier's cap.
  package static let flatTables = 1_000_000
  /// Nodes of the graphs of one model that are remembered, to find where a file's name comes from.
  package static let graphNodes = 200_000
  /// Functions of one model.
  package static let graphFunctions = 100_000
  /// Steps through nodes on the way to where the names of files come from, in one model.
  package static let graphSteps = 200_000
  /// Strings in the constants of one model that are looked into.
  package static let graphStrings = 1_000_000
  /// Bytes that a constant of a few given elements may grow to.
  package static let filledTensor = 8 << 30
  /// Bytes of a tensor that a model of TensorFlow Lite makes while it runs.
  package static let liteTensor = 64 << 30
  /// Entries of a checkpoint's index.
  package static let checkpointEntries = 200_000
  /// Bytes of the configuration of one layer of Keras in a SavedModel.
  package static let kerasText = 4 << 20
  /// Layers of Keras in one SavedModel.
  package static let kerasTexts = 100_000
  /// Graphs of one SavedModel: one for each set of tags.
  package static let metaGraphs = 64
  /// Bytes of a graph that is written as text.
  package static let graphText = 24 << 20
  /// Bytes that one block of a checkpoint may become.
  package static let snappyBlock = 32 << 20
}
