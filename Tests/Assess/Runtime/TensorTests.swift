// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime
import Testing

@Suite struct TensorTests {
  @Test func holdsValuesInRowMajorOrder() throws {
    let tensor = try Tensor(float32: [1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(tensor.type == .float32)
    #expect(tensor.count == 6)
    let span = try tensor.float32
    let last = span[5]
    #expect(last == 6)
    let scalar = try Tensor(int64: [7], shape: [])
    #expect(scalar.count == 1)
    #expect(try scalar.array(of: Int64.self) == [7])
  }

  @Test(arguments: [
    [-1], [2, -3], [.max, .max], [.max], [1 << 62, 2], [1 << 32, 1 << 32], [0, .max, .max], [0, 1 << 62],
  ])
  func refusesImpossibleShapes(_ shape: [Int]) {
    #expect(throws: RuntimeError.impossibleShape(shape)) { try Tensor(float32: [1], shape: shape) }
  }

  @Test func refusesAnotherNumberOfValues() {
    #expect(throws: RuntimeError.wrongCount(shape: [2], expected: 2, found: 3)) {
      try Tensor(float64: [1, 2, 3], shape: [2])
    }
    // Eight terabytes, if they were asked for before the values are counted.
    #expect(throws: RuntimeError.wrongCount(shape: [1 << 40], expected: 1 << 40, found: 1)) {
      try Tensor(float64: [1], shape: [1 << 40])
    }
    #expect(throws: RuntimeError.wrongCount(shape: [2], expected: 2, found: 1)) {
      try Tensor(strings: ["a"], shape: [2])
    }
    #expect(throws: RuntimeError.wrongCount(shape: [2], expected: 4, found: 3)) {
      try Tensor(.int16, bytes: [1, 2, 3].span, shape: [2])
    }
  }

  @Test func refusesToReadOneTypeAsAnother() throws {
    let tensor = try Tensor(float32: [1], shape: [1])
    let error = RuntimeError.wrongType(name: "tensor", expected: "int64", found: "float32")
    #expect(throws: error) { try tensor.array(of: Int64.self) }
    #expect(throws: RuntimeError.self) { try tensor.bools }
    #expect(throws: RuntimeError.self) { try tensor.strings }
    #expect(throws: RuntimeError.self) { try Tensor(strings: ["a"], shape: [1]).array(of: UInt8.self) }
  }

  @Test func aByteThatIsNeitherZeroNorOneIsTrue() throws {
    #expect(try Tensor(.bool, bytes: [0, 1, 2, 255].span, shape: [4]).bools == [false, true, true, true])
  }

  @Test func fillsInPlace() throws {
    let tensor = try Tensor(float32Shape: [2, 2]) { elements in elements[3] = 9 }
    #expect(try tensor.array(of: Float.self) == [0, 0, 0, 9])
  }

  @Test func takesRows() throws {
    let tensor = try Tensor(int32: [0, 1, 10, 11, 20, 21], shape: [3, 2])
    let tail = tensor.rows(1..<3)
    #expect(tail.shape == [2, 2])
    #expect(try tail.array(of: Int32.self) == [10, 11, 20, 21])
    #expect(try tail.rows(1..<2).array(of: Int32.self) == [20, 21])
    #expect(try tail.rows([1, 0, 1]).array(of: Int32.self) == [20, 21, 10, 11, 20, 21])
    let words = try Tensor(strings: ["a", "b", "c"], shape: [3])
    #expect(try words.rows([2, 0]).strings == ["c", "a"])
    #expect(try words.rows(1..<2).strings == ["b"])
  }

  @Test func equalityIsOfTypeShapeAndBits() throws {
    let tensor = try Tensor(float32: [.nan, 0], shape: [2])
    #expect(try tensor == Tensor(float32: [.nan, 0], shape: [2]))
    #expect(try tensor != Tensor(float32: [.nan, -0.0], shape: [2]))
    #expect(try tensor != Tensor(float32: [.nan, 0], shape: [2, 1]))
    #expect(try Tensor(int32: [1], shape: [1]) != Tensor(uint32: [1], shape: [1]))
  }
}
