// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import Synchronization
import Testing

@Suite struct FileBatchTests {
  @Test(arguments: [1, 3, 200]) func syncsDoNotGrowWithTheFiles(files: Int) throws {
    let scratch = try Scratch()
    let syncs = Mutex(0)
    try Disk.$interference.withValue({ step in
      if [.sync, .syncAll].contains(step.operation) { syncs.withLock { $0 += 1 } }
      return nil
    }) {
      var batch = FileBatch(in: scratch.path)
      for file in 0..<files { try batch.write([UInt8(file)].span, to: scratch("d/\(file % 7)/\(file)")) }
      try batch.makeDurable()
    }
    #expect(syncs.withLock { $0 } <= 12)
    #expect(syncs.withLock { $0 } >= 1)
    for file in 0..<files {
      #expect(try WholeFile.read(scratch("d/\(file % 7)/\(file)"), atMost: 1) == [UInt8(file)])
    }
  }

  @Test func aDirectoryInTheWayIsAnError() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("a"))
    #expect(throws: FilesError.self) {
      var batch = FileBatch(in: scratch.path)
      try batch.write([1].span, to: scratch("a"))
      try batch.makeDurable()
    }
  }
}
