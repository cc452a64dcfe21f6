// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

/// A party as it stands in a ledger: 256 bytes, little-endian.
///
/// 1 for a place that is taken (u8), the kind of party, the length of its name, the kind of flag (u8 each), queries, flagged at (u32
/// each), peak (f32), spent (u32), budget since and last seen (f64 each, seconds since 2001), 27 bets (f32), 9 counts (u32), the name
/// (64 bytes of UTF-8), how much of the burst was gone when it was last seen (f32), and a sum over all that (u64).
struct LedgerSlot {
  static let size = 256
  private static let words = 32

  private var words = InlineArray<32, UInt64>(repeating: 0)

  /// A place that is free.
  init() {}

  init(_ party: GuardedParty, _ watched: WatchedParty) {
    put(
      1 | UInt32(party.kind.rawValue) << 8 | UInt32(party.name.utf8.count) << 16 | UInt32(
        watched.kind.rawValue) << 24, 0)
    put(watched.process.queries, 1)
    put(watched.flaggedAt, 2)
    put(watched.peak.bitPattern, 3)
    put(watched.allowance.spent, 4)
    put(watched.allowance.since.bitPattern, 5)
    put(watched.seenAt.bitPattern, 7)
    for place in 0..<27 { put(watched.process.bets[place].bitPattern, 9 + place) }
    for place in 0..<9 { put(watched.process.hits[place], 36 + place) }
    let name = party.name.utf8.span
    for place in name.indices {
      words[(180 + place) / 8] |= UInt64(name[place]) << UInt64(8 * ((180 + place) % 8))
    }
    put(watched.allowance.level.bitPattern, 61)
    words[31] = sum
  }

  func write(to file: SlotFile, at offset: Int) throws(FilesError) {
    #if _endian(little)
      try file.write(words.span, at: offset)
    #else
      var ordered = words
      for place in 0..<Self.words { ordered[place] = ordered[place].littleEndian }
      try file.write(ordered.span, at: offset)
    #endif
  }

  /// The sum that it has; 0 for a free place.
  var writtenSum: UInt64 { words[31] }

  /// What is read of a place.
  enum Reading {
    case free, damaged
    case party(GuardedParty, WatchedParty)
  }

  /// What stands in a place, whole or not.
  /// - Parameter bytes: 256 of them.
  init(reading bytes: Span<UInt8>) {
    for place in 0..<Self.words { words[place] = Self.word(bytes, place) }
  }

  /// A word of a file, by its number.
  static func word(_ bytes: Span<UInt8>, _ place: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[8 * place + $1]) << UInt64(8 * $1) }
  }

  var reading: Reading {
    if (0..<Self.words).allSatisfy({ words[$0] == 0 }) { return .free }
    guard words[31] == sum, let (party, watched) = party else { return .damaged }
    return .party(party, watched)
  }

  /// Nil for what cannot be: a sum that fits says nothing about who wrote it.
  private var party: (GuardedParty, WatchedParty)? {
    let head = get(0)
    let length = Int(head >> 16 & 0xFF)
    guard head & 0xFF == 1, let kind = GuardedParty.Kind(rawValue: UInt8(head >> 8 & 0xFF)), length <= 64,
      let flag = GuardFlag.Kind(rawValue: UInt8(head >> 24))
    else { return nil }
    let bytes = (0..<length).map { place in
      UInt8(truncatingIfNeeded: words[(180 + place) / 8] >> UInt64(8 * ((180 + place) % 8)))
    }
    guard let name = String(validating: bytes, as: UTF8.self) else { return nil }
    var process = ConformalProcess()
    process.queries = get(1)
    for place in 0..<27 {
      process.bets[place] = Float(bitPattern: get(9 + place))
      guard process.bets[place] >= 0, process.bets[place].isFinite else { return nil }
    }
    for place in 0..<9 {
      process.hits[place] = get(36 + place)
      guard process.hits[place] <= process.queries else { return nil }
    }
    let (peak, level) = (Float(bitPattern: get(3)), Float(bitPattern: get(61)))
    let (since, seenAt) = (Double(bitPattern: long(5)), Double(bitPattern: long(7)))
    guard peak >= 0, peak.isFinite, level >= 0, level.isFinite, since.isFinite, seenAt.isFinite,
      get(2) <= process.queries
    else { return nil }
    var watched = WatchedParty(
      process: process, allowance: Allowance(spent: get(4), since: since, level: level, at: seenAt),
      at: seenAt)
    (watched.peak, watched.flaggedAt, watched.kind) = (peak, get(2), flag)
    return (GuardedParty(kind, name), watched)
  }

  /// Over all words but the last: tells a place that was torn from one that is whole. FNV-1a over words, with the high half folded in.
  private var sum: UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in 0..<31 {
      sum = (sum ^ words[place]) &* 0x0000_0100_0000_01B3
      sum ^= sum >> 29
    }
    return sum
  }

  private mutating func put(_ value: UInt32, _ place: Int) {
    words[place / 2] |= UInt64(value) << UInt64(32 * (place % 2))
  }

  private mutating func put(_ value: UInt64, _ place: Int) {
    put(UInt32(truncatingIfNeeded: value), place)
    put(UInt32(truncatingIfNeeded: value >> 32), place + 1)
  }

  private func get(_ place: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: words[place / 2] >> UInt64(32 * (place % 2)))
  }

  private func long(_ place: Int) -> UInt64 { UInt64(get(place)) | UInt64(get(place + 1)) << 32 }
}
