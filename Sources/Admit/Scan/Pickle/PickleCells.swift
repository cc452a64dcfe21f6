// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The contents of containers, as far as they are remembered, in one array of bounded size.
///
/// A container is a header cell (how many items it has) and a block of its first items. When the cells are full,
/// what the stack does not reach is forgotten: the memo may then still name such a container, but no longer its
/// contents. A pickle of any length therefore runs in constant memory, and what is forgotten is never needed
/// but to explain or to check the arguments of a call, where not knowing is never safe.
struct PickleCells {
  private struct Header {
    var count: Int
    var start: Int
    var kept: Int
  }

  private var headers: [Header] = [Header(count: 0, start: 0, kept: 0)]
  private var items: [PickleValue] = []

  var isFull: Bool { headers.count + items.count >= Limits.pickleCells }

  /// A new container; the payload of its value.
  mutating func make(_ contents: ArraySlice<PickleValue> = []) -> Int {
    let kept = contents.prefix(Limits.pickleItems)
    headers.append(Header(count: contents.count, start: items.count, kept: kept.count))
    items.append(contentsOf: kept)
    return headers.count - 1
  }

  mutating func append(_ contents: ArraySlice<PickleValue>, to cell: Int) {
    guard cell != 0, !contents.isEmpty else { return }
    var header = headers[cell]
    header.count += contents.count
    let room = Limits.pickleItems - header.kept
    if room > 0 {
      if header.start + header.kept != items.count {
        let start = items.count
        for index in header.start..<header.start + header.kept { items.append(items[index]) }
        header.start = start
      }
      items.append(contentsOf: contents.prefix(room))
      header.kept += min(room, contents.count)
    }
    headers[cell] = header
  }

  /// The number of items, and the first ones; nil when they are forgotten.
  func contents(_ value: PickleValue) -> (count: Int, items: ArraySlice<PickleValue>)? {
    guard value.isContainer, value.payload != 0 else { return nil }
    let header = headers[value.payload]
    return (header.count, items[header.start..<header.start + header.kept])
  }

  /// Forgets what `roots` do not reach, moves the rest together and rewrites `roots`.
  mutating func collect(_ roots: inout [PickleValue]) {
    var fresh = PickleCells()
    var moved: [Int: Int] = [:]
    var open: [Int] = []
    func move(_ value: PickleValue) -> PickleValue {
      guard value.isContainer, value.payload != 0 else { return value }
      if let cell = moved[value.payload] { return PickleValue(value.kind, cell) }
      // What the stack itself holds can be as long as it likes; half of the room must come free.
      guard fresh.headers.count + fresh.items.count < Limits.pickleCells / 2 else {
        return PickleValue(value.kind, 0)
      }
      let header = headers[value.payload]
      fresh.headers.append(Header(count: header.count, start: fresh.items.count, kept: header.kept))
      fresh.items.append(contentsOf: items[header.start..<header.start + header.kept])
      moved[value.payload] = fresh.headers.count - 1
      open.append(fresh.headers.count - 1)
      return PickleValue(value.kind, fresh.headers.count - 1)
    }
    for index in roots.indices.reversed() { roots[index] = move(roots[index]) }
    while let cell = open.popLast() {
      let header = fresh.headers[cell]
      for index in header.start..<header.start + header.kept { fresh.items[index] = move(fresh.items[index]) }
    }
    self = fresh
  }
}
