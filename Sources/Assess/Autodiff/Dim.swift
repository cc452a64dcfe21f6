// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The size of one axis: a number, or a number times symbols that stand for sizes known only when the graph
/// runs. Equal dims are equal in every run; unequal ones may still be equal in one.
struct Dim: Hashable, Sendable {
  /// The largest number that is calculated with. Two of them can be added and multiplied without overflow.
  static let bound = 1 << 30
  /// The most axes that a tensor may have.
  static let maximumRank = 64

  let factor: Int
  /// Sorted. A symbol that occurs twice is squared.
  let symbols: [Int]

  private init(factor: Int, symbols: [Int]) {
    self.factor = factor
    self.symbols = factor == 0 ? [] : symbols
  }

  init(_ size: Int) { self.init(factor: size, symbols: []) }
  init(symbol: Int) { self.init(factor: 1, symbols: [symbol]) }

  /// Whether it can be the size of an axis that is calculated with.
  var isPlausible: Bool { (0...Self.bound).contains(factor) }
  /// The number, when there is no symbol in it.
  var size: Int? { symbols.isEmpty ? factor : nil }
  var isOne: Bool { self == Dim(1) }

  /// - Throws: ``AutodiffError/invalidGraph(_:)`` when the product is too large to be a size.
  func times(_ other: Dim) throws(AutodiffError) -> Dim {
    let (product, overflow) = factor.multipliedReportingOverflow(by: other.factor)
    guard !overflow, symbols.count + other.symbols.count <= 64 else {
      throw .invalidGraph("a tensor has more elements than can be counted")
    }
    return Dim(factor: product, symbols: (symbols + other.symbols).sorted())
  }

  /// The exact quotient, or nil when there is none that could be written down.
  func divided(by other: Dim) -> Dim? {
    guard other.factor != 0, other.factor != -1, factor % other.factor == 0 else { return nil }
    var left = symbols
    for symbol in other.symbols {
      guard let place = left.firstIndex(of: symbol) else { return nil }
      left.remove(at: place)
    }
    return Dim(factor: factor / other.factor, symbols: left)
  }
}

/// Hands out symbols. The same question always gets the same symbol, so that two paths through a graph that
/// compute the same unknown size are known to agree.
struct Symbols {
  private var known: [String: Int] = [:]
  private var count = 0

  mutating func fresh() -> Dim {
    count += 1
    return Dim(symbol: count)
  }

  mutating func derived(_ question: String) -> Dim {
    if let symbol = known[question] { return Dim(symbol: symbol) }
    let dim = fresh()
    known[question] = count
    return dim
  }

  /// The symbol of a named axis of the model.
  mutating func named(_ name: String) -> Dim { derived("axis " + name) }
}

extension Sequence<Dim> {
  func product() throws(AutodiffError) -> Dim {
    var result = Dim(1)
    for dim in self { result = try result.times(dim) }
    return result
  }
}
