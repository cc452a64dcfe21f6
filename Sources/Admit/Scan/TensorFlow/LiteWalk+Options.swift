// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension LiteWalk {
  /// Numbers in the options of an operator that its kernel divides by or takes for a size.
  private struct Divisors {
    /// The kind of the options in the union.
    let kind: UInt8
    /// Their slots; those of the second list are 1 where they are not there.
    let slots: [Int]
    var withDefault: [Int] = []
  }

  /// By builtin operator. Without options of its kind a kernel sees zeros.
  private static let divisors: [Int32: Divisors] = {
    let pool = Divisors(kind: 5, slots: [1, 2, 3, 4])
    let volume = Divisors(kind: 106, slots: [1, 2, 3], withDefault: [5, 6, 7])
    return [
      1: pool, 12: pool, 17: pool, 3: Divisors(kind: 1, slots: [1, 2], withDefault: [4, 5]),
      4: Divisors(kind: 2, slots: [1, 2], withDefault: [5, 6]), 5: Divisors(kind: 94, slots: [0]),
      26: Divisors(kind: 19, slots: [0]), 27: Divisors(kind: 6, slots: [0]),
      49: Divisors(kind: 35, slots: [0]), 67: Divisors(kind: 49, slots: [1, 2]),
      102: Divisors(kind: 79, slots: [0]), 132: volume, 141: volume,
    ]
  }()

  /// Operators that take or give nothing: they run a subgraph, or make or fill a table or a variable.
  private static let sources: Set<Int32> = [31, 119, 129, 136, 142]
  private static let sinks: Set<Int32> = [31, 118, 119, 129, 138, 144]

  mutating func judge(_ operation: Int32, _ node: FlatTable, _ place: String) throws(FlatError) {
    let inputs = try node.vector(1, width: 4)
    // From 161 on the operators are those of another language, which are free to have none.
    if operation <= 160 {
      if inputs.count == 0, !Self.sources.contains(operation) {
        notes.add(.liteMemory, "\(place) has no input, and the runtime reads its first")
      }
      if try node.vector(2, width: 4).count == 0, !Self.sinks.contains(operation) {
        notes.add(.liteMemory, "\(place) has no output, and the runtime writes its first")
      }
    }
    if let divisors = Self.divisors[operation] {
      guard try node.u8(3) == divisors.kind, let options = try node.table(4) else {
        return notes.add(.liteMemory, "\(place) lacks its options, where the runtime divides by zeros")
      }
      for slot in divisors.slots where try options.i32(slot) <= 0 {
        notes.add(.liteMemory, "\(place) has a number of 0 or less, by which the runtime divides")
      }
      for slot in divisors.withDefault where try options.i32(slot, default: 1) <= 0 {
        notes.add(.liteMemory, "\(place) has a number of 0 or less, by which the runtime divides")
      }
      if operation == 4, try options.i32(3) <= 0 {
        notes.add(.brokenLite, "\(place) has no outputs for each channel")
      }
    }
    // Batches to space and back divide by the sizes of blocks.
    if operation == 37 || operation == 38, inputs.count > 1,
      constants[Int(try inputs.i32(1))]?.contains(where: { $0 <= 0 }) == true
    {
      notes.add(.liteMemory, "\(place) has blocks of 0, by which the runtime divides")
    }
  }

  mutating func judge(options node: FlatTable, _ place: String, _ graph: Int) throws(FlatError) {
    var targets: [Int] = []
    if let options = try node.table(4) {
      switch try node.u8(3) {
      case 16, 103: targets = [Int(try options.u32(0))]
      case 92, 93: targets = [Int(try options.i32(0)), Int(try options.i32(1))]
      default: break
      }
    }
    if let options = try node.table(12) {
      switch try node.u8(11) {
      case 6: targets = [Int(try options.i32(1))]
      case 7: targets = [Int(try options.i32(6))]
      case 13: targets = [Int(try options.i32(5))]
      case 14: targets = [Int(try options.i32(2))]
      case 15: targets = [Int(try options.i32(0)), Int(try options.i32(1))]
      case 21: targets = [Int(try options.i32(1))]
      case 23:
        let list = try options.vector(0, width: 4)
        for index in 0..<list.count { targets.append(Int(try list.i32(index))) }
      default: break
      }
    }
    for target in targets {
      guard calls.indices.contains(target) else {
        notes.add(.liteMemory, "\(place) runs subgraph \(target) of \(calls.count)")
        continue
      }
      calls[graph].insert(target)
    }
  }
}
