// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
package import MartletBytes
package import MartletFiles
import Synchronization

/// What a guard remembers, in a form that outlives it.
///
/// Little-endian: `MGRD`, version 1 (u16), the mark of the calibration (32 bytes), the number of parties (u32), then of each its
/// kind (u8), its name (u8 length, UTF-8), queries, flagged at (u32 each), kind of flag (u8), peak (f32), spent (u32), budget since
/// and last seen (f64 each), 27 bets (f32) and 9 counts (u32); the SHA-256 of all that at the end.
package struct GuardState: Sendable {
  let calibration: [UInt8]
  let parties: [(GuardedParty, WatchedParty)]

  fileprivate static let magic = Array("MGRD".utf8)
  fileprivate static let version: UInt16 = 1
  private static let header = 42
  private static let digest = 32

  /// Reads what ``Guard/encoded()`` wrote.
  /// - Throws: ``GuardError/badState(offset:reason:)``.
  package init(decoding bytes: Bytes) throws(GuardError) {
    let all = bytes.array()
    guard all.count <= Limits.guardState, all.count >= Self.header + Self.digest else {
      throw .badState(
        offset: 0,
        reason: "expected from \(Self.header + Self.digest) to \(Limits.guardState) bytes, found \(all.count)"
      )
    }
    let end = all.count - Self.digest
    guard Array(SHA256.hash(data: all[..<end])) == Array(all[end...]) else {
      throw .badState(offset: end, reason: "the digest at its end is not that of what is before it")
    }
    var reader = StateReader(all.span.extracting(0..<end))
    guard try reader.bytes(4) == Self.magic, try reader.u16() == Self.version else {
      throw .badState(offset: 0, reason: "expected 'MGRD' and version \(Self.version), found others")
    }
    calibration = try reader.bytes(32)
    let count = try reader.u32()
    guard count <= Limits.guardParties else {
      throw .badState(offset: 38, reason: "expected at most \(Limits.guardParties) parties, found \(count)")
    }
    var parties: [(GuardedParty, WatchedParty)] = []
    for _ in 0..<count { parties.append(try reader.party()) }
    guard reader.isAtEnd else {
      throw .badState(offset: reader.offset, reason: "expected the end after \(count) parties, found more")
    }
    self.parties = parties
  }
}

extension Guard {
  /// What is remembered, for ``GuardState/init(decoding:)``. Others may go on asking meanwhile: each party is written as it is at
  /// some instant.
  package func encoded() -> [UInt8] {
    var body: [UInt8] = []
    var count: UInt32 = 0
    for shard in shards {
      let parties = shard.parties.withLock { $0 }
      for (party, watched) in parties {
        body.append(party, watched)
        count += 1
      }
    }
    var bytes = GuardState.magic
    bytes.append(number: UInt64(GuardState.version), 2)
    bytes += calibration.mark
    bytes.append(number: UInt64(count), 4)
    bytes += body
    return bytes + Array(SHA256.hash(data: bytes))
  }

  /// Writes ``encoded()`` so that a crash leaves the old file or the new.
  /// - Throws: `FilesError`.
  package func save(to path: String) throws(FilesError) {
    try DurableFile.replace(path, with: encoded().span, mode: 0o600)
  }
}

