// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// How operators of Paddle are judged, whichever way the program is written.
enum PaddleOperators {
  /// What runs Python, compiled code or another program, or touches files.
  private static let harmful: Set<String> = [
    "py_func", "py_layer", "pylayer", "run_program", "load", "load_combine", "save", "save_combine",
    "read_file",
    "create_py_reader", "custom_py_func", "dlnne_engine", "pd_kernel.py_func",
  ]

  static func judge(_ name: String, into notes: inout Notes) {
    if GraphOperators.paddle.contains(name) { return }
    let base = name.hasSuffix("_") ? String(name.dropLast()) : name
    if GraphOperators.paddle.contains(base) || ["feed", "fetch", "data", "combine"].contains(name) { return }
    if harmful.contains(base) {
      return notes.add(
        "graph.code", "expected an operator that computes, found \(name), which runs code or touches files",
        construct: name)
    }
    uncovered(name, &notes)
  }

  /// An operator of a dialect that has none of those that are known.
  static func judge(_ last: String, named name: String, into notes: inout Notes) {
    let base = last.hasSuffix("_") ? String(last.dropLast()) : last
    if harmful.contains(base) { judge(last, into: &notes) } else { uncovered(name, &notes) }
  }

  private static func uncovered(_ name: String, _ notes: inout Notes) {
    notes.add(
      "graph.operator", "expected an operator of Paddle that only computes, found \(name)", construct: name,
      allow: "paddle:\(name)")
  }
}

/// A program of Paddle 1 and 2 (`framework.proto`): blocks of variables and operators.
struct PaddleProgramFormat: ScannedFormat {
  let name = "paddle"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 8, bytes[0] == 0x0A else { return false }
    var reader = ProtoReader(bytes)
    var blocks = 0
    while let field = try? reader.next() {
      switch (field.number, field.wire) {
      case (1, .bytes):
        guard blocks > 0 || Self.isBlock(bytes.slice(field.range)) else { return false }
        blocks += 1
      case (4, .bytes), (5, .bytes), (2, .bytes), (3, .bytes): continue
      default: return false
      }
    }
    return blocks > 0
  }

  /// Its own number, that of its parent, and then variables or operators.
  private static func isBlock(_ bytes: Bytes) -> Bool {
    guard let fields = ProtoReader.fields(of: bytes, limit: 3), fields.count == 3 else { return false }
    return fields[0].number == 1 && fields[0].wire == .varint && fields[1].number == 2
      && fields[1].wire == .varint
      && (3...4).contains(fields[2].number) && fields[2].wire == .bytes
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var notes = Notes()
    do throws(ProtoError) {
      var reader = ProtoReader(bytes)
      while let field = try reader.next() {
        guard field.number == 1 else { continue }
        var block = try reader.message(field)
        while let part = try block.next() {
          guard part.number == 4 else { continue }
          var operation = try block.message(part)
          while let item = try operation.next() {
            if item.number == 3 { PaddleOperators.judge(try operation.short(item), into: &notes) }
          }
        }
      }
    } catch {
      notes.add("graph.broken", "expected a program of Paddle, found one that cannot be read: \(error)")
    }
    scan.report(notes, place)
    return name
  }
}

/// A program of Paddle 3, which is JSON.
struct PaddleJSONProfile: TextProfile {
  let name = "paddle"

  let keys: Set<String> = ["base_code", "program"]

  func fits(_ text: TextSample) -> Bool { text.keys.contains("base_code") && text.keys.contains("program") }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    if let value = text.json() {
      Self.walk(value["program"] ?? .null, &notes)
    } else {
      notes.add("graph.broken", "expected a program of Paddle, found JSON that cannot be read")
    }
    scan.report(notes, place)
  }

  /// Dialects are numbered: 0 builds the program, 1 has the operators, 2 has what steers them.
  private static let plain: [Substring: Set<String>] = [
    "0": ["combine", "slice", "split", "constant", "parameter", "set_parameter", "shadow_output"],
    "1": ["if", "while"],
    "2": ["yield", "cond_yield", "tuple_push", "tuple_pop", "stack_create"],
  ]

  private static func judge(_ name: String, _ notes: inout Notes) {
    if name == "p" || name == "c" { return }
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let bare = parts.count == 2 ? String(parts[1]) : name
    if parts.count == 2, plain[parts[0]]?.contains(bare) == true { return }
    if parts.count == 2, parts[0] == "1" { return PaddleOperators.judge(bare, into: &notes) }
    let last = name.split(separator: ".").last.map(String.init) ?? name
    PaddleOperators.judge(last, named: name, into: &notes)
  }

  /// Operators stand in lists named `ops`; each says under `#` what it is, with the number of its dialect in front.
  private static func walk(_ value: JSONValue, _ notes: inout Notes) {
    for item in value.array ?? [] { walk(item, &notes) }
    for member in value.members ?? [] {
      if member.name == "ops" {
        for operation in member.value.array ?? [] {
          judge(operation["#"]?.string ?? "", &notes)
        }
      }
      walk(member.value, &notes)
    }
  }
}

/// The parameters of a Paddle program: one tensor behind the other.
struct PaddleParametersFormat: ScannedFormat {
  let name = "paddle-parameters"

  private static let sizes: [UInt64: Int] = [
    0: 1, 1: 2, 2: 4, 3: 8, 4: 2, 5: 4, 6: 8, 19: 8, 20: 1, 21: 1, 22: 2, 23: 8, 24: 16, 32: 1, 33: 1,
  ]

  func fits(_ bytes: Bytes) -> Bool { bytes.count >= 24 && Self.tensor(bytes, at: 0) != nil }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var at = 0
    while at < bytes.count {
      guard let end = Self.tensor(bytes, at: at) else {
        scan.note(
          "graph.broken", "expected a tensor of Paddle, found other bytes or a part of one", at: at, place)
        var inner = place.inside("bytes at \(at)")
        inner.isRawData = true
        scan.scan(bytes.slice(at..<bytes.count), as: inner)
        break
      }
      at = end
    }
    return name
  }

  /// Where the tensor that begins here ends: versions, levels, a description, and the numbers.
  private static func tensor(_ bytes: Bytes, at start: Int) -> Int? {
    var cursor = ByteCursor(bytes.span, at: start)
    guard let version = try? cursor.u32(), version == 0, let levels = try? cursor.u64(), levels <= 8 else {
      return nil
    }
    for _ in 0..<levels {
      guard let size = try? cursor.u64(), size <= UInt64(cursor.remaining),
        (try? cursor.skip(Int(size))) != nil
      else { return nil }
    }
    guard let inner = try? cursor.u32(), inner == 0, let length = try? cursor.u32(), length <= 1 << 16,
      let description = try? bytes.checkedSlice(at: cursor.offset, count: Int(length)),
      (try? cursor.skip(Int(length))) != nil
    else { return nil }
    var reader = ProtoReader(description)
    var type: UInt64?
    var elements = 1
    var isSound = true
    while let field = try? reader.next() {
      if field.number == 1 { type = field.value }
      if field.number == 2 {
        try? reader.eachNumber(field) {
          let (product, overflow) = elements.multipliedReportingOverflow(by: Int(truncatingIfNeeded: $0))
          if overflow || Int64(bitPattern: $0) < 0 { isSound = false }
          elements = product
        }
      }
    }
    guard reader.isAtEnd, isSound, let type, let size = sizes[type] else { return nil }
    let (total, overflow) = elements.multipliedReportingOverflow(by: size)
    guard !overflow, total >= 0, (try? cursor.skip(total)) != nil else { return nil }
    return cursor.offset
  }
}
