// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats

/// Why a request cannot be answered. All of it is the asker's to mend, and says nothing about the inside of the server.
package enum InferenceError: Error, Equatable, Sendable {
  case notJSON(JSONError)
  case malformed(String)
  case unknownType(String, tensor: String)
  case wrongCount(tensor: String, expected: Int, found: Int)
  case badElement(tensor: String, type: String)
  /// Of the body, its JSON, or the raw bytes of a tensor.
  case badLength(expected: String, found: Int)
  case tooLarge(tensor: String)
}

extension InferenceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let error): "\(error)"
    case .malformed(let what): what
    case .unknownType(let type, let tensor):
      "input \(tensor): there is no datatype \(type); expected one of "
        + TensorName.byName.keys.sorted().joined(separator: ", ")
    case .wrongCount(let tensor, let expected, let found):
      "input \(tensor): its shape holds \(expected) elements, found \(found)"
    case .badElement(let tensor, let type): "input \(tensor): an element is not a \(type)"
    case .badLength(let expected, let found): "expected \(expected), found \(found)"
    case .tooLarge(let tensor): "input \(tensor): its shape is larger than this server takes"
    }
  }
}
