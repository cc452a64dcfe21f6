// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime
import Testing

@testable import MartletInference

/// Questions on one connection, whose JSON is often the same.
@Suite struct EnvelopeMemoryTests {
  private func json(_ name: String, _ shape: [Int], id: String = "1") -> [UInt8] {
    let size = 4 * shape.reduce(1, *)
    return Array(
      #"{"id":"\#(id)","inputs":[{"name":"\#(name)","shape":\#(shape),"datatype":"FP32","parameters":{"binary_data_size":\#(size)}}],"outputs":[{"name":"y","parameters":{"binary_data":true}}]}"#
        .utf8)
  }

  private func raw(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
    }
  }

  /// What is remembered is the outline alone: the elements are those of each question.
  @Test func theSameOutlineWithOtherElementsIsAnotherQuestion() throws {
    var memory = EnvelopeMemory()
    let cases: [(json: [UInt8], values: [Float], name: String, shape: [Int], id: String)] = [
      (json("x", [1, 2]), [1, 2], "x", [1, 2], "1"), (json("x", [1, 2]), [3, 4], "x", [1, 2], "1"),
      (json("y", [1, 2]), [5, 6], "y", [1, 2], "1"), (json("x", [2, 1]), [7, 8], "x", [2, 1], "1"),
      (json("x", [2, 1], id: "2"), [7, 8], "x", [2, 1], "2"),
      (json("x", [1, 2]), [9, 10], "x", [1, 2], "1"),
    ]
    for (json, values, name, shape, id) in cases {
      let request = try InferenceRequest(
        body: (json + raw(values)).span, jsonLength: json.count, limit: 10, remembering: &memory)
      #expect(request.id == id && request.inputs.count == 1 && request.inputs[0].name == name)
      #expect(request.inputs[0].tensor.shape == shape)
      #expect(try request.inputs[0].tensor.array(of: Float.self) == values)
      #expect(request.outputs == [RequestedOutput("y", isBinary: true)])
    }
  }

  @Test func whatIsRefusedIsRefusedAgain() throws {
    var memory = EnvelopeMemory()
    let good = json("x", [1, 2])
    for _ in 0..<3 {
      _ = try InferenceRequest(
        body: (good + raw([1, 2])).span, jsonLength: good.count, limit: 10, remembering: &memory)
      for (body, length, limit) in [
        (good + raw([1]), good.count, 10), (good + raw([1, 2, 3]), good.count, 10),
        (good + raw([1, 2]), good.count, 1), (good + raw([1, 2]), good.count - 1, 10),
        (Array(good.dropLast()) + [0x20] + raw([1, 2]), good.count, 10),
      ] {
        #expect(throws: InferenceError.self) {
          try InferenceRequest(body: body.span, jsonLength: length, limit: limit, remembering: &memory)
        }
      }
    }
  }
}
