// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A graph of MXNet, which is JSON: nodes with an operator each.
struct MXNetProfile: TextProfile {
  let name = "mxnet"

  let keys: Set<String> = ["nodes", "arg_nodes", "heads"]

  func fits(_ text: TextSample) -> Bool {
    text.keys.contains("nodes") && text.keys.contains("arg_nodes") && text.keys.contains("heads")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    if let value = text.json() {
      walk(value, &notes, depth: 0)
    } else {
      notes.add("graph.broken", "expected a graph of MXNet, found JSON that cannot be read")
    }
    scan.report(notes, place)
  }

  private func walk(_ graph: JSONValue, _ notes: inout Notes, depth: Int) {
    for node in graph["nodes"]?.array ?? [] {
      let operation = node["op"]?.string ?? ""
      if !isPlain(operation) || !isPlain(node["name"]?.string ?? "") {
        notes.add(
          "graph.name",
          "expected a short plain name of an operator, found one of \(operation.utf8.count) bytes",
          construct: String(operation.prefix(64)))
      } else if operation == "Custom" || operation == "_Native" || operation == "_NDArray" {
        let type = (node["attrs"] ?? node["param"] ?? node["attr"])?["op_type"]?.string ?? ""
        notes.add(
          "graph.operator", "expected an operator of MXNet, found one of Python: '\(type)'",
          construct: "Custom(\(type))",
          allow: "mxnet:\(type)")
      } else if !GraphOperators.mxnet.contains(operation) {
        notes.add(
          "graph.operator", "expected an operator of MXNet that only computes, found \(operation)",
          construct: operation,
          allow: "mxnet:\(operation)")
      }
      guard depth < 16 else { continue }
      for inner in node["subgraphs"]?.array ?? [] { walk(inner, &notes, depth: depth + 1) }
    }
  }

  /// Names that a regular expression needs no time for.
  private func isPlain(_ name: String) -> Bool {
    name.utf8.count <= 512 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
  }
}

/// The parameters of an MXNet graph: arrays, and then their names.
struct MXNetParametersFormat: ScannedFormat {
  let name = "mxnet-parameters"

  private static let sizes: [UInt32: Int] = [0: 4, 1: 8, 2: 2, 3: 1, 4: 4, 5: 1, 6: 8, 7: 1, 12: 2]

  func fits(_ bytes: Bytes) -> Bool {
    bytes.count >= 32 && bytes.starts(with: [0x12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    if let problem = Self.problem(in: bytes) {
      scan.note("graph.broken", "expected arrays of MXNet and their names, found \(problem)", place)
    }
    return name
  }

  private static func problem(in bytes: Bytes) -> String? {
    var cursor = ByteCursor(bytes.span, at: 16)
    guard let count = try? cursor.u64(), count <= UInt64(bytes.count) else { return "no number of arrays" }
    for index in 0..<count {
      guard let magic = try? cursor.u32(), magic == 0xF993_FAC9 || magic == 0xF993_FACA,
        let kind = try? cursor.u32(), kind == 0, let dimensions = try? cursor.u32(), dimensions <= 32
      else { return "an array of another layout at \(index)" }
      var elements = 1
      for _ in 0..<dimensions {
        guard let size = try? cursor.u64() else { return "an array that is cut short" }
        let (product, overflow) = elements.multipliedReportingOverflow(by: Int(truncatingIfNeeded: size))
        guard !overflow, size < 1 << 62 else { return "dimensions that overflow" }
        elements = product
      }
      guard (try? cursor.skip(8)) != nil, let type = try? cursor.u32(), let width = sizes[type] else {
        return "a type that nobody knows"
      }
      let (total, overflow) = elements.multipliedReportingOverflow(by: width)
      guard !overflow, (try? cursor.skip(total)) != nil else { return "an array that is cut short" }
    }
    guard let names = try? cursor.u64(), names == count || names == 0 else {
      return "another number of names"
    }
    for _ in 0..<names {
      guard let length = try? cursor.u64(), length <= 4096, (try? cursor.skip(Int(length))) != nil else {
        return "a name that is cut short"
      }
    }
    return cursor.isAtEnd ? nil : "bytes behind the names"
  }
}
