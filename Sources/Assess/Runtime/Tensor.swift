// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// An array of numbers or strings with a shape, in row-major order: what a model takes and returns.
/// Copies share their memory, and so does a row range; nothing can change it once it is made.
///
///     let image = try Tensor(float32: pixels, shape: [1, 1, 8, 8])
///     let scores = try session.run([("image", image)])["scores"]!
package struct Tensor: Sendable {
  enum Contents: Sendable {
    /// The elements start `offset` bytes into the storage.
    case numbers(TensorStorage, offset: Int)
    case strings([String])
  }

  package let type: ElementType
  /// Sizes from the slowest dimension to the fastest. Empty for a scalar.
  package let shape: [Int]
  /// The number of elements.
  package let count: Int
  let contents: Contents

  init(type: ElementType, shape: [Int], count: Int, contents: Contents) {
    self.type = type
    self.shape = shape
    self.count = count
    self.contents = contents
  }

  /// The elements in the order of memory, little-endian, as NumPy and ONNX files hold them.
  /// - Throws: ``RuntimeError/impossibleShape(_:)`` and ``RuntimeError/wrongCount(shape:expected:found:)``, which
  ///   counts bytes; ``RuntimeError/wrongType(name:expected:found:)`` for strings.
  package init(_ type: ElementType, bytes: Span<UInt8>, shape: [Int]) throws(RuntimeError) {
    unsafe try self.init(type, shape: shape, given: bytes.count, each: 1) { memory in
      unsafe bytes.withUnsafeBufferPointer { unsafe memory.copyMemory(from: UnsafeRawBufferPointer($0)) }
    }
  }

  /// New memory of the right size, filled by `fill`, which gets it zeroed.
  ///
  /// - Parameters:
  ///   - given: how many values of `each` bytes there are to fill it with; nil when `fill` makes them. They are counted
  ///     before memory is asked for, because the shape may be a hostile one.
  init(
    _ type: ElementType, shape: [Int], given: Int? = nil, each width: Int = 1,
    filling fill: (UnsafeMutableRawBufferPointer) -> Void
  ) throws(RuntimeError) {
    guard let size = type.size else {
      throw .wrongType(name: "tensor", expected: "numbers", found: type.description)
    }
    let count = try Self.count(of: shape)
    let bytes = count * size
    if let given, given != bytes / width {
      throw .wrongCount(shape: shape, expected: bytes / width, found: given)
    }
    let storage = TensorStorage(count: bytes)
    unsafe fill(UnsafeMutableRawBufferPointer(start: storage.memory, count: bytes))
    self.init(type: type, shape: shape, count: count, contents: .numbers(storage, offset: 0))
  }

  /// - Throws: ``RuntimeError/impossibleShape(_:)`` and ``RuntimeError/wrongCount(shape:expected:found:)``.
  package init(strings: [String], shape: [Int]) throws(RuntimeError) {
    let count = try Self.count(of: shape)
    guard count == strings.count else {
      throw .wrongCount(shape: shape, expected: count, found: strings.count)
    }
    self.init(type: .string, shape: shape, count: count, contents: .strings(strings))
  }

  /// How many elements a shape has.
  /// - Throws: ``RuntimeError/impossibleShape(_:)`` when a size is negative or the bytes would not fit. A size of zero
  ///   does not make the others harmless: the size of one row must fit too.
  static func count(of shape: [Int]) throws(RuntimeError) -> Int {
    guard shape.allSatisfy({ $0 >= 0 }) else { throw .impossibleShape(shape) }
    var count = 1
    for size in shape where size > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      // 16 is more than any element takes, so that counts can be turned into bytes without a check.
      guard !overflow, product <= Int.max / 16 else { throw .impossibleShape(shape) }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }
}
