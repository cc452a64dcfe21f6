// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes
import MartletFiles

/// What a ledger has in it, for a guard that begins, and for whoever looks at it while a server writes it: each party is as it was
/// at some instant.
package struct GuardRecollection: Sendable {
  package let head: GuardLedger.Head
  let parties: [(party: GuardedParty, watched: WatchedParty)]
  /// Places that could not be read, such as one that was torn when the power went.
  package let damaged: Int
  let number: UInt64
  let slots: UInt32
  let free: [UInt32]

  /// Where the copies begin; 0 where there are none.
  let copies: UInt32

  /// - Throws: `FilesError`; ``GuardError/badState(offset:reason:)`` for a file that is no ledger.
  package init(_ path: String) throws {
    let bytes = try WholeFile.read(path, atMost: GuardLedger.mostBytes) ?? []
    try self.init(bytes)
  }

  init(_ bytes: [UInt8]) throws(GuardError) {
    let heads = [0, 1].compactMap { Self.head(bytes, at: $0 * GuardLedger.headSize) }
    guard let newest = heads.max(by: { $0.number < $1.number }) else {
      // A file that was only just made has nothing in it.
      guard bytes.allSatisfy({ $0 == 0 }) else {
        throw .badState(offset: 0, reason: "expected 'MGRD', version 2 or 3, and a digest that fits")
      }
      (head, parties, damaged, number, slots, free, copies) = (.init(), [], 0, 0, 0, [], 0)
      return
    }
    (head, number, copies) = newest
    let written = copies == 0 ? [:] : Self.copies(bytes, from: copies)
    let ofCopies = copies..<copies + (copies == 0 ? 0 : LedgerCopy.places * UInt32(GuardBook.shardCount))
    var latest: [GuardedParty: WatchedParty] = [:]
    var free: [UInt32] = []
    var damaged = 0
    let start = GuardLedger.offset(1)
    let count = UInt32(max(0, bytes.count - start + LedgerSlot.size - 1) / LedgerSlot.size)
    for number in 1..<count + 1 where !ofCopies.contains(number) {
      let from = GuardLedger.offset(number)
      var reading = LedgerSlot.Reading.damaged
      if from + LedgerSlot.size <= bytes.count {
        reading = LedgerSlot(reading: bytes.span.extracting(from..<from + LedgerSlot.size)).reading
      }
      // What a kill has torn was copied before.
      if case .damaged = reading, let copy = written[number] { reading = copy }
      switch reading {
      case .free: free.append(number)
      case .damaged:
        damaged += 1
        free.append(number)
      case .party(let party, var watched):
        watched.slot = number
        // Of two places for one party, as a crash can leave them, the later counts.
        guard let other = latest[party] else {
          latest[party] = watched
          continue
        }
        free.append(other.seenAt > watched.seenAt ? number : other.slot)
        if other.seenAt <= watched.seenAt { latest[party] = watched }
      }
    }
    parties = latest.map { ($0.key, $0.value) }
    (self.damaged, slots, self.free) = (damaged, max(count + 1, ofCopies.upperBound) - 1, free)
  }

  /// What was last written into some places. Of two copies for one place, which a party left for another, the later counts.
  private static func copies(_ bytes: [UInt8], from first: UInt32) -> [UInt32: LedgerSlot.Reading] {
    var found: [UInt32: LedgerSlot.Reading] = [:]
    for shard in 0..<GuardBook.shardCount {
      let from = GuardLedger.offset(first) + shard * LedgerCopy.size
      guard from + LedgerCopy.size <= bytes.count,
        let copy = LedgerCopy(reading: bytes.span.extracting(from..<from + LedgerCopy.size))
      else { continue }
      if case .party(_, let before)? = found[copy.place], case .party(_, let now) = copy.slot.reading,
        before.seenAt > now.seenAt
      {
        continue
      }
      found[copy.place] = copy.slot.reading
    }
    return found
  }

  private static func head(
    _ bytes: [UInt8], at start: Int
  ) -> (head: GuardLedger.Head, number: UInt64, copies: UInt32)? {
    let end = start + GuardLedger.headSize - 32
    guard bytes.count >= end + 32,
      Array(SHA256.hash(data: bytes[start..<end])) == Array(bytes[end..<end + 32])
    else { return nil }
    func number(_ offset: Int, _ width: Int) -> UInt64 {
      (0..<width).reduce(0) { $0 | UInt64(bytes[start + offset + $1]) << UInt64(8 * $1) }
    }
    let version = number(4, 2)
    guard Array(bytes[start..<start + 4]) == Array("MGRD".utf8), version == 2 || version == 3 else {
      return nil
    }
    let marks = Int(number(18, 2))
    guard marks <= GuardLedger.mostMarks else { return nil }
    let after = 20 + 32 * marks
    let length = Int(number(after, 4))
    guard length <= end - start - after - 8 else { return nil }
    let text = Array(bytes[start + after + 4..<start + after + 4 + length])
    guard let policy = try? GuardPolicy(json: Bytes(text)) else { return nil }
    let channels = number(16, 2)
    let copies = version == 2 ? 0 : number(after + 4 + length, 4)
    guard version == 2 || (1...mostPlaces).contains(copies) else { return nil }
    return (
      GuardLedger.Head(
        marks: (0..<marks).map { Array(bytes[start + 20 + 32 * $0..<start + 52 + 32 * $0]) },
        channels: DetectionChannel.allCases.filter { channels >> UInt64($0.rawValue) & 1 == 1 },
        policy: policy), number(8, 8), UInt32(copies)
    )
  }

  private static let mostPlaces = UInt64(GuardLedger.mostBytes / LedgerSlot.size)
}
