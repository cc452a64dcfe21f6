// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CONNXRuntime

/// Owns an `OrtSession` and the names of its inputs and outputs, and keeps the library alive beyond it. The
/// session of ONNX Runtime may be run by several threads at once, and the names never change.
@safe final class SessionHandle: @unchecked Sendable {
  let library: RuntimeLibrary
  let session: OpaquePointer
  private(set) var inputs: [ValueInfo] = []
  private(set) var outputs: [ValueInfo] = []
  /// The same names in the same order, as ONNX Runtime wants them back.
  private(set) var inputNames: [UnsafeMutablePointer<CChar>] = unsafe []
  private(set) var outputNames: [UnsafeMutablePointer<CChar>] = unsafe []

  /// Takes over `session`.
  init(_ session: OpaquePointer, of library: RuntimeLibrary) throws(RuntimeError) {
    self.library = library
    unsafe self.session = session
    var inputCount = 0
    var outputCount = 0
    unsafe try check(api.pointee.SessionGetInputCount(session, &inputCount))
    unsafe try check(api.pointee.SessionGetOutputCount(session, &outputCount))
    for index in 0..<inputCount {
      var name: UnsafeMutablePointer<CChar>?
      unsafe try check(api.pointee.SessionGetInputName(session, index, library.allocator, &name))
      unsafe inputNames.append(name!)
      var type: OpaquePointer?
      unsafe try check(api.pointee.SessionGetInputTypeInfo(session, index, &type))
      unsafe inputs.append(try describe(name!, type!))
    }
    for index in 0..<outputCount {
      var name: UnsafeMutablePointer<CChar>?
      unsafe try check(api.pointee.SessionGetOutputName(session, index, library.allocator, &name))
      unsafe outputNames.append(name!)
      var type: OpaquePointer?
      unsafe try check(api.pointee.SessionGetOutputTypeInfo(session, index, &type))
      unsafe outputs.append(try describe(name!, type!))
    }
  }

  deinit {
    // Freeing cannot be retried, so its status is only released.
    unsafe (inputNames + outputNames).forEach { name in
      unsafe api.pointee.ReleaseStatus(api.pointee.AllocatorFree(library.allocator, name))
    }
    unsafe api.pointee.ReleaseSession(session)
  }

  private var api: UnsafePointer<MartletOrtApi> { unsafe library.api }

  private func check(_ status: OpaquePointer?) throws(RuntimeError) {
    unsafe try library.check(status) { .refusedModel(reason: $0) }
  }

  /// Releases `type`.
  private func describe(
    _ name: UnsafeMutablePointer<CChar>, _ type: OpaquePointer
  ) throws(RuntimeError) -> ValueInfo {
    defer { unsafe api.pointee.ReleaseTypeInfo(type) }
    let name = unsafe String(cString: name)
    var kind: MartletOrtValueType = 0
    unsafe try check(api.pointee.GetOnnxTypeFromTypeInfo(type, &kind))
    guard Int(kind) == MartletOrtValueTensor else {
      return ValueInfo(name: name, type: nil, typeName: Self.word(for: kind), shape: nil)
    }
    var info: OpaquePointer?
    unsafe try check(api.pointee.CastTypeInfoToTensorInfo(type, &info))
    var element: MartletOrtElementType = 0
    unsafe try check(api.pointee.GetTensorElementType(info, &element))
    var rank = 0
    unsafe try check(api.pointee.GetDimensionsCount(info, &rank))
    var sizes = [Int64](repeating: 0, count: rank)
    unsafe try check(api.pointee.GetDimensions(info, &sizes, rank))
    var symbols = unsafe [UnsafePointer<CChar>?](repeating: nil, count: rank)
    unsafe try check(api.pointee.GetSymbolicDimensions(info, &symbols, rank))
    var shape: [ValueDimension] = []
    for index in 0..<rank {
      let symbol = unsafe symbols[index].map { unsafe String(cString: $0) } ?? ""
      shape.append(
        sizes[index] >= 0 ? .fixed(Int(sizes[index])) : symbol.isEmpty ? .unknown : .symbolic(symbol))
    }
    let elementType = ElementType(rawValue: element)
    return ValueInfo(
      name: name, type: elementType,
      typeName: elementType?.description ?? "elements of ONNX type \(element)",
      // A single number and a tensor of which even the rank is open look alike here.
      shape: rank == 0 ? nil : shape)
  }

  static func word(for kind: MartletOrtValueType) -> String {
    switch Int(kind) {
    case MartletOrtValueSequence: "a sequence"
    case MartletOrtValueMap: "a map"
    case MartletOrtValueSparseTensor: "a sparse tensor"
    case MartletOrtValueOptional: "an optional value"
    default: "a value of another kind"
    }
  }
}

/// Owns an `OrtValue` that came out of a session. It keeps the session too, because an output may lie in memory
/// of the session, such as a weight that is passed through. Nobody writes to it any more, so that threads may share it.
@safe final class ValueHandle: @unchecked Sendable {
  let value: OpaquePointer
  private let session: SessionHandle

  init(_ value: OpaquePointer, of session: SessionHandle) {
    unsafe self.value = value
    self.session = session
  }

  deinit { unsafe session.library.api.pointee.ReleaseValue(value) }
}
