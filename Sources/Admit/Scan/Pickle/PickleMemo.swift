// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The memo of the abstract machine: dense from 0 as picklers write it, in four bytes an entry, and a dictionary for
/// what is far out.
struct PickleMemo {
  /// A page of entries whose constants lie close together in the file.
  private struct Page {
    static let size = 4096
    /// The offset from which the constants of this page are counted.
    var base: Int
    var words: [UInt32]
  }

  /// Five bits of kind and 27 of payload.
  private static let payloadBits: UInt32 = 27
  private static let absent: UInt32 = .max
  private static let elsewhere: UInt32 = .max - 1

  private var pages: [Page] = []
  private var sparse: [Int64: PickleValue] = [:]
  /// How many indices are set: where MEMOIZE writes.
  private(set) var count = 0

  subscript(index: Int64) -> PickleValue? {
    if index >= 0, index < Int64(pages.count * Page.size) {
      let at = Int(index)
      let word = pages[at / Page.size].words[at % Page.size]
      if word == Self.absent { return nil }
      if word != Self.elsewhere { return unpack(word, pages[at / Page.size].base) }
    }
    return sparse[index]
  }

  /// - Returns: false when the memo is full.
  mutating func set(_ index: Int64, _ value: PickleValue) -> Bool {
    guard index >= 0, index < Int64(pages.count * Page.size) + 1024 else { return setSparse(index, value) }
    let at = Int(index)
    if at / Page.size == pages.count {
      guard pages.count < Limits.pickleMemo / Page.size else { return setSparse(index, value) }
      addPage(value)
    }
    let old = pages[at / Page.size].words[at % Page.size]
    if old == Self.absent {
      guard count < Limits.pickleMemo else { return false }
      count += 1
    } else if old == Self.elsewhere {
      sparse.removeValue(forKey: index)
    }
    if let word = pack(value, pages[at / Page.size].base) {
      pages[at / Page.size].words[at % Page.size] = word
      return true
    }
    if sparse.count >= Limits.pickleFarMemo {
      // Without its detail an instance is one of which less is known.
      guard value.detail != 0,
        let word = pack(PickleValue(.instance, value.payload), pages[at / Page.size].base)
      else { return false }
      pages[at / Page.size].words[at % Page.size] = word
      return true
    }
    pages[at / Page.size].words[at % Page.size] = Self.elsewhere
    sparse[index] = value
    return true
  }

  private mutating func setSparse(_ index: Int64, _ value: PickleValue) -> Bool {
    if sparse[index] == nil {
      guard count < Limits.pickleMemo, sparse.count < Limits.pickleFarMemo else { return false }
      count += 1
    }
    sparse[index] = value
    return true
  }

  private mutating func addPage(_ first: PickleValue) {
    let start = Int64(pages.count * Page.size)
    let base = first.isConstant ? max(0, first.payload - 1024) : 0
    pages.append(Page(base: base, words: [UInt32](repeating: Self.absent, count: Page.size)))
    guard !sparse.isEmpty else { return }
    // An index written out of order earlier keeps its value where it is.
    for index in 0..<Page.size where sparse[start + Int64(index)] != nil {
      pages[pages.count - 1].words[index] = Self.elsewhere
    }
  }

  private func pack(_ value: PickleValue, _ base: Int) -> UInt32? {
    if value.detail != 0 { return nil }
    let payload = value.isConstant ? value.payload - base : value.payload
    guard payload >= 0, payload < 1 << Int(Self.payloadBits) else { return nil }
    return UInt32(value.kind.rawValue) << Self.payloadBits | UInt32(truncatingIfNeeded: payload)
  }

  private func unpack(_ word: UInt32, _ base: Int) -> PickleValue? {
    guard let kind = PickleValue.Kind(rawValue: UInt8(word >> Self.payloadBits)) else { return nil }
    let payload = Int(word & (1 << Self.payloadBits - 1))
    let value = PickleValue(kind, payload)
    return value.isConstant ? PickleValue(kind, payload + base) : value
  }
}
