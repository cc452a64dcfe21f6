// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why ONNX Runtime could not be opened, or a model could not be run.
package enum RuntimeError: Error, Equatable, Sendable {
  /// No library stands at any of the usual places. `searched` names them in order.
  case libraryMissing(searched: [String])
  /// A library was found and could not be used. `reason` is the loader's or the library's own wording.
  case libraryUnusable(path: String, reason: String)
  /// The library lacks functions that Martlet calls.
  case libraryTooOld(path: String, version: String)
  /// The bytes are no ONNX protocol buffer. `offset` is where reading stopped.
  case malformedModel(offset: Int)
  /// A tensor of the model wants its values read from another file, which a model in memory may not.
  case externalData(tensor: String)
  /// ONNX Runtime would not take the model. `reason` is its own wording.
  case refusedModel(reason: String)
  /// ONNX Runtime failed while it ran the model. `reason` is its own wording.
  case failedRun(reason: String)
  case unknownInput(name: String, known: [String])
  case missingInput(name: String)
  case repeatedInput(name: String)
  case unknownOutput(name: String, known: [String])
  /// `expected` and `found` are words, because a model may have types that no ``Tensor`` has.
  case wrongType(name: String, expected: String, found: String)
  case wrongShape(name: String, expected: [ValueDimension], found: [Int])
  /// An output that is not a tensor of a type that ``ElementType`` lists.
  case unsupportedOutput(name: String, type: String)
  /// The number of elements or bytes of a shape is negative or does not fit.
  case impossibleShape([Int])
  /// A shape wants another number of values than there are.
  case wrongCount(shape: [Int], expected: Int, found: Int)
}

extension RuntimeError: CustomStringConvertible {
  package var description: String { words.visible }

  private var words: String {
    switch self {
    case .libraryMissing(let searched):
      "expected ONNX Runtime, found none at " + searched.joined(separator: ", ") + ": " + Self.remedy
    case .libraryUnusable(let path, let reason):
      "cannot use ONNX Runtime at \(path): \(reason): " + Self.remedy
    case .libraryTooOld(let path, let version):
      "expected ONNX Runtime 1.15 or newer, found \(version) at \(path): " + Self.remedy
    case .malformedModel(let offset):
      "expected an ONNX model, found bytes that are none at offset \(offset)"
    case .externalData(let tensor):
      "expected a model that holds its own weights, found that the tensor '\(tensor)' wants them from another "
        + "file: save the model as one file (onnx.save with save_as_external_data=False)"
    case .refusedModel(let reason):
      "ONNX Runtime does not take this model: \(reason)"
        + (reason.contains("not a registered function/op")
          ? "; it knows the operators of the ONNX standard and its own of the domain com.microsoft" : "")
    case .failedRun(let reason):
      if let bytes = RuntimeReason.bytesWanted(reason) {
        "the model asks for \(bytes >> 20) MiB of memory at once, more than there is"
      } else {
        "ONNX Runtime could not run the model: \(reason)"
      }
    case .unknownInput(let name, let known):
      "the model has no input '\(name)'; it has " + Self.list(known)
    case .missingInput(let name): "the model needs the input '\(name)', which was not given"
    case .repeatedInput(let name): "the input '\(name)' was given more than once"
    case .unknownOutput(let name, let known):
      "the model has no output '\(name)'; it has " + Self.list(known)
    case .wrongType(let name, let expected, let found):
      "expected \(expected) for '\(name)', found \(found)"
    case .wrongShape(let name, let expected, let found):
      "expected the shape [\(expected.map(\.description).joined(separator: ", "))] for '\(name)', found \(found)"
    case .unsupportedOutput(let name, let type):
      "expected a tensor as output '\(name)', found \(type): export the model so that it returns tensors"
    case .impossibleShape(let shape): "no tensor can have the shape \(shape)"
    case .wrongCount(let shape, let expected, let found):
      "expected \(expected) values for the shape \(shape), found \(found)"
    }
  }

  private static let remedy =
    "run `make onnxruntime`, or set MARTLET_ONNXRUNTIME to the library of the Python package onnxruntime "
    + "(`pip download onnxruntime`, then unzip; it is onnxruntime/capi/libonnxruntime.so.*)"

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
