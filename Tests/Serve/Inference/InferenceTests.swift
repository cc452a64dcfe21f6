// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletInference
import MartletRuntime
import Testing

private func request(_ text: String, limit: Int = 1_000) throws -> InferenceRequest {
  let bytes = Bytes(utf8: text)
  return try InferenceRequest(body: bytes.span, limit: limit)
}

private func input(_ type: String, _ shape: String, _ data: String) throws -> Tensor {
  try request(
    #"{"inputs":[{"name":"x","shape":\#(shape),"datatype":"\#(type)","data":\#(data)}]}"#
  ).inputs[0].tensor
}

@Suite struct InferenceRequestTests {
  @Test func readsTensorsOfEveryTypeFlatAndNested() throws {
    #expect(try input("FP32", "[2,2]", "[1,2.5,-3e-2,4]").array(of: Float.self) == [1, 2.5, -0.03, 4])
    #expect(try input("FP32", "[2,2]", " [ [ 1 , 2 ] , [3,4] ] ").shape == [2, 2])
    #expect(try input("FP64", "[1]", "[0.1]").array(of: Double.self) == [0.1])
    #expect(try input("FP64", "[]", "7").array(of: Double.self) == [7])
    #expect(try input("INT64", "[2]", "[9223372036854775807,-1]").array(of: Int64.self) == [.max, -1])
    #expect(
      try input("UINT64", "[1]", "[18446744073709549568]").array(of: UInt64.self) == [
        18_446_744_073_709_549_568
      ])
    #expect(try input("UINT8", "[2]", "[0,255]").array(of: UInt8.self) == [0, 255])
    #expect(try input("FP16", "[3]", "[1,-0.1,65504]").bytes == [0x00, 0x3C, 0x66, 0xAE, 0xFF, 0x7B])
    #expect(try input("BF16", "[2]", "[1,0.1]").bytes == [0x80, 0x3F, 0xCD, 0x3D])
    #expect(try input("BOOL", "[2]", "[true,false]").bools == [true, false])
    #expect(try input("BYTES", "[2]", #"["a","ü"]"#).strings == ["a", "ü"])
    #expect(try input("FP32", "[0]", "[]").count == 0)
    #expect(try input("FP32", "[2,0]", "[[],[]]").count == 0)
  }

  @Test func membersMayComeInAnyOrderAndUnknownOnesAreSkipped() throws {
    let read = try request(
      #"{"x":{"y":[1]},"outputs":[{"name":"b"}],"inputs":[{"data":[1],"parameters":{},"datatype":"FP32","shape":[1],"name":"a"}],"id":"7"}"#
    )
    #expect(read.id == "7")
    #expect(read.outputs == [RequestedOutput("b")])
    #expect(read.inputs.map(\.name) == ["a"])
  }

  @Test(arguments: [
    ("FP32", "[2]", "[1]"), ("FP32", "[1]", "[1,2]"), ("FP32", "[1]", "[\"1\"]"), ("FP32", "[1]", "[null]"),
    ("FP32", "[1]", "[NaN]"), ("INT8", "[1]", "[128]"), ("INT8", "[1]", "[1.5]"), ("UINT8", "[1]", "[-1]"),
    ("BOOL", "[1]", "[1]"), ("BYTES", "[1]", "[1]"), ("FP16", "[1]", "[70000]"), ("BF16", "[1]", "[3.4e38]"),
    ("FP32", "[1]", "[3.5e38]"), ("FLOAT", "[1]", "[1]"),
    ("FP32", "[-1]", "[]"), ("FP32", "[4611686018427387904,4]", "[1]"), ("FP32", "[2000]", "[1]"),
    ("FP32", "[1.5]", "[1]"), ("FP32", "1", "[1]"), ("FP32", "[1]", "{}"), ("FP32", "[2]", "[1,[2,]]"),
    ("FP32", "[1]", "[1e400]"), ("FP32", "[1]", "[01]"), ("FP32", "[1]", "[1.]"),
  ])
  func whatIsNotTheTensorItSaysIsRefused(type: String, shape: String, data: String) {
    #expect(throws: InferenceError.self) { try input(type, shape, data) }
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"inputs":[]}"#, #"{"inputs":[{}]}"#, #"{"inputs":{}}"#,
    #"{"inputs":[{"name":"x"}]} x"#,
  ])
  func whatIsNoRequestIsRefused(_ text: String) {
    #expect(throws: InferenceError.self) { try request(text) }
  }

  @Test func everyPrefixOfARequestIsRefused() {
    let text = #"{"id":"1","inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[[0.5,1e-3]]}]}"#
    for length in 0..<text.utf8.count {
      #expect(throws: InferenceError.self) { try request(String(text.prefix(length))) }
    }
  }

  @Test func numbersReadAsTheNearestFloat() throws {
    for text in [
      "0.1", "123456789012345678", "1e22", "1e-30", "3.4028234e38", "0.30000000000000004", "5e-324", "-0.0",
    ] {
      #expect(try input("FP64", "[1]", "[\(text)]").array(of: Double.self) == [Double(text)!])
    }
  }
}

@Suite struct InferenceResponseTests {
  @Test func theAnswerReadsBackTheSame() throws {
    let floats: [Float] = [0.1, -1e-20, 3.4028235e38, 0]
    let response = InferenceResponse(
      model: "a \"model\"", version: "1", id: "x\n",
      outputs: [
        ("p", try Tensor(float32: floats, shape: [2, 2])), ("n", try Tensor(int64: [.min, 7], shape: [2])),
        ("s", try Tensor(strings: ["ü"], shape: [1])), ("b", try Tensor(bools: [true], shape: [1])),
      ])
    let bytes = Bytes(try response.body(for: InferenceRequest(inputs: [])).bytes)
    let json = try JSONReader.read(bytes.span)
    #expect(json["model_name"]?.string == "a \"model\"")
    #expect(json["id"]?.string == "x\n")
    let outputs = try #require(json["outputs"]?.array)
    #expect(outputs[0]["shape"] == .array([.integer(2), .integer(2)]))
    #expect(outputs[0]["data"]?.array?.compactMap { $0.number.map { Float($0) } } == floats)
    #expect(outputs[1]["data"] == .array([.integer(.min), .integer(7)]))
    #expect(outputs[1]["datatype"]?.string == "INT64")
    #expect(outputs[2]["data"] == .array([.string("ü")]))
    #expect(outputs[3]["data"] == .array([.bool(true)]))
  }

  @Test func whatJSONCannotSayIsNull() throws {
    let response = InferenceResponse(
      model: "m", version: "1", id: nil, outputs: [("p", try Tensor(float32: [.nan, .infinity], shape: [2]))])
    #expect(
      String(decoding: try response.body(for: InferenceRequest(inputs: [])).bytes, as: UTF8.self).contains(
        "\"data\":[null,null]"))
  }
}
