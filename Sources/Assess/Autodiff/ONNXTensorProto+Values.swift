// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletONNXSchema

/// Reading and making the constants of a graph.
extension ONNXTensorProto {
  /// The number of elements that the dimensions say, or nil when they say nonsense.
  var elementCount: Int? {
    var count = 1
    for dim in dims {
      let (product, overflow) = count.multipliedReportingOverflow(by: Int(dim))
      guard dim >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }

  var isExternal: Bool { dataLocation == .external }

  /// The elements of an integer tensor, or nil when it is of another type or does not hold what it says.
  var integers: [Int]? {
    guard let count = elementCount, !isExternal else { return nil }
    let values: [Int]?
    switch ElementType(rawValue: Int(dataType)) {
    case .int64:
      values =
        hasRawData ? raw(Int64.self, count)?.map { Int(Int64(littleEndian: $0)) } : int64Data.map { Int($0) }
    case .int32:
      values =
        hasRawData ? raw(Int32.self, count)?.map { Int(Int32(littleEndian: $0)) } : int32Data.map { Int($0) }
    case .bool:
      values = hasRawData ? raw(UInt8.self, count)?.map { Int($0) } : int32Data.map { Int($0) }
    default: values = nil
    }
    return values?.count == count ? values : nil
  }

  /// The elements of a float32 tensor, or nil when it is of another type or does not hold what it says.
  package var floats: [Float]? {
    guard let count = elementCount, !isExternal, dataType == ElementType.float.rawValue else { return nil }
    let values =
      hasRawData ? raw(UInt32.self, count)?.map { Float(bitPattern: UInt32(littleEndian: $0)) } : floatData
    return values?.count == count ? values : nil
  }

  init(integers values: [Int], dims: [Int], type: ElementType = .int64) {
    self.init()
    self.dims = dims.map { Int64($0) }
    dataType = Int32(type.rawValue)
    int64Data = values.map { Int64($0) }
  }

  package init(floats values: [Float], dims: [Int]) {
    self.init()
    self.dims = dims.map { Int64($0) }
    dataType = Int32(ElementType.float.rawValue)
    rawData = unsafe values.withUnsafeBytes { unsafe Data($0) }
  }

  /// One number in a floating-point type.
  /// - Throws: ``AutodiffError/invalidGraph(_:)`` for a type that is not one.
  init(scalar value: Double, dims: [Int] = [], type: ElementType) throws(AutodiffError) {
    self.init()
    self.dims = dims.map { Int64($0) }
    dataType = Int32(type.rawValue)
    switch type {
    case .float: floatData = [Float(value)]
    case .double: doubleData = [value]
    case .float16: int32Data = [Int32(Float16(value).bitPattern)]
    case .bfloat16: int32Data = [Int32(Float(value).bitPattern >> 16)]
    default: throw .invalidGraph("a derivative would be of the type \(type)")
    }
  }

  private func raw<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> [Element]? {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.size)
    guard !overflow, rawData.count == size else { return nil }
    // Whole elements of a type in which every pattern of bits is a value are copied to aligned memory.
    return unsafe [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      unsafe rawData.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
      }
      filled = count
    }
  }
}
