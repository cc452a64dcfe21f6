// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CONNXRuntime

extension RuntimeLibrary {
  /// A value for ONNX Runtime to read. Numbers stay where they are, so `tensor` must outlive it; strings are copied.
  /// The caller releases it.
  func value(of tensor: Tensor) throws(RuntimeError) -> OpaquePointer {
    let shape = tensor.shape.map(Int64.init)
    var value: OpaquePointer?
    switch tensor.contents {
    case .numbers(let storage, let offset):
      // ONNX Runtime wants a mutable pointer for inputs too, and does not write through it.
      unsafe try checkRun(
        api.pointee.CreateTensorWithDataAsOrtValue(
          memory, storage.memory + offset, tensor.count * (tensor.type.size ?? 0), shape, shape.count,
          tensor.type.rawValue, &value))
    case .strings(let strings):
      unsafe try checkRun(
        api.pointee.CreateTensorAsOrtValue(allocator, shape, shape.count, tensor.type.rawValue, &value))
      do throws(RuntimeError) {
        for (index, string) in strings.enumerated() { unsafe try write(string, at: index, of: value) }
      } catch {
        unsafe api.pointee.ReleaseValue(value)
        throw error
      }
    }
    return unsafe value!
  }

  private func write(_ string: String, at index: Int, of value: OpaquePointer?) throws(RuntimeError) {
    var string = string
    let length = string.utf8.count
    var place: UnsafeMutablePointer<CChar>?
    unsafe try checkRun(api.pointee.GetResizedStringTensorElementBuffer(value, index, length, &place))
    guard length > 0, let place = unsafe place else { return }
    string.withUTF8 {
      unsafe UnsafeMutableRawPointer(place).copyMemory(from: $0.baseAddress!, byteCount: length)
    }
  }

  /// The tensor that a model returned, in the memory where it lies.
  func tensor(of value: ValueHandle, name: String) throws(RuntimeError) -> Tensor {
    var kind: MartletOrtValueType = 0
    unsafe try checkRun(api.pointee.GetValueType(value.value, &kind))
    guard Int(kind) == MartletOrtValueTensor else {
      throw .unsupportedOutput(name: name, type: SessionHandle.word(for: kind))
    }
    let (number, shape) = try typeAndShape(of: value)
    guard let type = ElementType(rawValue: number) else {
      throw .unsupportedOutput(name: name, type: "elements of ONNX type \(number)")
    }
    let count = try Tensor.count(of: shape)
    guard let size = type.size else {
      return try Tensor(strings: try strings(of: value, count: count), shape: shape)
    }
    var data: UnsafeMutableRawPointer?
    unsafe try checkRun(api.pointee.GetTensorMutableData(value.value, &data))
    let storage =
      if let data = unsafe data {
        unsafe TensorStorage(data, count: count * size, of: value)
      } else {
        // An empty tensor may have no memory.
        TensorStorage(count: count * size)
      }
    return Tensor(type: type, shape: shape, count: count, contents: .numbers(storage, offset: 0))
  }

  private func typeAndShape(of value: ValueHandle) throws(RuntimeError) -> (MartletOrtElementType, [Int]) {
    var info: OpaquePointer?
    unsafe try checkRun(api.pointee.GetTensorTypeAndShape(value.value, &info))
    defer { unsafe api.pointee.ReleaseTensorTypeAndShapeInfo(info) }
    var type: MartletOrtElementType = 0
    unsafe try checkRun(api.pointee.GetTensorElementType(info, &type))
    var rank = 0
    unsafe try checkRun(api.pointee.GetDimensionsCount(info, &rank))
    var sizes = [Int64](repeating: 0, count: rank)
    unsafe try checkRun(api.pointee.GetDimensions(info, &sizes, rank))
    return (type, sizes.map(Int.init))
  }

  private func strings(of value: ValueHandle, count: Int) throws(RuntimeError) -> [String] {
    guard count > 0 else { return [] }
    var length = 0
    unsafe try checkRun(api.pointee.GetStringTensorDataLength(value.value, &length))
    var text = [UInt8](repeating: 0, count: max(length, 1))
    var starts = [Int](repeating: 0, count: count)
    unsafe try checkRun(
      api.pointee.GetStringTensorContent(value.value, &text, length, &starts, count))
    let ends = starts.dropFirst() + [length]
    return zip(starts, ends).map { String(decoding: text[$0..<$1], as: UTF8.self) }
  }

  private func checkRun(_ status: OpaquePointer?) throws(RuntimeError) {
    unsafe try check(status) { .failedRun(reason: $0) }
  }
}
