// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletGuard
import MartletLifecycle
import MartletONNXSchema
import MartletRuntime
import MartletTheft
import SwiftProtobuf
import Testing

/// The model of digits that also says its answer in words.
enum WordyDigits {
  static let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

  /// - Returns: the path of the model, for the test to take away.
  static func write() throws -> String {
    var proto = try ONNXModelProto(
      serializedBytes: Bytes(contentsOf: ServedStore.examples + "/digits/digits.onnx").array())
    var names = ONNXTensorProto()
    names.name = "words"
    names.dims = [Int64(words.count)]
    names.dataType = Int32(ONNXTensorProto.DataType.string.rawValue)
    names.stringData = words.map { Data($0.utf8) }
    proto.graph.initializer.append(names)
    var best = ONNXNodeProto()
    (best.opType, best.input, best.output) = ("ArgMax", ["logits"], ["best"])
    for (name, value) in [("axis", Int64(1)), ("keepdims", 0)] {
      var attribute = ONNXAttributeProto()
      (attribute.name, attribute.type, attribute.i) = (name, .int, value)
      best.attribute.append(attribute)
    }
    var pick = ONNXNodeProto()
    (pick.opType, pick.input, pick.output) = ("Gather", ["words", "best"], ["word"])
    proto.graph.node += [best, pick]
    var info = ONNXValueInfoProto()
    info.name = "word"
    info.type.tensorType.elemType = names.dataType
    var rows = ONNXTensorShapeProto.Dimension()
    rows.dimParam = "batch"
    info.type.tensorType.shape.dim = [rows]
    proto.graph.output.append(info)
    let path = FileManager.default.temporaryDirectory.path + "/wordy \(UUID()).onnx"
    #expect(FileManager.default.createFile(atPath: path, contents: try proto.serializedData()))
    return path
  }

  /// A calibration as `martlet guard calibrate` makes it.
  static func calibration(_ path: String, knowsNames: Bool) throws -> GuardCalibration {
    let archive = try NumpyArchive(Bytes(contentsOf: ServedStore.examples + "/digits/digits.npz"))
    let array = try #require(try archive["x_test"])
    let rows = try Tensor(float32: array.float32(), shape: array.shape).rows(0..<300)
    let victim = try Victim(Bytes(contentsOf: path), wantsLayer: true, library: RuntimeLibrary.open())
    let answers = try victim.answers(to: rows)
    let names = try victim.classNames(rows)
    #expect(names == ["word": words])
    let inputs = try rows.array(of: Float.self)
    let made = try GuardCalibration(
      .init(
        model: NamedDigest(path).digest.hex, input: victim.input, layer: victim.layer, output: victim.output,
        profile: InputProfile(of: inputs, shape: Array(array.shape.dropFirst())),
        names: knowsNames ? names : [:]),
      heldOut: .init(inputs: inputs, layer: answers.layer, scores: answers.scores, count: 300),
      options: .init(seed: 5, references: 96))
    // As its file has it.
    let read = try GuardCalibration(json: Bytes(made.json()))
    #expect(read.names == made.names)
    return read
  }
}
