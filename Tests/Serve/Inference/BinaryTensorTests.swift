// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletInference
import MartletRuntime
import Testing

/// The extension for raw tensors (Triton, "Binary Tensor Data Extension").
@Suite struct BinaryTensorTests {
  private func read(_ json: String, _ raw: [UInt8], length: Int? = nil, limit: Int = 100) throws
    -> InferenceRequest
  {
    let bytes = Bytes(Array(json.utf8) + raw)
    return try InferenceRequest(body: bytes.span, jsonLength: length ?? json.utf8.count, limit: limit)
  }

  private func input(_ type: String, _ shape: String, size: Int) -> String {
    #"{"name":"x","shape":\#(shape),"datatype":"\#(type)","parameters":{"binary_data_size":\#(size)}}"#
  }

  @Test func rawAndJSONInputsStandInOneRequest() throws {
    let json =
      #"{"id":"7","parameters":{"binary_data_output":true},"inputs":[\#(input("FP32", "[2]", size: 8)),"#
      + #"{"name":"y","shape":[1],"datatype":"INT8","data":[5]},"#
      + #"{"name":"z","shape":[1,2],"datatype":"INT16","parameters":{"binary_data_size":4}}],"#
      + #""outputs":[{"name":"a","parameters":{"binary_data":false}},{"name":"b"}]}"#
    let request = try read(json, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 1, 0, 0xFF, 0xFF])
    #expect(request.id == "7")
    #expect(try request.inputs[0].tensor.array(of: Float.self) == [1, -2])
    #expect(try request.inputs[1].tensor.array(of: Int8.self) == [5])
    #expect(try request.inputs[2].tensor.array(of: Int16.self) == [1, -1])
    #expect(request.wantsBinary)
    #expect(!request.wantsBinary("a"))
    #expect(request.wantsBinary("b"))
  }

  @Test(arguments: [
    ("FP16", 2), ("BF16", 2), ("FP32", 4), ("FP64", 8), ("INT8", 1), ("INT16", 2), ("INT32", 4), ("INT64", 8),
    ("UINT8", 1), ("UINT16", 2), ("UINT32", 4), ("UINT64", 8), ("BOOL", 1),
  ])
  func everyTypeGoesBothWaysBitForBit(type: String, size: Int) throws {
    let raw = [UInt8](repeating: 1, count: 6 * size)
    let request = try read(
      #"{"inputs":[\#(input(type, "[2,3]", size: 6 * size))],"parameters":{"binary_data_output":true}}"#, raw)
    let response = InferenceResponse(
      model: "m", version: "1", id: nil, outputs: [("o", request.inputs[0].tensor)])
    let body = try response.body(for: request)
    let length = try #require(body.jsonLength)
    #expect(Array(body.bytes[length...]) == raw)
    #expect(
      String(decoding: body.bytes[..<length], as: UTF8.self)
        == #"{"model_name":"m","model_version":"1","outputs":[{"name":"o","datatype":"\#(type)","shape":[2,3],"#
        + #""parameters":{"binary_data_size":\#(6 * size)}}]}"#)
  }

  @Test func textsStandBehindTheirLengths() throws {
    let raw: [UInt8] = [1, 0, 0, 0, 0x61, 0, 0, 0, 0, 2, 0, 0, 0, 0xC3, 0xBC]
    let request = try read(
      #"{"inputs":[\#(input("BYTES", "[3]", size: 15))],"outputs":[{"name":"o","parameters":{"binary_data":true}}]}"#,
      raw)
    #expect(try request.inputs[0].tensor.strings == ["a", "", "ü"])
    let response = InferenceResponse(
      model: "m", version: "1", id: nil, outputs: [("o", request.inputs[0].tensor)])
    let body = try response.body(for: request)
    #expect(Array(body.bytes[(try #require(body.jsonLength))...]) == raw)
  }

  @Test func oneAnswerMayHaveBothForms() throws {
    let request = InferenceRequest(
      inputs: [], outputs: [RequestedOutput("j"), RequestedOutput("r", isBinary: true)])
    let response = InferenceResponse(
      model: "m", version: "1", id: nil,
      outputs: [("j", try Tensor(float32: [0.5], shape: [1])), ("r", try Tensor(int8: [7], shape: [1]))])
    let body = try response.body(for: request)
    #expect(
      String(decoding: body.bytes[..<(try #require(body.jsonLength))], as: UTF8.self)
        == #"{"model_name":"m","model_version":"1","outputs":[{"name":"j","datatype":"FP32","shape":[1],"data":[0.5]},"#
        + #"{"name":"r","datatype":"INT8","shape":[1],"parameters":{"binary_data_size":1}}]}"#)
    #expect(body.bytes.last == 7)
  }

  @Test func lengthsThatDoNotFitAreRefused() throws {
    let eight = [UInt8](repeating: 0, count: 8)
    let json = #"{"inputs":[\#(input("FP32", "[2]", size: 8))]}"#
    _ = try read(json, eight)
    for (name, json, raw, length) in [
      ("too little raw", json, Array(eight.dropLast()), nil), ("raw left over", json, eight + [0], nil),
      ("a JSON longer than the body", json, eight, json.utf8.count + 9),
      ("a negative length", json, eight, -1),
      ("a JSON cut short", json, eight, json.utf8.count - 1),
      ("a size that is not the shape's", #"{"inputs":[\#(input("FP32", "[3]", size: 8))]}"#, eight, nil),
      ("a negative size", #"{"inputs":[\#(input("FP32", "[2]", size: -8))]}"#, eight, nil),
      ("a size beyond everything", #"{"inputs":[\#(input("FP32", "[2]", size: Int.max))]}"#, eight, nil),
      (
        "sizes that overflow together",
        #"{"inputs":[\#(input("UINT8", "[8]", size: 8)),\#(input("UINT8", "[2]", size: Int.max))]}"#, eight,
        nil
      ),
      (
        "both forms at once",
        #"{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","data":[1,2],"parameters":{"binary_data_size":8}}]}"#,
        eight, nil
      ),
      ("neither form", #"{"inputs":[{"name":"x","shape":[2],"datatype":"FP32"}]}"#, [], nil),
      ("a bool that is none", #"{"inputs":[\#(input("BOOL", "[1]", size: 1))]}"#, [2], nil),
      (
        "a text longer than what is there", #"{"inputs":[\#(input("BYTES", "[1]", size: 8))]}"#,
        [255, 255, 255, 127, 0, 0, 0, 0], nil
      ),
      ("half a length", #"{"inputs":[\#(input("BYTES", "[1]", size: 3))]}"#, [0, 0, 0], nil),
      ("more texts than the shape has", #"{"inputs":[\#(input("BYTES", "[1]", size: 8))]}"#, eight, nil),
      ("fewer texts than the shape has", #"{"inputs":[\#(input("BYTES", "[3]", size: 8))]}"#, eight, nil),
      (
        "a text that is not UTF-8", #"{"inputs":[\#(input("BYTES", "[1]", size: 5))]}"#, [1, 0, 0, 0, 0xFF],
        nil
      ),
      (
        "shared memory",
        #"{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","parameters":{"shared_memory_region":"r"}}]}"#,
        [], nil
      ),
      (
        "classification",
        #"{"inputs":[\#(input("FP32", "[2]", size: 8))],"outputs":[{"name":"o","parameters":{"classification":3}}]}"#,
        eight, nil
      ),
    ] as [(String, String, [UInt8], Int?)] {
      #expect(throws: InferenceError.self, "\(name)") { try read(json, raw, length: length) }
    }
  }

  @Test func rawBytesAloneFillTheOnlyInput() throws {
    let input = ModelMetadata.Tensor(name: "x", datatype: "FP32", shape: [-1, 2])
    let bytes = Bytes([0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0])
    let request = try InferenceRequest(raw: bytes.span, inputs: [input], limit: 100)
    #expect(request.inputs[0].name == "x")
    #expect(request.inputs[0].tensor.shape == [2, 2])
    #expect(try request.inputs[0].tensor.array(of: Float.self) == [1, 0, 2, 0])
    #expect(request.wantsBinary("anything"))

    let text = Bytes(utf8: "a whole text")
    let texts = ModelMetadata.Tensor(name: "t", datatype: "BYTES", shape: [1])
    #expect(
      try InferenceRequest(raw: text.span, inputs: [texts], limit: 1).inputs[0].tensor.strings == [
        "a whole text"
      ])

    for inputs in [
      [], [input, input], [ModelMetadata.Tensor(name: "x", datatype: "FP32", shape: [-1, 3])],
      [ModelMetadata.Tensor(name: "x", datatype: "FP32", shape: [5])],
      [ModelMetadata.Tensor(name: "x", datatype: "a sequence", shape: [])],
      [ModelMetadata.Tensor(name: "x", datatype: "FP32", shape: [-1, 0])],
    ] {
      #expect(throws: InferenceError.self) {
        try InferenceRequest(raw: bytes.span, inputs: inputs, limit: 100)
      }
    }
    #expect(throws: InferenceError.self) { try InferenceRequest(raw: bytes.span, inputs: [input], limit: 3) }
  }

  @Test func everyPrefixOfABinaryRequestIsRefused() {
    let json = #"{"inputs":[\#(input("FP32", "[2]", size: 8))]}"#
    let body = Array(json.utf8) + [UInt8](repeating: 1, count: 8)
    for count in 0..<body.count {
      let bytes = Bytes(Array(body.prefix(count)))
      #expect(throws: InferenceError.self) {
        try InferenceRequest(body: bytes.span, jsonLength: json.utf8.count, limit: 100)
      }
    }
  }
}
