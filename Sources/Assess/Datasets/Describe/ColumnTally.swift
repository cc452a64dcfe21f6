// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What is kept of the values of a column while rows go by.
struct ColumnTally: Sendable {
  /// Values that are there, all elements of an array counted.
  var count = 0
  var missing = 0
  /// Of the numbers.
  var low = Double.infinity
  var high = -Double.infinity
  var mean = 0.0
  /// The sum of the squares of what lies beside the mean.
  var squares = 0.0
  var isWhole = true
  /// How often each value occurs; nil once there are more than ``mostValues``, or where nobody counts.
  var values: [UInt64: (count: Int, cell: Cell)]?
  /// How often a value falls into each of 64 classes that are cut by chance; empty where nobody counts.
  var buckets: [Int] = []

  static let mostValues = 256
  static let bucketCount = 64

  init(counting: Bool) {
    if counting {
      values = [:]
      buckets = Array(repeating: 0, count: Self.bucketCount)
    }
  }

  /// Adds what another part of the rows has (Chan, Golub and LeVeque 1983).
  mutating func merge(_ other: ColumnTally) {
    missing += other.missing
    if other.low <= other.high, other.count > 0 {
      let (before, added) = (Double(count), Double(other.count))
      let difference = other.mean - mean
      mean += difference * added / (before + added)
      squares += other.squares + difference * difference * before * added / (before + added)
      low = min(low, other.low)
      high = max(high, other.high)
    }
    count += other.count
    isWhole = isWhole && other.isWhole
    for (index, bucket) in other.buckets.enumerated() { buckets[index] += bucket }
    guard var mine = values else { return }
    guard let theirs = other.values else {
      // Of numbers the sums are taken apart from the values, and know nothing of those.
      if !other.buckets.isEmpty { values = nil }
      return
    }
    values = nil
    for (key, value) in theirs { mine[key, default: (0, value.cell)].count += value.count }
    values = mine.count > Self.mostValues ? nil : mine
  }

  mutating func add(value hash: UInt64, _ cell: () -> Cell) {
    buckets[Int(hash >> 58)] += 1
    guard values != nil else { return }
    if values![hash] != nil {
      values![hash]!.count += 1
    } else if values!.count >= Self.mostValues {
      values = nil
    } else {
      values![hash] = (1, cell())
    }
  }
}

/// Sums over columns of numbers, in one pass over rows as they lie in memory.
struct NumberSums {
  var low: [Double]
  var high: [Double]
  /// A value to count from, which keeps sums of squares exact where values are large and close together.
  var shift: [Double]
  var sum: [Double]
  var squares: [Double]

  init(lanes: Int) {
    low = Array(repeating: .infinity, count: lanes)
    high = Array(repeating: -.infinity, count: lanes)
    shift = Array(repeating: 0, count: lanes)
    sum = shift
    squares = shift
  }

  /// - Parameter rows: so many rows of `low.count` numbers, behind each other.
  mutating func add(_ bytes: Bytes, rows: Int, _ kind: Column.Kind) {
    unsafe bytes.withUnsafeBytes { raw in
      switch kind {
      case .float16: unsafe add(raw, rows, Float16.self) { Double($0) }
      case .float32: unsafe add(raw, rows, Float.self) { Double($0) }
      case .float64: unsafe add(raw, rows, Double.self) { $0 }
      case .int8: unsafe add(raw, rows, Int8.self) { Double($0) }
      case .int16: unsafe add(raw, rows, Int16.self) { Double($0) }
      case .int32: unsafe add(raw, rows, Int32.self) { Double($0) }
      case .int64: unsafe add(raw, rows, Int64.self) { Double($0) }
      case .uint16: unsafe add(raw, rows, UInt16.self) { Double($0) }
      case .uint32: unsafe add(raw, rows, UInt32.self) { Double($0) }
      case .uint64: unsafe add(raw, rows, UInt64.self) { Double($0) }
      default: unsafe add(raw, rows, UInt8.self) { Double($0) }
      }
    }
  }

  @inline(__always) private mutating func add<Value: BitwiseCopyable>(
    _ raw: UnsafeRawBufferPointer, _ rows: Int, _: Value.Type, _ double: (Value) -> Double
  ) {
    let lanes = low.count
    let width = MemoryLayout<Value>.size
    guard rows > 0 else { return }
    for lane in 0..<lanes {
      let first = double(unsafe raw.loadUnaligned(fromByteOffset: lane * width, as: Value.self))
      shift[lane] = first.isFinite ? first : 0
    }
    unsafe low.withUnsafeMutableBufferPointer { low in
      unsafe high.withUnsafeMutableBufferPointer { high in
        unsafe sum.withUnsafeMutableBufferPointer { sum in
          unsafe squares.withUnsafeMutableBufferPointer { squares in
            unsafe shift.withUnsafeBufferPointer { shift in
              let base = raw.baseAddress!
              for row in 0..<rows {
                let start = unsafe base + row * lanes * width
                for lane in 0..<lanes {
                  let value = double(unsafe start.loadUnaligned(fromByteOffset: lane * width, as: Value.self))
                  unsafe low[lane] = value < low[lane] ? value : low[lane]
                  unsafe high[lane] = value > high[lane] ? value : high[lane]
                  let beside = unsafe value - shift[lane]
                  unsafe sum[lane] += beside
                  unsafe squares[lane] += beside * beside
                }
              }
            }
          }
        }
      }
    }
  }

  /// What a lane has seen in `rows` rows.
  func tally(_ lane: Int, rows: Int) -> ColumnTally {
    var tally = ColumnTally(counting: false)
    tally.count = rows
    (tally.low, tally.high) = (low[lane], high[lane])
    let mean = sum[lane] / Double(rows)
    tally.mean = shift[lane] + mean
    tally.squares = max(0, squares[lane] - mean * sum[lane])
    return tally
  }

  /// Lanes in which something is not finite, or so large that its square is not.
  var suspects: [Int] { sum.indices.filter { !sum[$0].isFinite || !squares[$0].isFinite } }
}
