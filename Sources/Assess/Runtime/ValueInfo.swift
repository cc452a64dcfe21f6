// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One size of a shape that a model declares.
package enum ValueDimension: Hashable, Sendable {
  case fixed(Int)
  /// Any size, with the name the model gives it, such as `batch`.
  case symbolic(String)
  case unknown
}

extension ValueDimension: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fixed(let size): "\(size)"
    case .symbolic(let name): name
    case .unknown: "any"
    }
  }
}

/// What a model declares about one of its inputs or outputs.
package struct ValueInfo: Hashable, Sendable {
  package let name: String
  /// Nil when it is no tensor, or one of a type that ``ElementType`` lacks; ``typeName`` then says what it is.
  package let type: ElementType?
  /// The type in words, such as `float32` or `a sequence`.
  package let typeName: String
  /// Nil when the model leaves even the number of dimensions open, for a single number, and when it is no tensor.
  package let shape: [ValueDimension]?
}

extension ValueInfo {
  /// - Throws: ``RuntimeError/wrongType(name:expected:found:)`` and ``RuntimeError/wrongShape(name:expected:found:)``.
  func check(_ tensor: Tensor) throws(RuntimeError) {
    guard let type, tensor.type == type else {
      throw .wrongType(name: name, expected: typeName, found: tensor.type.description)
    }
    guard let shape else { return }
    let fits =
      shape.count == tensor.shape.count
      && zip(shape, tensor.shape).allSatisfy { declared, found in
        guard case .fixed(let size) = declared else { return true }
        return size == found
      }
    guard fits else { throw .wrongShape(name: name, expected: shape, found: tensor.shape) }
  }
}
