// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletServer

@Suite struct ServerMemoryTests {
  @Test(
    arguments: [
      (
        "7f3a00001000-7f3a00003000 r-xp 00001000 fe:00 1234    /usr/lib/libc.so.6",
        0x7f3a_0000_1000..<0x7f3a_0000_3000
      ),
      (
        "7f3a00001000-7f3a00003000 r-xp 00000000 fe:00 1234    /opt/a name/tool",
        0x7f3a_0000_1000..<0x7f3a_0000_3000
      ),
      // Data, data that was relocated, code made at run time, and the kernel's own.
      ("7f3a00001000-7f3a00003000 rw-p 00001000 fe:00 1234    /usr/lib/libc.so.6", nil),
      ("7f3a00001000-7f3a00003000 r--p 00001000 fe:00 1234    /usr/lib/libc.so.6", nil),
      ("7f3a00001000-7f3a00003000 rwxp 00001000 fe:00 1234    /usr/lib/libc.so.6", nil),
      ("7f3a00001000-7f3a00003000 r-xp 00000000 00:00 0 ", nil),
      ("7ffc00001000-7ffc00003000 r-xp 00000000 00:00 0       [vdso]", nil),
      ("7f3a00003000-7f3a00001000 r-xp 00000000 fe:00 1234    /usr/lib/libc.so.6", nil),
      ("", nil),
    ] as [(Substring, Range<UInt>?)])
  func onlyCodeOfFilesIsGivenBack(_ line: Substring, _ expected: Range<UInt>?) {
    #expect(ServerMemory.codeRange(line) == expected)
  }
}
