// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import SwiftProtobuf
import Testing

/// The models and data that the repository brings.
enum Example {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Examples").path

  static let digits = folder + "/digits/digits.onnx"
  static let digitsData = folder + "/digits/digits.npz"
  static let network = folder + "/breast-cancer/mlp.onnx"
  static let forest = folder + "/breast-cancer/forest.onnx"
  static let cancerData = folder + "/breast-cancer/breast-cancer.npz"
  static let credit = folder + "/credit/mlp.onnx"
  static let creditData = folder + "/credit/test.csv"
  static let creditSchema = folder + "/credit/schema.yaml"

  /// A model without its weights, and the file in which they are.
  static func split(_ path: String, into name: String) throws -> (model: [UInt8], weights: [UInt8]) {
    var proto = try ONNXModelProto(serializedBytes: bytes(path))
    var weights: [UInt8] = []
    for place in proto.graph.initializer.indices where !proto.graph.initializer[place].rawData.isEmpty {
      let data = Array(proto.graph.initializer[place].rawData)
      let facts = ["location": name, "offset": "\(weights.count)", "length": "\(data.count)"]
      proto.graph.initializer[place].externalData = facts.map { key, value in
        var entry = ONNXStringStringEntryProto()
        (entry.key, entry.value) = (key, value)
        return entry
      }
      proto.graph.initializer[place].dataLocation = .external
      proto.graph.initializer[place].rawData = Data()
      weights += data
    }
    return (try proto.serializedBytes(), weights)
  }

  /// A model that first makes copies of its input that no machine has room for, and takes their mean.
  static func bloated(_ path: String) throws -> [UInt8] {
    var proto = try ONNXModelProto(serializedBytes: bytes(path))
    let input = proto.graph.input[0].name
    for place in proto.graph.node.indices {
      proto.graph.node[place].input = proto.graph.node[place].input.map { $0 == input ? "mean" : $0 }
    }
    var sizes = ONNXTensorProto()
    (sizes.name, sizes.dataType, sizes.dims) = ("sizes", 7, [6])
    sizes.int64Data = [1 << 20, 1 << 20, 1, 1, 1, 1]
    proto.graph.initializer.append(sizes)
    var expand = ONNXNodeProto()
    (expand.opType, expand.input, expand.output) = ("Expand", [input, "sizes"], ["copies"])
    var mean = ONNXNodeProto()
    (mean.opType, mean.input, mean.output) = ("ReduceMean", ["copies"], ["mean"])
    var axes = ONNXAttributeProto()
    (axes.name, axes.type, axes.ints) = ("axes", .ints, [0, 1])
    var keep = ONNXAttributeProto()
    (keep.name, keep.type, keep.i) = ("keepdims", .int, 0)
    mean.attribute = [axes, keep]
    proto.graph.node = [expand, mean] + proto.graph.node
    return try proto.serializedBytes()
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Test images of digits, row by row, with their labels.
  static func images(_ count: Int) throws -> [(pixels: [Float], label: Int64)] {
    let archive = try NumpyArchive(Bytes(contentsOf: digitsData))
    let pixels = try #require(try archive["x_test"]).float32()
    let labels = try #require(try archive["y_test"]).int64()
    return (0..<count).map { (Array(pixels[$0 * 64..<($0 + 1) * 64]), labels[$0]) }
  }
}

/// Writes npz files as numpy does, without compression.
enum Npz {
  static func make(_ arrays: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in arrays {
      let member = Array((name + ".npy").utf8)
      let facts =
        little(20, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
        + little(Int(crc32(bytes)), 4)
        + little(bytes.count, 4) + little(bytes.count, 4) + little(member.count, 2) + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + facts + little(0, 2) + little(0, 2) + little(0, 2)
      directory += little(0, 4) + little(file.count, 4) + member
      file += [0x50, 0x4B, 3, 4] + facts + member + bytes
    }
    let end =
      [0x50, 0x4B, 5, 6] + little(0, 4) + little(arrays.count, 2) + little(arrays.count, 2)
      + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
    return file + directory + end
  }

  /// A `.npy` of the type `<f4` or `<i8`.
  static func array(_ values: [Double], _ type: String, _ shape: [Int]) -> [UInt8] {
    let sizes = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let data = values.flatMap { value in
      type == "<f4" ? little(Int(Float(value).bitPattern), 4) : little(Int(value), 8)
    }
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little(header.utf8.count, 2) + Array(header.utf8) + data
  }

  /// What `protect --data` takes, with as many examples as labels.
  static func data(
    _ labels: [Double] = [0, 1, 2], shape: [Int] = [1, 8, 8], value: Double = 0.5, type: String = "<f4"
  ) -> [UInt8] {
    let values = Array(repeating: value, count: labels.count * shape.reduce(1, *))
    return make([
      ("x_test", array(values, type, [labels.count] + shape)),
      ("y_test", array(labels, "<i8", [labels.count])),
    ])
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}

/// A pickle that starts a process when it is loaded. It is assembled here and never given to an unpickler.
enum HostilePickle {
  static let bytes: [UInt8] =
    [0x80, 0x02] + Array(["cos", "system", "(S'id'", "tR."].joined(separator: "\n").utf8)
}

/// Signs a single file as the OpenSSF Model Signing tools do.
struct ModelSigner {
  let key = P256.Signing.PrivateKey()

  var publicKey: String { key.publicKey.pemRepresentation }

  func bundle(for model: [UInt8]) throws -> String {
    let file = Data(SHA256.hash(data: model))
    let root = SHA256.hash(data: file).hex
    let statement = """
      {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"the model","digest":{"sha256":"\(root)"}}],\
      "predicateType":"https://model_signing/signature/v1.0","predicate":{"serialization":{"method":"files",\
      "hash_type":"sha256","allow_symlinks":false,"ignore_paths":[]},"resources":[{"name":".","algorithm":"sha256",\
      "digest":"\(SHA256.hash(data: model).hex)"}]}}
      """
    let type = "application/vnd.in-toto+json"
    let signed = Data("DSSEv1 \(type.utf8.count) \(type) \(statement.utf8.count) \(statement)".utf8)
    let signature = try key.signature(for: signed).derRepresentation.base64EncodedString()
    return """
      {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":""},\
      "tlogEntries":[]},"dsseEnvelope":{"payload":"\(Data(statement.utf8).base64EncodedString())",\
      "payloadType":"\(type)","signatures":[{"sig":"\(signature)"}]}}
      """
  }
}

extension Sequence<UInt8> {
  var hex: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
