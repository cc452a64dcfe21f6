// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ONNXWalk {
  mutating func walk(tensor message: ProtoReader) throws(ProtoError) {
    try check(message, .tensor, "a tensor")
    let tensor = try ONNXTensor(message)
    var reader = message
    var strings = 0
    while let field = try reader.next() {
      switch field.number {
      case 3:
        try check(reader.message(field), .segment, "the tensor \(tensor.name)")
        notes.add("onnx.fields", "expected a whole tensor, found a segment of one", construct: tensor.name)
      case 6:
        look(into: try reader.contents(field), "string \(strings) of \(tensor.name)")
        strings += 1
      case 13: try check(reader.message(field), .entry, "the tensor \(tensor.name)")
      case 16: try check(reader.message(field), .entry, "the metadata of tensor \(tensor.name)")
      default: break
      }
    }
    // Programs take raw numbers of bytes for files that they write out and load.
    if let raw = tensor.raw, tensor.type == 2 || tensor.type == 3 || tensor.type == 8 {
      look(into: raw, "the tensor \(tensor.name)")
    }
    guard let size = tensor.size else {
      let dimensions = tensor.dimensions.prefix(16).map(String.init).joined(separator: "x")
      return notes.add(
        "onnx.size", "the dimensions \(dimensions) of type \(tensor.type) make no size",
        construct: tensor.name)
    }
    if tensor.isExternal || !tensor.external.isEmpty {
      external(tensor, bytes: size.bytes)
    } else if let problem = tensor.contradiction(size) {
      notes.add("onnx.size", problem, construct: tensor.name)
    }
  }

  /// The keys that the standard gives to external data; `basepath` is what the onnx package writes before saving.
  private static let keys: Set<String> = ["location", "offset", "length", "checksum", "basepath"]

  private mutating func external(_ tensor: ONNXTensor, bytes: Int) {
    for pair in tensor.external where !Self.keys.contains(pair.key) {
      let harms = pair.key.hasPrefix("_") || pair.key.contains(".")
      notes.add(
        harms ? "onnx.attribute" : "onnx.fields",
        "expected location, offset, length and checksum of external data, found the key '\(pair.key.prefix(64))'",
        construct: tensor.name)
    }
    // Readers differ in which of several they take: all are judged.
    let places = tensor.external.filter { $0.key == "location" }.map(\.value)
    for path in places {
      if let reason = Self.escapes(path) {
        return notes.add(
          "onnx.escape", "expected a path inside of the folder, found one that \(reason)", construct: path)
      }
    }
    for pair in tensor.external where pair.key == "basepath" {
      if let reason = Self.escapes(pair.value) {
        return notes.add(
          "onnx.escape", "expected a base path inside of the folder, found one that \(reason)",
          construct: pair.value)
      }
    }
    guard let path = places.first, !path.isEmpty,
      Set(tensor.external.map(\.key)).count == tensor.external.count
    else { return unavailable(tensor, places.first ?? "", "expected one location, found none or several") }
    func value(_ key: String) -> String? { tensor.external.first { $0.key == key }?.value }
    guard let offset = Int(value("offset") ?? "0"), offset >= 0,
      let length = Int(value("length") ?? "\(bytes)"), length == bytes
    else { return unavailable(tensor, path, "expected \(bytes) bytes at an offset, found other numbers") }
    let (end, overflow) = offset.addingReportingOverflow(length)
    guard !overflow else { return unavailable(tensor, path, "the offset and the length overflow") }
    if tensor.raw?.isEmpty == false || tensor.values > 0 {
      notes.add(
        "onnx.size", "expected the data once, found it in the model and in another file",
        construct: tensor.name)
    }
    let available: Int
    switch folder.dataFile(path) {
    case .escapes:
      return notes.add(
        "onnx.escape", "expected a path inside of the folder, found one that follows a link out of it",
        construct: path)
    case .missing: return unavailable(tensor, path, "the data file is not there")
    case .inside(let size): available = size
    case .shared(let size):
      available = size
      notes.add(
        "onnx.hardlink", "expected a file that has one name, found one that has another one somewhere",
        construct: path)
    }
    guard end <= available else {
      return unavailable(tensor, path, "the data file has \(available) bytes, which is too short")
    }
    dataFiles.insert(path)
    notes.add("onnx.external", "tensors lie in another file of the folder", construct: path)
  }

  private mutating func unavailable(_ tensor: ONNXTensor, _ path: String, _ reason: String) {
    notes.add("onnx.unavailable", reason, construct: "\(tensor.name) in \(path)")
  }

  /// As ``MemberName``; Windows also drops dots and spaces behind a name, and knows streams and addresses.
  private static func escapes(_ path: String) -> String? {
    if let reason = MemberName.escapes(path) { return reason }
    if path.contains(":") { return "has a colon, which is an address or a stream" }
    for part in path.split(separator: "/") where part.hasPrefix("..") || part.hasPrefix(" ") {
      if part.allSatisfy({ $0 == "." || $0 == " " }) { return "goes up with .." }
    }
    if path.hasPrefix("~") { return "begins in the home folder" }
    return path.unicodeScalars.contains { $0.value < 0x20 } ? "has control characters" : nil
  }
}
