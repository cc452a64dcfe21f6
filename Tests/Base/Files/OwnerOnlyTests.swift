// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Testing

@Suite struct OwnerOnlyTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test func secretsAreForTheirOwner() throws {
    try OwnerOnly.createDirectory(scratch("a/keys"))
    try OwnerOnly.create(scratch("a/keys/key"), with: [1, 2, 3].span)
    #expect(scratch.mode("a/keys") == 0o700)
    #expect(scratch.mode("a/keys/key") == 0o600)
    #expect(try OwnerOnly.read(scratch("a/keys/key")) == [1, 2, 3])
    #expect(try OwnerOnly.read(scratch("a/keys/none")) == nil)
  }

  @Test(arguments: [0o640, 0o604, 0o610, 0o644, 0o777] as [mode_t])
  func looserModesAreRefused(mode: mode_t) throws {
    try OwnerOnly.create(scratch("key"), with: [1].span)
    #expect(chmod(scratch("key"), mode) == 0)
    let error = #expect(throws: FilesError.tooOpen(path: scratch("key"), mode: mode, isDirectory: false)) {
      try OwnerOnly.read(scratch("key"))
    }
    #expect(error?.description.contains("chmod 600 '\(scratch("key"))'") == true)
  }

  @Test func anOpenDirectoryIsRefused() throws {
    try Directory.make(scratch("keys"))
    #expect(chmod(scratch("keys"), 0o755) == 0)
    #expect(throws: FilesError.tooOpen(path: scratch("keys"), mode: 0o755, isDirectory: true)) {
      try OwnerOnly.createDirectory(scratch("keys"))
    }
  }

  @Test func aKeyIsNeverOverwritten() throws {
    try OwnerOnly.create(scratch("key"), with: [1].span)
    #expect(throws: FilesError.self) { try OwnerOnly.create(scratch("key"), with: [2].span) }
    #expect(try OwnerOnly.read(scratch("key")) == [1])
  }

  @Test func linksAndOtherThingsAreRefused() throws {
    try OwnerOnly.create(scratch("key"), with: [1].span)
    #expect(symlink(scratch("key"), scratch("link")) == 0)
    #expect(mkfifo(scratch("pipe"), 0o600) == 0)
    for name in ["link", "pipe", "."] {
      #expect(throws: FilesError.notAFile(path: scratch(name))) { try OwnerOnly.read(scratch(name)) }
    }
  }

  @Test func aFileBeyondTheLimitIsRefused() throws {
    try DurableFile.replace(scratch("a"), with: "12345")
    #expect(try WholeFile.read(scratch("a"), atMost: 5)?.count == 5)
    #expect(throws: FilesError.tooLarge(path: scratch("a"), limit: 4)) {
      try WholeFile.read(scratch("a"), atMost: 4)
    }
    #expect(throws: FilesError.tooLarge(path: "/proc/self/status", limit: 10)) {
      try WholeFile.read("/proc/self/status", atMost: 10)
    }
  }
}
