// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// How the numbers of a sparse tensor of TensorFlow Lite lie: dimension after dimension in an order of their own, each
/// dense or with the indices that are there. The runtime takes all of it for positions (CVE-2022-23560, CVE-2022-23561).
struct LiteSparsity {
  private enum Level {
    case dense(Int)
    case sparse(segments: [Int], indices: [Int])
  }

  private var order: [Int] = []
  private var blocks: [Int] = []
  private var levels: [Level] = []

  init(_ table: FlatTable) throws(FlatError) {
    order = try Self.numbers(table.vector(0, width: 4))
    blocks = try Self.numbers(table.vector(1, width: 4))
    let parts = try table.tables(2)
    for index in 0..<parts.count {
      let part = try parts.table(index)
      if try part.u8(0) == 0 {
        levels.append(.dense(Int(try part.i32(1))))
      } else {
        levels.append(
          .sparse(segments: try Self.list(part, kind: 2), indices: try Self.list(part, kind: 4)))
      }
    }
  }

  private static func numbers(_ vector: FlatVector) throws(FlatError) -> [Int] {
    var numbers: [Int] = []
    for index in 0..<vector.count { numbers.append(Int(try vector.i32(index))) }
    return numbers
  }

  /// A list of numbers of one of three widths.
  private static func list(_ part: FlatTable, kind slot: Int) throws(FlatError) -> [Int] {
    guard let table = try part.table(slot + 1) else { return [] }
    let width = [1: 4, 2: 2, 3: 1][try part.u8(slot)]
    guard let width else { return [] }
    let vector = try table.vector(0, width: width)
    var numbers: [Int] = []
    for index in 0..<vector.count {
      numbers.append(width == 4 ? Int(try vector.i32(index)) : Int(try vector.number(index)))
    }
    return numbers
  }

  /// What in it leads out of the tensor of these dimensions, or nil.
  func problem(_ dimensions: [Int]) -> String? {
    let rank = dimensions.count
    guard order.count == rank + blocks.count, levels.count == order.count,
      Set(order) == Set(0..<order.count)
    else { return "the dimensions have no order" }
    guard blocks.allSatisfy({ (0..<rank).contains($0) }), Set(blocks).count == blocks.count else {
      return "blocks are of dimensions that are not there"
    }
    guard let sizes = sizes(dimensions) else { return "blocks do not divide their dimensions" }
    var nodes = 1
    for (level, size) in zip(levels, sizes) {
      switch level {
      case .dense(let stated):
        guard stated == size else { return "a dimension of \(size) has \(stated) entries" }
        let (product, overflow) = nodes.multipliedReportingOverflow(by: size)
        guard !overflow, product <= 1 << 48 else { return "the dimensions overflow" }
        nodes = product
      case .sparse(let segments, let indices):
        guard segments.count == nodes + 1, segments.first == 0, segments.last == indices.count,
          zip(segments, segments.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return "\(segments.count) limits do not divide \(indices.count) indices for \(nodes) entries" }
        guard indices.allSatisfy({ (0..<size).contains($0) }) else {
          return "an index lies outside of its dimension of \(size)"
        }
        nodes = indices.count
      }
    }
    return nil
  }

  /// Elements that are there, of a layout without a problem.
  func elements(_ dimensions: [Int]) -> Int? {
    guard let sizes = sizes(dimensions) else { return nil }
    var nodes = 1
    for (level, size) in zip(levels, sizes) {
      if case .sparse(_, let indices) = level { nodes = indices.count } else { nodes *= size }
    }
    return nodes
  }

  /// The size of each level: a dimension with blocks has as many entries as there are blocks in it.
  private func sizes(_ dimensions: [Int]) -> [Int]? {
    var block: [Int: Int] = [:]
    for (level, place) in zip(levels, order) where place >= dimensions.count {
      guard case .dense(let size) = level, size > 0, place - dimensions.count < blocks.count else {
        return nil
      }
      block[blocks[place - dimensions.count]] = size
    }
    var sizes: [Int] = []
    for (index, place) in order.enumerated() {
      if place < dimensions.count {
        let size = block[place] ?? 1
        guard dimensions[place] >= 0, dimensions[place] % size == 0 else { return nil }
        sizes.append(dimensions[place] / size)
      } else if case .dense(let size) = levels[index] {
        sizes.append(size)
      }
    }
    return sizes.count == order.count ? sizes : nil
  }
}
