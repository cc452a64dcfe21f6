// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

/// What goes into a place of a ledger, before it goes there: 512 bytes, little-endian. A kill that stops one write leaves the other.
///
/// The content (``LedgerSlot``), the number of the place (u64), a sum over that and the content's own (u64), and zeros.
struct LedgerCopy {
  static let size = 2 * LedgerSlot.size
  /// Places that one takes.
  static let places: UInt32 = 2

  let slot: LedgerSlot
  let place: UInt32

  init(_ slot: LedgerSlot, at place: UInt32) { (self.slot, self.place) = (slot, place) }

  /// - Returns: nil for what is not whole, or was never written.
  init?(reading bytes: Span<UInt8>) {
    slot = LedgerSlot(reading: bytes.extracting(0..<LedgerSlot.size))
    let (number, sum) = (LedgerSlot.word(bytes, 32), LedgerSlot.word(bytes, 33))
    guard number > 0, let place = UInt32(exactly: number) else { return nil }
    self.place = place
    if case .damaged = slot.reading { return nil }
    guard sum == self.sum else { return nil }
  }

  func write(to file: SlotFile, at offset: Int) throws(FilesError) {
    try slot.write(to: file, at: offset)
    var end = InlineArray<2, UInt64>(repeating: 0)
    (end[0], end[1]) = (UInt64(place).littleEndian, sum.littleEndian)
    try file.write(end.span, at: offset + LedgerSlot.size)
  }

  private var sum: UInt64 {
    let sum = (slot.writtenSum ^ 0xCBF2_9CE4_8422_2325 ^ UInt64(place)) &* 0x0000_0100_0000_01B3
    return sum ^ sum >> 29
  }
}
