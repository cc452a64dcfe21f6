// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The contents of containers, as far as they are remembered, in one array of bounded size.
///
/// A container is a header cell (how many items it has, and how many it unfolds to) and a block of its first items.
/// When the cells are full, what the stack does not reach is forgotten: the memo may then still name such a
/// container, but no longer its contents. Numbers of cells are never used again, so that a forgotten one is told by
/// its number. A pickle of any length therefore runs in constant memory, and what is forgotten is never needed
/// but to explain or to check the arguments of a call, where not knowing is never safe.
struct PickleCells {
  private struct Header {
    var count: UInt32
    var start: UInt32
    var kept: UInt32
    /// Items with everything in them, each as often as it is named.
    var weight: Float
    /// How many containers lie in each other, this one counted.
    var depth: UInt32
    /// A maker is in it, or in a container in it.
    var holdsMaker = false
  }

  private var headers: [Header] = []
  private var items: [PickleValue] = []
  /// The number of the first cell that is remembered. 0 is no cell.
  private var first = 1

  var isFull: Bool { headers.count + items.count >= Limits.pickleCells }

  @inline(__always)
  private func index(_ cell: Int) -> Int? {
    let at = cell - first
    return at >= 0 && at < headers.count ? at : nil
  }

  /// A new container of the stack's values from `start` on; the payload of its value.
  mutating func make(_ stack: borrowing PickleStack, from start: Int) -> Int {
    let total = stack.count - start
    let kept = min(total, Limits.pickleItems)
    let begin = items.count
    var weight = Float(1)
    for at in start..<start + kept { items.append(stack[at]) }
    var depth = UInt32(0)
    var holdsMaker = false
    for at in start..<stack.count {
      let size = size(stack[at])
      weight += size.weight
      depth = max(depth, size.depth)
      if holds(stack[at]) { holdsMaker = true }
    }
    headers.append(
      Header(
        count: UInt32(clamping: total), start: UInt32(begin), kept: UInt32(kept), weight: weight,
        depth: depth + 1, holdsMaker: holdsMaker))
    return first + headers.count - 1
  }

  /// Adds the stack's values from `start` on.
  mutating func append(_ stack: borrowing PickleStack, from start: Int, to cell: Int) {
    guard let at = index(cell) else { return }
    var header = headers[at]
    let total = stack.count - start
    header.count = UInt32(clamping: Int(header.count) + total)
    for item in start..<stack.count {
      let size = size(stack[item])
      header.weight += size.weight
      header.depth = max(header.depth, size.depth + 1)
      if holds(stack[item]) { header.holdsMaker = true }
    }
    let room = min(Limits.pickleItems - Int(header.kept), total)
    if room > 0 {
      if Int(header.start + header.kept) != items.count {
        let begin = items.count
        for item in Int(header.start)..<Int(header.start + header.kept) { items.append(items[item]) }
        header.start = UInt32(begin)
      }
      for item in start..<start + room { items.append(stack[item]) }
      header.kept += UInt32(room)
    }
    headers[at] = header
  }

  /// How many items a value unfolds to, and how deep its containers lie in each other: 1 and 0 for everything but a
  /// container.
  @inline(__always)
  func size(_ value: PickleValue) -> (weight: Float, depth: UInt32) {
    guard value.isContainer, let at = index(value.payload) else { return (1, 0) }
    return (headers[at].weight, headers[at].depth)
  }

  /// Whether a value is a maker, or a container with one in it.
  @inline(__always)
  func holds(_ value: PickleValue) -> Bool {
    if value.isMaker { return true }
    guard value.isContainer, let at = index(value.payload) else { return false }
    return headers[at].holdsMaker
  }

  /// The number of items, and the first ones; nil when they are forgotten.
  func contents(_ value: PickleValue) -> (count: Int, items: ArraySlice<PickleValue>)? {
    guard value.isContainer, let at = index(value.payload) else { return nil }
    let header = headers[at]
    return (Int(header.count), items[Int(header.start)..<Int(header.start + header.kept)])
  }

  /// Forgets what the stack does not reach, moves the rest together and rewrites the stack.
  mutating func collect(_ stack: inout PickleStack) {
    var fresh = PickleCells()
    fresh.first = first + headers.count
    var moved = [UInt32](repeating: .max, count: headers.count)
    var open: [Int] = []
    func move(_ value: PickleValue) -> PickleValue {
      guard value.isContainer, let at = index(value.payload) else { return value }
      if moved[at] != .max { return PickleValue(value.kind, fresh.first + Int(moved[at])) }
      // What the stack itself holds can be as long as it likes; half of the room must come free.
      guard fresh.headers.count + fresh.items.count < Limits.pickleCells / 2 else {
        return PickleValue(value.kind, 0)
      }
      var header = headers[at]
      let begin = Int(header.start)
      header.start = UInt32(fresh.items.count)
      fresh.items.append(contentsOf: items[begin..<begin + Int(header.kept)])
      moved[at] = UInt32(fresh.headers.count)
      fresh.headers.append(header)
      open.append(fresh.headers.count - 1)
      return PickleValue(value.kind, fresh.first + fresh.headers.count - 1)
    }
    for index in (0..<stack.count).reversed() where stack[index].isContainer {
      stack[index] = move(stack[index])
    }
    while let cell = open.popLast() {
      let header = fresh.headers[cell]
      for index in Int(header.start)..<Int(header.start + header.kept) {
        fresh.items[index] = move(fresh.items[index])
      }
    }
    self = fresh
  }
}
