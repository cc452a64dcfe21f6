// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Where a model of TensorFlow Lite ends: behind the last byte that anything in it reaches.
struct LiteReach {
  private(set) var end = 0
  /// Whether it has options whose own lists are not followed.
  private(set) var isOpen = false
  private var left = Limits.flatTables

  private enum Field {
    case text
    case list(Int)
    case table(Kind)
    case tables(Kind)
  }

  private enum Kind {
    case model, code, graph, tensor, node, buffer, metadata, signature, name, quantization, sparsity,
      dimension
    case variant, options
  }

  /// The fields of each table that lead to other bytes.
  private static func fields(_ kind: Kind) -> [(Int, Field)] {
    switch kind {
    case .model:
      [
        (1, .tables(.code)), (2, .tables(.graph)), (3, .text), (4, .tables(.buffer)), (5, .list(4)),
        (6, .tables(.metadata)), (7, .tables(.signature)),
      ]
    case .code: [(1, .text)]
    case .graph: [(0, .tables(.tensor)), (1, .list(4)), (2, .list(4)), (3, .tables(.node)), (4, .text)]
    case .tensor:
      [
        (0, .list(4)), (3, .text), (4, .table(.quantization)), (6, .table(.sparsity)), (7, .list(4)),
        (9, .tables(.variant)),
      ]
    case .node:
      [
        (1, .list(4)), (2, .list(4)), (4, .table(.options)), (5, .list(1)), (7, .list(1)), (8, .list(4)),
        (12, .table(.options)),
      ]
    case .buffer: [(0, .list(1))]
    case .metadata, .name: [(0, .text)]
    case .signature: [(0, .tables(.name)), (1, .tables(.name)), (2, .text)]
    case .quantization: [(0, .list(4)), (1, .list(4)), (2, .list(4)), (3, .list(8))]
    case .sparsity: [(0, .list(4)), (1, .list(4)), (2, .tables(.dimension))]
    case .variant: [(0, .list(4))]
    case .dimension, .options: []
    }
  }

  init(_ bytes: Bytes) throws(FlatError) {
    try visit(FlatBuffer(bytes).root(), .model)
  }

  private mutating func visit(_ table: FlatTable, _ kind: Kind) throws(FlatError) {
    left -= 1
    guard left > 0 else { return isOpen = true }
    end = max(end, table.end)
    for (slot, field) in Self.fields(kind) {
      switch field {
      case .text: if try table.has(slot) { end = max(end, try table.vector(slot, width: 1).end + 1) }
      case .list(let width): end = max(end, try table.vector(slot, width: width).end)
      case .table(let inner): if let next = try table.table(slot) { try visit(next, inner) }
      case .tables(let inner):
        let list = try table.tables(slot)
        end = max(end, list.end)
        for index in 0..<list.count { try visit(list.table(index), inner) }
      }
    }
    switch kind {
    case .buffer: large(try table.u64(1), try table.u64(2))
    case .node:
      large(try table.u64(9), try table.u64(10))
      if try table.has(12) { isOpen = true }
      if let options = try table.table(4) { try visit(options: options, try table.u8(3)) }
    case .quantization: try visit(list: table.table(5), width: 1)
    case .dimension:
      for slot in [2, 4] {
        try visit(list: table.table(slot + 1), width: [2: 2, 3: 1][table.u8(slot)] ?? 4)
      }
    default: break
    }
  }

  /// A table that is nothing but a list.
  private mutating func visit(list table: FlatTable?, width: Int) throws(FlatError) {
    guard let table else { return }
    end = max(end, table.end, try table.vector(0, width: width).end)
  }

  /// The options that have lists or texts of their own.
  private mutating func visit(options: FlatTable, _ kind: UInt8) throws(FlatError) {
    switch kind {
    case 17, 30, 115: end = max(end, try options.vector(0, width: 4).end)
    case 3: for slot in [1, 2] { end = max(end, try options.vector(slot, width: 4).end) }
    case 111:
      for slot in [0, 1] where try options.has(slot) {
        end = max(end, try options.vector(slot, width: 1).end + 1)
      }
    default: break
    }
  }

  /// What lies behind the buffer, for models of more than two gigabytes.
  private mutating func large(_ offset: UInt64, _ size: UInt64) {
    guard offset > 1 || size > 1 else { return }
    let (sum, overflow) = offset.addingReportingOverflow(size)
    if !overflow { end = max(end, Int(clamping: sum)) }
  }
}