extension GuardCalibration {
  /// The SHA-256 of all thresholds: evidence by one calibration is none by another.
  var mark: [UInt8] {
    var text = model
    for channel in DetectionChannel.allCases {
      for threshold in thresholds[channel] ?? [] {
        text +=
          "\n\(channel.name) \(threshold.oneIn) \(threshold.score.bitPattern) \(threshold.rate.bitPattern)"
      }
    }
    return Array(SHA256.hash(data: Array("\(text)\n\(slack.bitPattern)".utf8)))
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt64, _ width: Int) {
    for place in 0..<width { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place))) }
  }

  fileprivate mutating func append(_ party: GuardedParty, _ watched: WatchedParty) {
    append(party.kind.rawValue)
    append(UInt8(party.name.utf8.count))
    append(contentsOf: party.name.utf8)
    append(number: UInt64(watched.process.queries), 4)
    append(number: UInt64(watched.flaggedAt), 4)
    append(watched.kind.rawValue)
    append(number: UInt64(watched.peak.bitPattern), 4)
    append(number: UInt64(watched.allowance.spent), 4)
    append(number: watched.allowance.since.bitPattern, 8)
    append(number: watched.seenAt.bitPattern, 8)
    for place in 0..<27 { append(number: UInt64(watched.process.bets[place].bitPattern), 4) }
    for place in 0..<9 { append(number: UInt64(watched.process.hits[place]), 4) }
  }
}

/// Reads the parts of a state, with this module's error.
private struct StateReader: ~Escapable {
  private var cursor: ByteCursor

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { cursor = ByteCursor(bytes) }

  var offset: Int { cursor.offset }
  var isAtEnd: Bool { cursor.isAtEnd }

  mutating func bytes(_ count: Int) throws(GuardError) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count { bytes.append(UInt8(try number(1))) }
    return bytes
  }

  mutating func u16() throws(GuardError) -> UInt16 { UInt16(try number(2)) }
  mutating func u32() throws(GuardError) -> UInt32 { UInt32(try number(4)) }

  mutating func party() throws(GuardError) -> (GuardedParty, WatchedParty) {
    let start = offset
    guard let kind = GuardedParty.Kind(rawValue: UInt8(try number(1))) else {
      throw .badState(offset: start, reason: "expected a key, a tenant or a network, found another kind")
    }
    let length = Int(try number(1))
    let bytes = try bytes(length)
    guard length <= Limits.guardName, let name = String(validating: bytes, as: UTF8.self) else {
      throw .badState(
        offset: start + 1, reason: "expected a name of at most \(Limits.guardName) bytes of UTF-8")
    }
    var process = ConformalProcess()
    process.queries = try u32()
    let flaggedAt = try u32()
    guard flaggedAt <= process.queries else {
      throw .badState(offset: offset - 4, reason: "expected a flag at a query that was asked")
    }
    let place = offset
    guard let flag = GuardFlag.Kind(rawValue: UInt8(try number(1))) else {
      throw .badState(
        offset: place, reason: "expected an attack, a shift or drift, found another kind of flag")
    }
    let peak = try float()
    let spent = try u32()
    let since = try time()
    let seenAt = try time()
    for place in 0..<27 { process.bets[place] = try float() }
    for place in 0..<9 {
      process.hits[place] = try u32()
      guard process.hits[place] <= process.queries else {
        throw .badState(offset: offset - 4, reason: "expected no more hits than queries")
      }
    }
    var watched = WatchedParty(
      process: process, allowance: Allowance(spent: spent, since: since), at: seenAt)
    (watched.peak, watched.flaggedAt, watched.kind) = (peak, flaggedAt, flag)
    return (GuardedParty(kind, name), watched)
  }

  private mutating func float() throws(GuardError) -> Float {
    let value = Float(bitPattern: try u32())
    guard value >= 0, value.isFinite else {
      throw .badState(offset: offset - 4, reason: "expected a number that is not negative")
    }
    return value
  }

  private mutating func time() throws(GuardError) -> Double {
    let value = Double(bitPattern: try number(8))
    guard value.isFinite else { throw .badState(offset: offset - 8, reason: "expected a time") }
    return value
  }

  private mutating func number(_ width: Int) throws(GuardError) -> UInt64 {
    do throws(BytesError) {
      switch width {
      case 1: return UInt64(try cursor.u8())
      case 2: return UInt64(try cursor.u16())
      case 4: return UInt64(try cursor.u32())
      default: return try cursor.u64()
      }
    } catch { throw .badState(offset: cursor.offset, reason: "it ends too early") }
  }
}
