// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Synchronization
import Testing

@Suite struct FileLockTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test func aHeldLockNamesItsHolder() throws {
    let lock = try FileLock.acquire(scratch("lock"), purpose: "the store", waitingAtMost: .zero)
    let error = #expect(throws: FilesError.self) {
      _ = try FileLock.acquire(scratch("lock"), purpose: "the store", waitingAtMost: .milliseconds(2))
    }
    let message = try #require(error?.description)
    #expect(message.hasPrefix("the store is locked by process \(getpid()) ("))
    #expect(message.contains(") since 20"))
    extendLifetime(lock)
  }

  @Test func aReleasedLockIsFree() throws {
    for _ in 0..<3 {
      let lock = try FileLock.acquire(scratch("lock"), purpose: "it", waitingAtMost: .zero)
      #expect(try scratch.text("lock")?.hasPrefix("\(getpid())\n") == true)
      extendLifetime(lock)
    }
    #expect(try scratch.text("lock") == "")
  }

  @Test(arguments: ["", "junk", "12\na\n", "-1\na\nb\n", "9\n\u{1B}[2Jgone\nb\n", "99999999999\na\nb\n"])
  func aLockFileWithJunkNamesNobody(junk: String) throws {
    let held = open(scratch("lock"), O_RDWR | O_CREAT, 0o600)
    defer { close(held) }
    #expect(flock(held, LOCK_EX) == 0)
    #expect(write(held, junk, junk.utf8.count) == junk.utf8.count)
    #expect(
      throws: FilesError.locked(path: scratch("lock"), purpose: "it", holder: nil)
    ) { _ = try FileLock.acquire(scratch("lock"), purpose: "it", waitingAtMost: .zero) }
  }

  @Test func threadsTakeTurns() async throws {
    let turns = Turns(path: scratch("lock"))
    try await withThrowingTaskGroup { group in
      for _ in 0..<4 { group.addTask { try turns.take(20) } }
      try await group.waitForAll()
    }
    #expect(turns.taken.withLock { $0 } == 80)
  }

  private final class Turns: Sendable {
    let path: String
    let inside = Mutex(0)
    let taken = Mutex(0)

    init(path: String) { self.path = path }

    func take(_ count: Int) throws {
      for _ in 0..<count {
        let lock = try FileLock.acquire(path, purpose: "it", waitingAtMost: .seconds(600))
        defer { extendLifetime(lock) }
        let others = inside.withLock { inside in
          defer { inside += 1 }
          return inside
        }
        #expect(others == 0)
        taken.withLock { $0 += 1 }
        inside.withLock { $0 -= 1 }
      }
    }
  }

  @Test func aClosedDescriptorReleases() throws {
    // What the system does with every descriptor of a process that ends, however it ends.
    let held = open(scratch("lock"), O_RDWR | O_CREAT, 0o600)
    #expect(flock(held, LOCK_EX) == 0)
    #expect(throws: FilesError.self) {
      _ = try FileLock.acquire(scratch("lock"), purpose: "it", waitingAtMost: .zero)
    }
    close(held)
    let lock = try FileLock.acquire(scratch("lock"), purpose: "it", waitingAtMost: .zero)
    extendLifetime(lock)
  }
}
