// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Testing

@Suite struct BytesSpoolTests {
  @Test(arguments: [1 << 20, 10, 0]) func whatGoesInComesOut(_ inMemory: Int) throws {
    let spool = BytesSpool(inMemory: inMemory)
    try spool.append(Bytes([1, 2, 3, 4, 5, 6]))
    try spool.appendZeros(7)
    try spool.append(Bytes([8, 9]))
    #expect(spool.count == 15)
    let bytes = try spool.finish()
    #expect(bytes.array() == [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 8, 9])
  }

  @Test func nothingIsNothing() throws { #expect(try BytesSpool().finish().isEmpty) }
}
