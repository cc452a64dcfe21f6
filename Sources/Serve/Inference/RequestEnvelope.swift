// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRuntime

/// The outline of a request: everything but the elements, and where those stand.
struct RequestEnvelope: Sendable {
  struct Input: Sendable {
    var name: String?
    var shape: [Int]?
    var type: String?
    /// Where its JSON stands.
    var data: Range<Int>?
    /// How many bytes behind the JSON are its.
    var rawSize: Int?
  }

  var id: String?
  var inputs: [Input] = []
  var outputs: [RequestedOutput]?
  var wantsBinary = false
  /// What the request asks for that this server does not do.
  private var unsupported: String?

  /// - Throws: ``InferenceError/notJSON(_:)``, ``InferenceError/malformed(_:)``.
  init(_ bytes: Span<UInt8>) throws(InferenceError) {
    do throws(JSONError) { try read(bytes) } catch { throw .notJSON(error) }
    if let unsupported { throw .malformed("the parameter `\(unsupported)` is not supported by this server") }
    guard !inputs.isEmpty else { throw .malformed("expected `inputs`, a list of at least one tensor") }
    guard inputs.count <= Self.mostTensors, outputs?.count ?? 0 <= Self.mostTensors else {
      throw .malformed("expected at most \(Self.mostTensors) inputs and outputs")
    }
  }

  private static let mostTensors = 1_024

  private mutating func read(_ bytes: Span<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes)
    try reader.eachMember { reader, name throws(JSONError) in
      switch name {
      case "id": id = try reader.string()
      case "inputs": try reader.eachElement { reader throws(JSONError) in try input(&reader) }
      case "outputs":
        outputs = []
        try reader.eachElement { reader throws(JSONError) in try output(&reader) }
      case "parameters":
        try reader.eachMember { reader, name throws(JSONError) in
          if name == "binary_data_output" {
            wantsBinary = try reader.bool()
          } else {
            _ = try reader.skipValue()
          }
        }
      default: _ = try reader.skipValue()
      }
    }
    try reader.end()
  }

  private mutating func input(_ reader: inout JSONReader) throws(JSONError) {
    var input = Input()
    try reader.eachMember { reader, name throws(JSONError) in
      switch name {
      case "name": input.name = try reader.string()
      case "datatype": input.type = try reader.string()
      case "shape":
        var shape: [Int] = []
        try reader.eachElement { reader throws(JSONError) in shape.append(try reader.integer()) }
        input.shape = shape
      case "data": input.data = try reader.skipValue()
      case "parameters":
        try reader.eachMember { reader, name throws(JSONError) in
          if name == "binary_data_size" {
            input.rawSize = try reader.integer()
          } else {
            try skip(name, &reader)
          }
        }
      default: _ = try reader.skipValue()
      }
    }
    inputs.append(input)
  }

  private mutating func output(_ reader: inout JSONReader) throws(JSONError) {
    var output: String?
    var isBinary: Bool?
    let start = reader.offset
    try reader.eachMember { reader, name throws(JSONError) in
      switch name {
      case "name": output = try reader.string()
      case "parameters":
        try reader.eachMember { reader, name throws(JSONError) in
          switch name {
          case "binary_data": isBinary = try reader.bool()
          // Zero asks for the scores themselves.
          case "classification": if try reader.integer() != 0 { unsupported = name }
          default: try skip(name, &reader)
          }
        }
      default: _ = try reader.skipValue()
      }
    }
    guard let output else { throw .unexpected(offset: start, expected: "an output with a `name`") }
    outputs?.append(RequestedOutput(output, isBinary: isBinary))
  }

  /// Parameters of others are skipped. Those that would have the server look into memory of its machine are refused, because
  /// an answer without them would not be the one that was asked for.
  private mutating func skip(_ name: String, _ reader: inout JSONReader) throws(JSONError) {
    if name.hasPrefix("shared_memory") { unsupported = name }
    _ = try reader.skipValue()
  }
}

extension JSONReader {
  fileprivate mutating func integer() throws(JSONError) -> Int {
    skipSpace()
    let start = offset
    guard case .integer(let value) = try number() else { throw .badNumber(offset: start) }
    return Int(value)
  }

  fileprivate mutating func bool() throws(JSONError) -> Bool {
    let start = offset
    guard case .bool(let value) = try value() else {
      throw .unexpected(offset: start, expected: "true or false")
    }
    return value
  }
}
