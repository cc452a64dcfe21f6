// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
package import MartletFormats
import MartletONNXSchema
import SwiftProtobuf

/// The tensors of a model, and its graph where the file has one. Needs nothing that runs models.
package struct ModelTensors: Sendable {
  package private(set) var tensors: [NamedTensor] = []
  /// Of an ONNX file.
  package private(set) var graph: ONNXModel?
  let path: String

  /// - Parameters:
  ///   - files: of one model: one ONNX file with its weights inside, or safetensors files that have the tensors between them.
  ///   - path: what errors name.
  /// - Throws: ``BackdoorError/tensors(path:reason:)``.
  package init(_ files: [(name: String, bytes: Bytes)], path: String) throws(BackdoorError) {
    self.path = path
    let parts = files.filter { $0.name.hasSuffix(".safetensors") || Self.isSafetensors($0.bytes) }
    if !parts.isEmpty {
      for part in parts { try read(safetensors: part.bytes) }
    } else if files.count == 1 {
      try read(onnx: files[0].bytes)
    } else {
      throw .tensors(
        path: path, reason: "expected one ONNX file or safetensors files, found \(files.count) other files")
    }
    var seen: Set<String> = []
    for tensor in tensors where !seen.insert(tensor.name).inserted {
      throw .tensors(
        path: path, reason: "expected every tensor once, found '\(tensor.name.prefix(80))' twice")
    }
    guard !tensors.isEmpty else { throw .tensors(path: path, reason: "expected tensors, found none") }
  }

  /// A length that fits, and then JSON.
  private static func isSafetensors(_ bytes: Bytes) -> Bool {
    guard bytes.count > 9, bytes[8] == UInt8(ascii: "{") else { return false }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    return length <= UInt64(bytes.count - 8)
  }

  private mutating func read(safetensors bytes: Bytes) throws(BackdoorError) {
    let file: Safetensors
    do { file = try Safetensors(bytes) } catch {
      throw .tensors(path: path, reason: "\(error)")
    }
    for tensor in file.tensors {
      tensors.append(
        NamedTensor(
          name: tensor.name, kind: Self.safetensorsKinds[tensor.dtype] ?? .other, type: tensor.dtype,
          shape: tensor.shape, bytes: file.data.slice(tensor.range)))
    }
  }

  private static let safetensorsKinds: [String: ElementKind] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .int64, "I32": .int32,
    "I16": .int16, "I8": .int8, "U64": .uint64, "U32": .uint32, "U16": .uint16, "U8": .uint8, "BOOL": .bool,
  ]

  private mutating func read(onnx bytes: Bytes) throws(BackdoorError) {
    let model: ONNXModel
    do { model = try ONNXModel(bytes) } catch {
      throw .tensors(path: path, reason: "expected an ONNX or a safetensors file, found neither: \(error)")
    }
    graph = model
    for tensor in model.proto.graph.initializer { tensors.append(try named(tensor, tensor.name)) }
    for tensor in model.proto.graph.sparseInitializer {
      let bytes: [UInt8]
      do { bytes = try tensor.serializedBytes() } catch {
        throw .tensors(path: path, reason: "a sparse tensor cannot be read")
      }
      tensors.append(
        NamedTensor(
          name: tensor.values.name, kind: .other, type: "sparse",
          shape: tensor.dims.map { Int(clamping: $0) },
          bytes: Bytes(bytes)))
    }
    for node in model.proto.graph.node where node.opType == "Constant" {
      for attribute in node.attribute where attribute.name == "value" && attribute.hasT {
        tensors.append(try named(attribute.t, node.output.first ?? ""))
      }
    }
  }

  private func named(_ tensor: ONNXTensorProto, _ name: String) throws(BackdoorError) -> NamedTensor {
    let kind = Self.onnxKinds[Int(tensor.dataType)] ?? .other
    var bytes = tensor.hasRawData ? Bytes(tensor.rawData) : Bytes(tensor.typedBytes(kind))
    if kind == .other, bytes.isEmpty, tensor.dataType == ONNXTensorProto.DataType.string.rawValue {
      bytes = Bytes(tensor.stringData.flatMap { Array($0) + [0] })
    }
    var count = 1
    for size in tensor.dims {
      let (product, overflow) = count.multipliedReportingOverflow(by: Int(clamping: size))
      guard !overflow, size >= 0 else {
        throw .tensors(path: path, reason: "the shape of the tensor '\(name.prefix(80))' makes no size")
      }
      count = product
    }
    guard kind == .other || count.multipliedReportingOverflow(by: kind.size) == (bytes.count, false) else {
      throw .tensors(
        path: path,
        reason: "expected \(count) elements in the tensor '\(name.prefix(80))', found \(bytes.count) bytes")
    }
    return NamedTensor(
      name: name, kind: kind, type: kind == .other ? "type \(tensor.dataType)" : kind.rawValue,
      shape: tensor.dims.map { Int(clamping: $0) }, bytes: bytes)
  }

  private static let onnxKinds: [Int: ElementKind] = [
    1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool, 10: .float16,
    11: .float64, 12: .uint32, 13: .uint64, 16: .bfloat16,
  ]
}

extension ONNXTensorProto {
  /// The typed fields as raw data would have them.
  fileprivate func typedBytes(_ kind: ElementKind) -> [UInt8] {
    func spread(_ bits: UInt64) -> [UInt8] {
      (0..<kind.size).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    }
    switch kind {
    case .float32: return floatData.flatMap { spread(UInt64($0.bitPattern)) }
    case .float64: return doubleData.flatMap { spread($0.bitPattern) }
    case .int64: return int64Data.flatMap { spread(UInt64(bitPattern: $0)) }
    case .uint64, .uint32: return uint64Data.flatMap { spread($0) }
    case .other: return []
    default: return int32Data.flatMap { spread(UInt64(truncatingIfNeeded: $0)) }
    }
  }
}
