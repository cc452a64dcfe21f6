// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import MartletFiles
import Synchronization

/// The file in which a guard keeps what it remembers: each party has a place of its own, which is written before an answer goes
/// out. So a server that is killed forgets nothing that it has answered.
///
/// Two heads of 4,096 bytes, of which the newer one that is whole counts, then places of 256 bytes (``LedgerSlot``). A head:
/// `MGRD`, version 3 (u16), a zero (u16), a number that grows (u64), which channels there are (u16), how many calibrations (u16)
/// with the mark of each (32 bytes), the length of the policy (u32) and the policy as JSON, where the copies begin (u32), all
/// little-endian; zeros; and at its end the SHA-256 of all before.
///
/// The file is written as memory, which a kill can stop anywhere. So what goes into a place goes into a copy first
/// (``LedgerCopy``): of the two at least one is whole. There is a copy for each lock that writers hold, of the party that was
/// written last behind it; the copies together are a run of places. A file of version 2 has none, and is read and gets them.
package final class GuardLedger: Sendable {
  /// What is remembered beside the parties.
  package struct Head: Equatable, Sendable {
    /// Of the calibrations that the evidence is by.
    var marks: [[UInt8]] = []
    var channels: [DetectionChannel] = []
    package var policy = GuardPolicy()
  }

  private struct State {
    var number: UInt64
    /// Places that are free, and how many there are in all.
    var free: [UInt32] = []
    var count: UInt32 = 0
  }

  /// The first place of the copies.
  private let copies: UInt32

  private let file: SlotFile
  private let state: Mutex<State>
  private let isFailingNow = Atomic(false)
  private let isDirty = Atomic(false)

  static let headSize = 4_096
  static let mostMarks = 8

  /// - Parameter patience: how long to wait for another server that has the file.
  /// - Throws: `FilesError`, ``GuardError/badState(offset:reason:)``.
  package convenience init(
    _ path: String, waitingAtMost patience: Duration = .seconds(15)
  ) throws {
    try self.init(path, patience, found: { _ in })
  }

  /// - Parameter found: told what was remembered, before anything is written.
  init(_ path: String, _ patience: Duration, found: (GuardRecollection) -> Void) throws {
    file = try SlotFile(
      path, purpose: "what the guard remembers", atMost: Self.mostBytes, waitingAtMost: patience)
    let recollection = try GuardRecollection(path)
    var state = State(
      number: recollection.number, free: recollection.free.sorted(by: >), count: recollection.slots)
    if recollection.copies == 0 { state.count += LedgerCopy.places * UInt32(GuardBook.shardCount) }
    copies = recollection.copies == 0 ? recollection.slots + 1 : recollection.copies
    self.state = Mutex(state)
    found(recollection)
    // Copies that no head tells of would be taken for parties.
    if recollection.copies == 0 { try write(durably: recollection.head) }
  }

  /// As many parties as there can be, once more where they were forgotten and came back, and the copies.
  static let mostBytes =
    2 * headSize + 2 * Limits.guardParties * LedgerSlot.size + GuardBook.shardCount * LedgerCopy.size

  /// Whether the last thing that was to be remembered could not be written.
  package var isFailing: Bool { isFailingNow.load(ordering: .acquiring) }

  /// Writes what there is beside the parties.
  func write(_ head: Head) { attempt { () throws(FilesError) in try write(durably: head) } }

  private func write(durably head: Head) throws(FilesError) {
    let (bytes, number) = state.withLock { state in
      state.number += 1
      return (encoded(head, state.number), state.number)
    }
    try file.write(bytes.span, at: Int(number % 2) * Self.headSize)
    // A head that is torn by the power going must not be the one before as well.
    try file.sync()
  }

  /// Writes a party, giving it a place when it has none.
  /// - Parameter shard: behind whose lock this is called.
  func write(_ party: GuardedParty, _ watched: inout WatchedParty, shard: Int) {
    if watched.slot == 0 { watched.slot = place() }
    put(LedgerSlot(party, watched), watched.slot, shard)
  }

  /// Forgets a party.
  /// - Parameter shard: behind whose lock this is called.
  func free(_ slot: UInt32, shard: Int) {
    guard slot != 0 else { return }
    put(LedgerSlot(), slot, shard)
    state.withLock { $0.free.append(slot) }
  }

  private func put(_ slot: LedgerSlot, _ place: UInt32, _ shard: Int) {
    let copy = Self.offset(copies) + shard * LedgerCopy.size
    attempt { () throws(FilesError) in
      try LedgerCopy(slot, at: place).write(to: file, at: copy)
      file.order()
      try slot.write(to: file, at: Self.offset(place))
      file.order()
    }
  }

  /// Makes durable what was written since the last time.
  package func sync() {
    guard isDirty.exchange(false, ordering: .acquiringAndReleasing) else { return }
    attempt { () throws(FilesError) in try file.sync() }
  }

  /// Writes what is left, and lets another server have the file.
  package func close() {
    sync()
    file.release()
  }

  /// Places count from 1.
  static func offset(_ slot: UInt32) -> Int { 2 * headSize + (Int(slot) - 1) * LedgerSlot.size }

  private func place() -> UInt32 {
    state.withLock { state in
      if let free = state.free.popLast() { return free }
      state.count += 1
      return state.count
    }
  }

  private func attempt(_ body: () throws(FilesError) -> Void) {
    do throws(FilesError) {
      try body()
      isDirty.store(true, ordering: .relaxed)
      if isFailingNow.load(ordering: .relaxed) { isFailingNow.store(false, ordering: .releasing) }
    } catch {
      isFailingNow.store(true, ordering: .releasing)
    }
  }

  private func encoded(_ head: Head, _ number: UInt64) -> [UInt8] {
    var bytes = Array("MGRD".utf8)
    func append(_ value: UInt64, _ width: Int) {
      for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }
    append(3, 2)
    append(0, 2)
    append(number, 8)
    append(head.channels.reduce(0) { $0 | 1 << UInt64($1.rawValue) }, 2)
    append(UInt64(head.marks.count), 2)
    for mark in head.marks { bytes += mark }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Numbers that were checked, and words: there is nothing in it that could fail to encode.
    let policy = Array(try! encoder.encode(head.policy))
    append(UInt64(policy.count), 4)
    bytes += policy
    append(UInt64(copies), 4)
    bytes += [UInt8](repeating: 0, count: Self.headSize - 32 - bytes.count)
    return bytes + Array(SHA256.hash(data: bytes))
  }
}
