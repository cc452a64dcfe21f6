// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletBytes
import MartletFiles
import Testing

@testable import MartletEncrypt

/// Changing the recipients of a sealed file on disk.
@Suite struct RewrapTests {
  static let plaintext = Sample.plaintext(200_000)

  /// Whether each identity opens the file, whole.
  private func opens(_ path: String, _ identity: borrowing SealingIdentity) throws -> Bool {
    do {
      return try SealedPath(path).unlock(with: identity).open().withUnsafeBytes { Array($0) }
        == Self.plaintext
    } catch SealError.notForThisIdentity {
      return false
    }
  }

  private func seal(_ path: String, for recipients: [SealingRecipient]) throws {
    var file = Data()
    _ = try SealedFile.seal(Bytes(Self.plaintext), to: recipients) { part in
      for index in part.indices { file.append(part[index]) }
    }
    try file.write(to: URL(fileURLWithPath: path))
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func recipientsComeAndGoInPlace() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let anna = try SealingIdentity.generate()
      let ben = try SealingIdentity.generate()
      let eve = try SealingIdentity.generate()
      try seal(path, for: [anna.recipient, eve.recipient])
      let before = try bytes(path)
      let became = try SealedPath(path)
        .rewrap(with: anna, adding: [ben.recipient], removing: [eve.recipient])
      #expect(became == .inPlace)
      let after = try bytes(path)
      #expect(after.count == before.count && after[4080...] == before[4080...])
      #expect(try opens(path, anna))
      #expect(try opens(path, ben))
      #expect(try !opens(path, eve))
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["f.age"])
    }
  }

  @Test func stockAgeOpensWhatWasRewrapped() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let anna = try SealingIdentity.generate()
      let ben = try SealingIdentity.generate()
      try seal(path, for: [anna.recipient])
      _ = try SealedPath(path).rewrap(with: anna, adding: [ben.recipient], removing: [anna.recipient])
      try ben.withIdentityFile { text in
        try Data((0..<text.count).map { text[$0] }).write(to: URL(fileURLWithPath: directory + "/key"))
      }
      let opened = try AgeTool.run("age", ["-d", "-i", directory + "/key", path])
      #expect(opened == Data(Self.plaintext))
    }
  }

  @Test func whatIsSoAlreadyIsLeft() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let anna = try SealingIdentity.generate()
      try seal(path, for: [anna.recipient])
      let before = try bytes(path)
      #expect(try SealedPath(path).rewrap(with: anna, adding: [anna.recipient], removing: []) == .unchanged)
      #expect(try bytes(path) == before)
    }
  }

  @Test func whoeverIsNoRecipientCannotBeTakenAwayNorTakeAway() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let anna = try SealingIdentity.generate()
      let eve = try SealingIdentity.generate()
      try seal(path, for: [anna.recipient])
      let before = try bytes(path)
      #expect(throws: SealError.notARecipient("\(eve.recipient)")) {
        try SealedPath(path).rewrap(with: anna, adding: [], removing: [eve.recipient])
      }
      #expect(throws: SealError.noRecipient) {
        try SealedPath(path).rewrap(with: anna, adding: [], removing: [anna.recipient])
      }
      #expect(throws: SealError.notForThisIdentity("\(eve.recipient)", found: ["X25519", "martlet-filler"])) {
        try SealedPath(path).rewrap(with: eve, adding: [eve.recipient], removing: [])
      }
      #expect(throws: SealError.mixedRecipients) {
        let safe = try SealingIdentity.generate(postQuantum: true)
        return try SealedPath(path).rewrap(with: anna, adding: [safe.recipient], removing: [])
      }
      #expect(try bytes(path) == before)
    }
  }

  @Test func aFileOfAnotherToolIsWrittenWholeOnce() throws {
    try Sample.withDirectory { directory in
      let anna = try SealingIdentity.generate()
      let ben = try SealingIdentity.generate()
      try Data(Self.plaintext).write(to: URL(fileURLWithPath: directory + "/f"))
      for armored in [false, true] {
        let path = directory + "/f\(armored).age"
        let options = armored ? ["-a"] : []
        _ = try AgeTool.run("age", options + ["-r", "\(anna.recipient)", "-o", path, directory + "/f"])
        chmod(path, 0o640)
        #expect(try SealedPath(path).rewrap(with: anna, adding: [ben.recipient], removing: []) == .whole)
        #expect(try opens(path, anna))
        #expect(try opens(path, ben))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try SealedPath(path).rewrap(with: ben, adding: [], removing: [ben.recipient]) == .inPlace)
        #expect(try opens(path, anna))
        #expect(try !opens(path, ben))
      }
    }
  }

  @Test func moreRecipientsThanThePageHasRoomForMakeTheHeaderLonger() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let anna = try SealingIdentity.generate()
      try seal(path, for: [anna.recipient])
      var others: [SealingRecipient] = []
      for _ in 0..<40 { others.append(try SealingIdentity.generate().recipient) }
      #expect(try SealedPath(path).rewrap(with: anna, adding: Array(others[..<36]), removing: []) == .inPlace)
      #expect(try SealedPath(path).rewrap(with: anna, adding: others, removing: []) == .whole)
      #expect(try SealedPath(path).header().count == 8176)
      #expect(try SealedPath(path).rewrap(with: anna, adding: [], removing: others) == .inPlace)
      #expect(try opens(path, anna))
    }
  }

  @Test func aPassphraseStaysAlone() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let passphrase = try Passphrase(copying: Array("x".utf8).span, workFactor: 10)
      var file = Data()
      _ = try FileSealer(passphrase: passphrase).seal(Bytes(Self.plaintext)) { part in
        for index in part.indices { file.append(part[index]) }
      }
      try file.write(to: URL(fileURLWithPath: path))
      let other = try SealingIdentity.generate().recipient
      #expect(throws: SealError.sealedWithPassphrase) {
        try SealedPath(path).rewrap(with: passphrase, adding: [other], removing: [])
      }
    }
  }

  /// A journal that lies there by accident, or that somebody put there, changes no other file.
  @Test func theJournalOfAnotherFileIsIgnored() throws {
    try Sample.withDirectory { directory in
      let anna = try SealingIdentity.generate()
      let eve = try SealingIdentity.generate()
      try seal(directory + "/f.age", for: [anna.recipient])
      try seal(directory + "/other.age", for: [eve.recipient])
      let start = try bytes(directory + "/other.age")[..<4096]
      for journal in [Array(start), Array(start.dropLast()), [], [UInt8](repeating: 0, count: 4096)] {
        try Data(journal).write(to: URL(fileURLWithPath: directory + "/.f.age.journal"))
        #expect(try opens(directory + "/f.age", anna))
      }
      #expect(try SealedPath(directory + "/f.age").rewrap(with: anna, adding: [], removing: []) == .unchanged)
      #expect(try Set(FileManager.default.contentsOfDirectory(atPath: directory)) == ["f.age", "other.age"])
    }
  }

  /// The journal stands beside the file, whichever of its names is used.
  @Test func aLinkToAFileIsThatFile() throws {
    try Sample.withDirectory { directory in
      let anna = try SealingIdentity.generate()
      let ben = try SealingIdentity.generate()
      try FileManager.default.createDirectory(atPath: directory + "/real", withIntermediateDirectories: false)
      try seal(directory + "/real/f.age", for: [anna.recipient])
      try FileManager.default.createSymbolicLink(
        atPath: directory + "/link.age", withDestinationPath: "real/f.age")
      let changed = try SealedPath(directory + "/link.age")
        .rewrap(with: anna, adding: [ben.recipient], removing: [])
      #expect(changed == .inPlace)
      #expect(try opens(directory + "/real/f.age", ben))
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: directory + "/link.age") == "real/f.age")
    }
  }

  @Test func oneAtATime() throws {
    try Sample.withDirectory { directory in
      let path = directory + "/f.age"
      let anna = try SealingIdentity.generate()
      try seal(path, for: [anna.recipient])
      let held = try InPlaceFile(path)
      #expect(throws: SealError.file(.locked(path: path, purpose: path, holder: nil))) {
        try SealedPath(path).rewrap(with: anna, adding: [], removing: [])
      }
      _ = held.path
    }
  }

  /// The power goes at each call in turn, and what was not synced is then there in each of the ways the disk may have it: the
  /// old start of the file, the new one, or half of each; with the journal's name and without.
  @Test(arguments: TornStart.allCases) func aCrashAnywhereLeavesTheOldRecipientsOrTheNew(torn: TornStart)
    throws
  {
    try Sample.withDirectory { directory in
      let anna = try SealingIdentity.generate()
      let ben = try SealingIdentity.generate()
      let eve = try SealingIdentity.generate()
      try seal(directory + "/original", for: [anna.recipient, eve.recipient])
      var crashes = 0
      for call in 0..<100 {
        let folder = "\(directory)/\(call)"
        let path = folder + "/f.age"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: directory + "/original", toPath: path)
        let cut = StartPowerCut(at: call, path: path, torn: torn)
        let acknowledged = Disk.$interference.withValue({ cut.before($0) }) {
          try? SealedPath(path).rewrap(with: anna, adding: [ben.recipient], removing: [eve.recipient])
        }
        guard cut.happened else { break }
        crashes += 1
        cut.lose()

        #expect(try opens(path, anna), "after a crash at call \(call)")
        let isNew = try opens(path, ben)
        #expect(try opens(path, eve) != isNew, "after a crash at call \(call)")
        if acknowledged != nil { #expect(isNew) }

        // Doing it again completes it, whatever the crash has left.
        let became = try SealedPath(path)
          .rewrap(with: anna, adding: [ben.recipient], removing: isNew ? [] : [eve.recipient])
        #expect(became == (isNew ? .unchanged : .inPlace))
        #expect(try opens(path, anna))
        #expect(try opens(path, ben))
        #expect(try !opens(path, eve))
        try DurableFile.sweep(folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["f.age"])
        #expect(try bytes(path)[4080...] == bytes(directory + "/original")[4080...])
      }
      // Create, write, sync, rename, sync of the directory; write, sync, remove; a short write adds to each.
      #expect(crashes >= 8)
    }
  }
}
