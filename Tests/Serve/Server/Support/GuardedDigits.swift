// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletGuard
import MartletLifecycle
import MartletRuntime
import MartletServer
import MartletTheft
import Testing

/// The model of digits with a guard that was calibrated on held-out rows, and questions to ask it.
enum GuardedDigits {
  struct Known: Sendable {
    let calibration: GuardCalibration
    /// Rows of 64 numbers from 0 to 1 that the calibration is not from.
    let benign: [[Float]]
    /// What the model itself says to them: ten logits or probabilities.
    let answers: [[Float]]
    let layer: String
  }

  /// Made once: it takes a second or two.
  static let known = Result { try make() }

  private static func make() throws -> Known {
    let path = ServedStore.examples + "/digits"
    let archive = try NumpyArchive(try Bytes(contentsOf: path + "/digits.npz"))
    let array = try #require(try archive["x_test"])
    let victim = try Victim(
      Bytes(contentsOf: path + "/digits.onnx"), wantsLayer: true, library: RuntimeLibrary.open())
    let rows = try Tensor(float32: array.float32(), shape: array.shape)
    let count = array.shape[0]
    let split = min(300, count / 2)
    func calibrationRows(_ tensor: Tensor) throws -> GuardCalibration.Rows {
      let answers = try victim.answers(to: tensor)
      return .init(
        inputs: try tensor.array(of: Float.self), layer: answers.layer, scores: answers.scores,
        count: tensor.rowCount ?? 0)
    }
    let heldOut = try calibrationRows(rows.rows(0..<split))
    let digest = try NamedDigest(path + "/digits.onnx").digest
    let calibration = try GuardCalibration(
      .init(
        model: digest.hex, input: victim.input, layer: victim.layer, output: victim.output,
        profile: InputProfile(of: heldOut.inputs, shape: Array(array.shape.dropFirst()))),
      heldOut: heldOut, options: .init(seed: 5, references: 96))
    let others = try calibrationRows(rows.rows(split..<count))
    return Known(
      calibration: calibration,
      benign: (0..<others.count).map { Array(others.inputs[$0 * 64..<($0 + 1) * 64]) },
      answers: (0..<others.count).map { Array(others.scores[$0 * 10..<($0 + 1) * 10]) },
      layer: try #require(victim.layer))
  }

  /// Brings the calibration into a store that has the model.
  static func keep(_ lifecycle: Lifecycle) throws {
    let known = try known.get()
    _ = try lifecycle.keepGuard(
      Bytes(known.calibration.json()), of: #require(Digest(hex: known.calibration.model)),
      rows: known.calibration.rows)
  }

  /// A server with the guarded model.
  static func serve(
    on old: Home? = nil, batch: ModelSettings.Batch? = nil, logger: Bool = false,
    _ change: (inout GuardSettings) -> Void = { _ in }
  ) async throws -> ServedStore {
    var limits = ModelSettings()
    limits.batch = batch
    change(&limits.sentry)
    let settings = limits
    return try await ServedStore(
      on: old, settings: { $0.models.named = [(NamePattern("digits"), settings)] },
      prepare: { if old == nil { try keep($0) } })
  }

  /// Inputs that nobody with a picture of a digit asks about.
  static func noise(_ count: Int) -> [[Float]] {
    var state: UInt64 = 9
    return (0..<count).map { _ in
      (0..<64).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) * 0x1p-24
      }
    }
  }

  static func json(_ rows: [[Float]], outputs: [String]? = nil) -> [UInt8] {
    let numbers = rows.flatMap { $0 }.map { "\($0)" }.joined(separator: ",")
    let wanted = outputs.map { names in
      ",\"outputs\":[" + names.map { "{\"name\":\"\($0)\"}" }.joined(separator: ",") + "]"
    }
    return Array(
      "{\"inputs\":[{\"name\":\"image\",\"shape\":[\(rows.count),1,8,8],\"datatype\":\"FP32\",\"data\":[\(numbers)]}]\(wanted ?? "")}"
        .utf8)
  }

  static func raw(_ rows: [[Float]]) -> [UInt8] {
    rows.flatMap { $0 }.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
  }
}

/// What of an answer is of interest here.
struct InferAnswer: Decodable {
  struct Output: Decodable {
    let name: String
    let shape: [Int]
    let data: [Double]?
  }

  let outputs: [Output]

  init(_ answer: RawAnswer) throws {
    let length = answer.fields["inference-header-content-length"].flatMap { Int($0) } ?? answer.body.count
    self = try JSONDecoder().decode(InferAnswer.self, from: Data(answer.body.prefix(length)))
  }

  /// The rows of the only output, wherever its numbers stand.
  static func rows(_ answer: RawAnswer) throws -> [[Double]] {
    let read = try InferAnswer(answer)
    #expect(read.outputs.count == 1)
    let output = try #require(read.outputs.first)
    var values = output.data ?? []
    if let length = answer.fields["inference-header-content-length"].flatMap({ Int($0) }) {
      let bytes = Array(answer.body.dropFirst(length))
      values = stride(from: 0, to: bytes.count, by: 4).map { place in
        Double(Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }))
      }
    }
    let width = output.shape[1]
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
  }
}
