// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ONNXWalk {
  /// Judges what a node runs.
  mutating func judge(_ node: ONNXNode, _ message: ProtoReader) throws(ProtoError) {
    let construct = node.construct
    // A function of the model does not hide an operator that a library registers under the same name.
    let isFunction = functions[node.function] != nil
    if isFunction, !ONNXOperators.isReserved(node.domain), !node.domain.hasPrefix("com.microsoft") { return }
    if ONNXOperators.covered[node.domain]?.contains(node.operation) == true {
      if !node.domain.isEmpty { covered.insert("onnx:\(construct)") }
      return
    }
    let allow = "onnx:\(construct)"
    switch (node.domain, node.operation) {
    case ("ai.onnx.contrib", let name) where name.hasPrefix("Py"):
      notes.add(
        "onnx.python", "expected a standard operator, found one that runs Python", construct: construct)
    case (_, "PythonOp"), (_, "PythonOpGrad"), (_, "PyOp"), (_, "PyFunc"), (_, "TritonOp"), (_, "PyCustomOp"):
      notes.add(
        "onnx.python", "expected a standard operator, found one that runs Python", construct: construct)
    case (_, "ATen"), (_, "ATenGrad"), ("org.pytorch.aten", _), ("aten", _), ("org.pytorch._caffe2", _):
      let name = try text(of: "operator", in: message)
      if ["from_file", "save", "load", "tofile"].contains(where: { name.hasSuffix($0) }) {
        notes.add(
          "onnx.native", "expected a standard operator, found one of PyTorch that reads or writes files",
          construct: "\(construct)(\(name))")
      } else {
        notes.add(
          "onnx.domain", "expected a standard operator, found one of PyTorch: \(name)", construct: construct,
          allow: allow)
      }
    case (_, "EPContext"), (_, "Snpe"), (_, "TRTEngineOp"), (_, "TensorRTEngine"):
      notes.add(
        "onnx.native",
        "expected a standard operator, found compiled code for a device, in the model or in a file that it names",
        construct: construct)
    default:
      if isFunction { return }
      if ONNXOperators.standardDomains.contains(node.domain) {
        notes.add(
          "onnx.operator",
          "expected an operator of the standard, found \(node.operation), which no version has",
          construct: construct, allow: allow)
      } else {
        notes.add(
          "onnx.domain",
          "expected a standard domain or a function of the model, found domain '\(node.domain)'",
          construct: construct, allow: allow)
      }
    }
  }

  /// The string in an attribute of a node.
  private func text(of name: String, in node: ProtoReader) throws(ProtoError) -> String {
    try attribute(name, of: node) { (reader, field) throws(ProtoError) in
      field.number == 4 ? try reader.short(field) : nil
    } ?? ""
  }

  /// The first thing that `read` finds in the attribute of this name.
  func attribute<Value>(
    _ name: String, of node: ProtoReader, _ read: (ProtoReader, ProtoField) throws(ProtoError) -> Value?
  ) throws(ProtoError) -> Value? {
    var reader = node
    while let field = try reader.next() {
      guard field.number == 5 else { continue }
      let message = try reader.message(field)
      var parts = message
      var isIt = false
      while !isIt, let part = try parts.next() {
        if part.number == 1 { isIt = try parts.short(part) == name }
      }
      guard isIt else { continue }
      parts = message
      while let part = try parts.next() { if let value = try read(parts, part) { return value } }
    }
    return nil
  }

  /// What an operator makes from constants alone must fit into a machine.
  mutating func judgeSize(of node: ONNXNode, _ message: ProtoReader) throws(ProtoError) {
    guard node.domain.isEmpty else { return }
    func input(_ index: Int) -> [Int64]? { index < node.inputs.count ? integers(node.inputs[index]) : nil }
    let factors: [Int64]?
    switch node.operation {
    case "ConstantOfShape": factors = input(0)
    case "Expand", "Tile": factors = input(1)
    case "Resize": factors = input(3)
    case "OneHot": factors = input(1)
    case "Pad": factors = input(1)?.map { abs(max($0, -.max)) }.max().map { [$0] }
    case "HannWindow", "HammingWindow", "BlackmanWindow": factors = input(0)
    case "RandomNormal", "RandomUniform", "ConstantFill", "GivenTensorFill":
      // Numbers that are not packed come one by one.
      var numbers: [Int64] = []
      _ = try attribute("shape", of: message) { (reader, field) throws(ProtoError) -> Bool? in
        guard field.number == 8 else { return nil }
        try reader.eachNumber(field) { if numbers.count < 16 { numbers.append(Int64(bitPattern: $0)) } }
        return nil
      }
      factors = numbers.isEmpty ? nil : numbers
    case "Range":
      guard let start = input(0)?.first, let end = input(1)?.first, let step = input(2)?.first else { return }
      let (length, overflow) = end.subtractingReportingOverflow(start)
      factors =
        overflow
        ? [.max] : step == 0 ? nil : [(length == .min ? .max : abs(length)) / max(abs(max(step, -.max)), 1)]
    default: return
    }
    guard let factors else { return }
    var elements = 1
    for factor in factors where factor > 0 {
      let (product, overflow) = elements.multipliedReportingOverflow(by: Int(factor))
      elements = overflow ? .max : product
    }
    if factors.contains(0) { return }
    if elements > Limits.onnxElements {
      let detail = factors.map(String.init).joined(separator: "x")
      notes.add(
        "onnx.expansion",
        "expected at most \(Limits.onnxElements) elements, found an operator that makes \(detail)",
        construct: node.construct)
    }
  }
}
