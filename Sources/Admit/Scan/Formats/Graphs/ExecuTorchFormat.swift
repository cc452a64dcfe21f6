// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A program of ExecuTorch (`schema/program.fbs`): plans of values, operators and parts that were given to a device.
/// Its runtime trusts the numbers in it, so that each offset and each shape is checked here.
struct ExecuTorchFormat: ScannedFormat {
  let name = "executorch"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 16, bytes[4] == 0x45, bytes[5] == 0x54 else { return false }
    guard (0x30...0x39).contains(bytes[6]), (0x30...0x39).contains(bytes[7]) else { return false }
    // Words of a text can have these letters; four of them are then a very long way to the first table.
    var cursor = ByteCursor(bytes.span)
    guard let root = try? cursor.u32() else { return false }
    return Int(root) < bytes.count
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var notes = Notes()
    do throws(FlatError) {
      try walk(FlatBuffer(bytes).root(), bytes, &notes)
    } catch {
      notes.add("graph.bounds", "expected a program that stays inside of its bytes, found that \(error)")
    }
    scan.report(notes, place)
    scan.lookForPrograms(in: bytes, place)
    return name
  }

  private func walk(_ program: FlatTable, _ bytes: Bytes, _ notes: inout Notes) throws(FlatError) {
    if program.slots > 9 {
      notes.add(
        "graph.operator", "expected the fields of a program, found \(program.slots)", construct: "Program")
    }
    let plans = try program.tables(1)
    for index in 0..<plans.count { try walk(plan: plans.table(index), &notes) }
    // Segments lie behind the buffer, from the offset that its header says.
    var base: UInt64 = 0
    if bytes.count >= 32, bytes.slice(8..<12).starts(with: Array("eh00".utf8)) {
      var cursor = ByteCursor(bytes.span, at: 12)
      if let length = try? cursor.u32(), length >= 24, let size = try? cursor.u64(),
        let offset = try? cursor.u64()
      {
        base = offset
        if size > UInt64(bytes.count) || offset > UInt64(bytes.count) {
          notes.add(
            "graph.bounds", "expected a program and segments inside of the file, found larger ones", at: 16)
        }
      }
    }
    let segments = try program.tables(4)
    for index in 0..<segments.count {
      let segment = try segments.table(index)
      let (start, first) = base.addingReportingOverflow(try segment.u64(0))
      let (end, second) = start.addingReportingOverflow(try segment.u64(1))
      if first || second || end > UInt64(bytes.count) {
        notes.add("graph.bounds", "expected a segment inside of the file, found one that leaves it")
      }
    }
  }

  private func walk(plan: FlatTable, _ notes: inout Notes) throws(FlatError) {
    let values = try plan.tables(2)
    guard values.count <= Limits.flatTables else { throw .outOfBounds(offset: plan.offset, what: "values") }
    for index in 0..<values.count {
      let value = try values.table(index)
      // Number 5 of the union is a tensor.
      guard try value.u8(0) == 5, let tensor = try value.table(1) else { continue }
      let sizes = try tensor.vector(2, width: 4)
      var elements = 1
      for axis in 0..<sizes.count {
        let (product, overflow) = elements.multipliedReportingOverflow(by: Int(try sizes.i32(axis)))
        if try sizes.i32(axis) < 0 || overflow {
          notes.add(
            "graph.bounds", "expected sizes of a tensor, found negative or huge ones", at: tensor.offset)
          break
        }
        elements = product
      }
      if sizes.count > 16 {
        notes.add("graph.bounds", "expected at most 16 dimensions, found \(sizes.count)")
      }
    }
    for slot in [3, 4] {
      let indices = try plan.vector(slot, width: 4)
      for index in 0..<indices.count where try !(0..<values.count).contains(Int(indices.i32(index))) {
        notes.add("graph.bounds", "expected an input or output among the values, found one outside of them")
        break
      }
    }
    let operators = try plan.tables(6)
    for index in 0..<operators.count {
      let name = try operators.table(index).string(0) ?? ""
      if ["from_file", "save", "load", "tofile"].contains(where: { name.hasSuffix($0) }) {
        notes.add(
          "graph.code", "expected an operator that computes, found one that touches files", construct: name)
      } else if !["aten::", "executorch_prim::", "dim_order_ops::", "et_copy::"].contains(where: {
        name.hasPrefix($0)
      }) {
        notes.add(
          "graph.operator", "expected an operator of PyTorch's core, found \(name)", construct: name,
          allow: "executorch:\(name)")
      }
    }
    let delegates = try plan.tables(7)
    for index in 0..<delegates.count {
      let name = try delegates.table(index).string(0) ?? ""
      if name == "XnnpackBackend" { continue }
      notes.add(
        "graph.native", "expected operators that can be read, found a part that is compiled for \(name)",
        construct: name,
        allow: "compiled:\(name)")
    }
  }
}
