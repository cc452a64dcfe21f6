// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@Suite struct ByteCursorTests {
  @Test func readsNumbersInBothOrders() throws {
    let bytes = Bytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    var cursor = ByteCursor(bytes.span)
    #expect(try cursor.u8() == 1)
    #expect(try cursor.u16() == 0x0302)
    #expect(try cursor.u32() == 0x0706_0504)
    #expect(try cursor.u64BigEndian() == 0x0809_0A0B_0C0D_0E0F)
    let left = cursor.remaining
    #expect(left == 0)
  }

  @Test func aReadPastTheEndNamesWhatIsMissingAndMovesNothing() throws {
    let bytes = Bytes([1, 2, 3])
    var cursor = ByteCursor(bytes.span)
    try cursor.skip(1)
    #expect(throws: BytesError.truncated(offset: 1, needed: 4, available: 2)) { try cursor.u32() }
    #expect(throws: BytesError.truncated(offset: 1, needed: -1, available: 2)) { try cursor.skip(-1) }
    let offset = cursor.offset
    #expect(offset == 1)
    #expect(throws: BytesError.outOfBounds(offset: 1, value: .max)) { try cursor.seek(to: .max) }
  }

  @Test func slicesShareOffsetsOfTheirOwn() throws {
    let slice = Bytes([0, 1, 2, 3, 4, 5]).slice(2..<6).slice(1..<3)
    #expect(slice.array() == [3, 4])
    #expect(slice[1] == 4)
    #expect(throws: BytesError.truncated(offset: 1, needed: 2, available: 1)) {
      try slice.checkedSlice(at: 1, count: 2)
    }
    #expect(throws: BytesError.self) { try slice.checkedSlice(at: .max, count: .max) }
  }
}

@Suite struct BytesFileTests {
  @Test func readsAFileWhole() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("bytes \(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data([7, 8, 9]).write(to: URL(fileURLWithPath: path))
    #expect(try Bytes(contentsOf: path).array() == [7, 8, 9])
  }

  @Test func refusesWhatIsNotAFile() {
    #expect(throws: BytesError.notAFile(path: "/tmp")) { try Bytes(contentsOf: "/tmp") }
    #expect(throws: BytesError.unreadable(path: "/no/such", reason: "No such file or directory")) {
      try Bytes(contentsOf: "/no/such")
    }
  }
}
