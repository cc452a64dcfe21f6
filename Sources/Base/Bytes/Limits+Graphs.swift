// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Dimensions of an ONNX tensor.
  package static let onnxDimensions = 1024
  /// Keys and values that say where an ONNX tensor lies.
  package static let onnxExternalPairs = 64
  /// Names of values in all ONNX graphs that are open at one time, and nodes of a graph whose order is looked at.
  package static let onnxNames = 1 << 18
  /// Inputs and outputs of one node.
  package static let onnxValues = 1 << 16
  /// Bytes of a name or a path that are looked at.
  package static let graphName = 4096
  /// Bytes of a graph that is JSON.
  package static let graphJSON = 32 << 20
  /// Functions of an ONNX model.
  package static let onnxFunctions = 1 << 16
  /// Nodes that the functions of an ONNX model may become when each call is replaced by its body.
  package static let onnxExpansion = 1 << 24
  /// Elements that one operator may make from constants alone.
  package static let onnxElements = 1 << 34
  /// Strings of an ONNX model that look like a format and are scanned as one.
  package static let onnxStrings = 1 << 10

  /// Parts that are looked at in a program, a picture, a film or a recording.
  package static let mediaParts = 1 << 20
}
