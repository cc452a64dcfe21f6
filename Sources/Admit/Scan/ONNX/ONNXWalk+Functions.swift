// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// What a function of a model becomes when its calls are replaced by the bodies they call.
struct ONNXFunction {
  private(set) var nodes = 0
  private(set) var calls: [String: Int] = [:]

  mutating func add(_ name: String, isFunction: Bool) {
    nodes += 1
    if isFunction { calls[name, default: 0] += 1 }
  }
}

extension ONNXWalk {
  /// Learns the names of all functions, which nodes in front of them may call.
  mutating func declareFunctions(_ model: ProtoReader) throws(ProtoError) {
    var reader = model
    while let field = try reader.next() {
      guard field.number == 25 else { continue }
      let key = try names(of: reader.message(field))
      guard functions.count < Limits.onnxFunctions else {
        return notes.add("onnx.broken", "expected at most \(Limits.onnxFunctions) functions, found more")
      }
      let domain = key.domain == "ai.onnx" ? "" : key.domain
      let construct = "\(domain)::\(key.name)"
      let full = key.overload.isEmpty ? construct : "\(construct)::\(key.overload)"
      let replaces =
        ONNXOperators.isReserved(domain) || ONNXOperators.covered[domain]?.contains(key.name) == true
      if functions.updateValue(ONNXFunction(), forKey: full) != nil || replaces {
        notes.add(
          "onnx.shadowed", "expected a name of its own, found the function \(key.name) in domain '\(domain)'",
          construct: construct)
      }
    }
  }

  private func names(of function: ProtoReader) throws(ProtoError) -> (
    domain: String, name: String, overload: String
  ) {
    var reader = function
    var names = (domain: "", name: "", overload: "")
    while let field = try reader.next() {
      switch field.number {
      case 1: names.name = try reader.short(field)
      case 10: names.domain = try reader.short(field)
      case 13: names.overload = try reader.short(field)
      default: break
      }
    }
    return names
  }

  mutating func walk(function: ProtoReader) throws(ProtoError) {
    let key = try names(of: function)
    let domain = key.domain == "ai.onnx" ? "" : key.domain
    try check(function, .function, "the function \(key.name)")
    current = key.overload.isEmpty ? "\(domain)::\(key.name)" : "\(domain)::\(key.name)::\(key.overload)"
    defer { current = nil }
    try open(function, isFunction: true)
    defer { close() }
    var reader = function
    while let field = try reader.next() {
      switch field.number {
      case 7: try walk(node: reader.message(field))
      case 9: try check(reader.message(field), .operatorSet, "an operator set", deep: true)
      case 11: try walk(attribute: reader.message(field), of: key.name)
      case 12: try check(reader.message(field), .value, "a value", deep: true)
      case 14: try check(reader.message(field), .entry, "the metadata of a function")
      default: break
      }
    }
  }

  /// Functions that call themselves, or each other so often that the model becomes too large to hold.
  mutating func judgeExpansion() {
    var sizes: [String: Int] = [:]
    var waiting: [String: Int] = functions.mapValues(\.calls.count)
    var callers: [String: [String]] = [:]
    for (name, function) in functions {
      for callee in function.calls.keys { callers[callee, default: []].append(name) }
    }
    var ready = waiting.filter { $0.value == 0 }.map(\.key)
    while let name = ready.popLast() {
      guard let function = functions[name] else { continue }
      var size = function.nodes
      for (callee, times) in function.calls {
        let (part, overflow) = times.multipliedReportingOverflow(by: sizes[callee] ?? 0)
        size = overflow || part > Limits.onnxExpansion ? Limits.onnxExpansion + 1 : size + part
      }
      size = min(size, Limits.onnxExpansion + 1)
      sizes[name] = size
      if size > Limits.onnxExpansion {
        notes.add(
          "onnx.expansion",
          "expected at most \(Limits.onnxExpansion) nodes, found functions that become more",
          construct: name)
      }
      for caller in callers[name] ?? [] {
        waiting[caller, default: 0] -= 1
        if waiting[caller] == 0 { ready.append(caller) }
      }
    }
    for name in functions.keys.sorted() where sizes[name] == nil {
      notes.add("onnx.expansion", "expected functions that end, found one that calls itself", construct: name)
      return
    }
  }
}
