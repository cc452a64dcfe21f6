// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The configurations of layers that Keras keeps in a SavedModel, as JSON: which of them hold code.
enum KerasMetadata {
  enum Finding: Equatable {
    case lambda(String)
    /// It is no JSON that can be read whole, and speaks of lambdas.
    case unreadable
  }

  /// What Keras calls by its name in TensorFlow's API, such as `io.write_file`, when such a layer is made.
  private static let harmful: Set<String> = [
    "io.write_file", "io.read_file", "io.matching_files", "py_function", "numpy_function", "load_op_library",
    "load_library", "saved_model.load", "py_func", "eval", "exec",
  ]

  static func findings(in bytes: Bytes) -> [Finding] {
    guard bytes.count <= Limits.kerasText else { return [.unreadable] }
    guard let value = try? JSONReader.read(bytes.span) else {
      let text = String(decoding: bytes.array(), as: UTF8.self)
      return text.contains("ambda") || text.contains("\\u") ? [.unreadable] : []
    }
    var found: [Finding] = []
    walk(value, &found)
    return found
  }

  private static func walk(_ value: JSONValue, _ found: inout [Finding]) {
    guard found.count < 16 else { return }
    switch value {
    case .object(let members):
      let name = value["class_name"]?.string
      if name == "Lambda" || name == "__lambda__" || name?.hasSuffix(">Lambda") == true {
        found.append(.lambda(name ?? ""))
      }
      if name == "TFOpLambda" || name == "ClassMethod" || name == "InstanceMethod"
        || name == "SlicingOpLambda",
        let function = value["config"]?["function"]?.string, isHarmful(function)
      {
        found.append(.lambda(function))
      }
      for member in members { walk(member.value, &found) }
    case .array(let values): for value in values { walk(value, &found) }
    case .string(let text): if text == "__lambda__" { found.append(.lambda(text)) }
    default: break
    }
  }

  private static func isHarmful(_ function: String) -> Bool {
    harmful.contains(function) || harmful.contains { function.hasSuffix(".\($0)") }
  }
}
