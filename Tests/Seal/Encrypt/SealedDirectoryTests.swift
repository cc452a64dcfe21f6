// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletBytes
import MartletFiles
import Testing

@testable import MartletEncrypt

@Suite struct SealedDirectoryTests {
  static let files = [
    "config.json": Array("{}".utf8), "empty": [], "model/weights.safetensors": Sample.plaintext(150_000),
    "model/deep/tokenizer": Sample.plaintext(5), ".hidden": [1],
  ]

  private func withSealed(
    _ body: (String, SealedDirectory, borrowing SealingIdentity) throws -> Void
  ) throws {
    try Sample.withDirectory { directory in
      for (name, bytes) in Self.files {
        let url = URL(fileURLWithPath: directory + "/in/" + name)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
      }
      let identity = try SealingIdentity.generate()
      try SealedDirectory.seal(directory + "/in", for: [identity.recipient], as: directory + "/out.age")
      try body(directory, SealedDirectory(directory + "/out.age"), identity)
    }
  }

  private func contents(_ directory: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      guard let data = FileManager.default.contents(atPath: directory + "/" + name) else { continue }
      found[name] = Array(data)
    }
    return found
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test func everythingComesBack() throws {
    try withSealed { directory, sealed, identity in
      try sealed.open(with: identity, as: directory + "/back")
      #expect(try contents(directory + "/back") == Self.files)
      let mode = try FileManager.default.attributesOfItem(atPath: directory + "/back/config.json")
      #expect(mode[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func namesDoNotShow() throws {
    try withSealed { _, sealed, _ in
      let names = try FileManager.default.subpathsOfDirectory(atPath: sealed.path).sorted()
      #expect(names.count == Self.files.count + 1 && names.last == "manifest.age")
      #expect(names.dropLast().allSatisfy { $0.wholeMatch(of: #/[0-9a-f]{32}\.age/#) != nil })
      for bytes in try contents(sealed.path).values {
        #expect(Data(bytes).range(of: Data("config".utf8)) == nil)
      }
    }
  }

  @Test func oneMemberOpensAlone() throws {
    try withSealed { directory, sealed, identity in
      let manifest = try sealed.manifest(with: identity)
      let wanted = try manifest.member("config.json").file
      for file in manifest.members.map(\.file) where file != wanted {
        try FileManager.default.removeItem(atPath: sealed.path + "/" + file)
      }
      let opened = try sealed.member("config.json", with: identity).open().withUnsafeBytes { Array($0) }
      #expect(opened == Array("{}".utf8))
      #expect(throws: SealError.directory(.missing("config", some: Self.files.keys.sorted()))) {
        _ = try sealed.member("config", with: identity)
      }
    }
  }

  @Test func stockAgeOpensManifestAndMembers() throws {
    try withSealed { directory, sealed, identity in
      try identity.withIdentityFile { text in
        try Data((0..<text.count).map { text[$0] }).write(to: URL(fileURLWithPath: directory + "/key"))
      }
      func age(_ file: String) throws -> Data {
        try AgeTool.run("age", ["-d", "-i", directory + "/key", sealed.path + "/" + file])
      }
      let manifest = try JSONDecoder().decode(SealedManifest.self, from: age("manifest.age"))
      for member in manifest.members {
        #expect(Array(try age(member.file)) == Self.files[member.name])
      }
    }
  }

  @Test func anExchangedMemberIsNoticed() throws {
    try withSealed { directory, sealed, identity in
      let members = try sealed.manifest(with: identity).members
      // Another member of the same directory, and a file made for the same recipient.
      let other = directory + "/in/config.json"
      try SealedOutput.seal(
        ReadableFile(other), with: FileSealer(for: [identity.recipient]), armored: false,
        as: directory + "/foreign", replacing: false)
      for source in [sealed.path + "/" + members[1].file, directory + "/foreign"] {
        let target = sealed.path + "/" + members[0].file
        try FileManager.default.removeItem(atPath: target)
        try FileManager.default.copyItem(atPath: source, toPath: target)
        #expect(throws: SealError.directory(.otherMember(members[0].name))) {
          try sealed.open(with: identity, as: directory + "/back")
        }
        #expect(!isThere(directory + "/back"))
      }
    }
  }

  @Test func aMissingOrAddedFileIsNoticedAndNothingIsLeft() throws {
    try withSealed { directory, sealed, identity in
      try Data().write(to: URL(fileURLWithPath: sealed.path + "/more.age"))
      #expect(throws: SealError.directory(.stray("more.age"))) {
        try sealed.open(with: identity, as: directory + "/back")
      }
      try FileManager.default.removeItem(atPath: sealed.path + "/more.age")
      let last = try sealed.manifest(with: identity).members.last!.file
      try FileManager.default.removeItem(atPath: sealed.path + "/" + last)
      #expect(throws: SealError.self) { try sealed.open(with: identity, as: directory + "/back") }
      #expect(try Set(FileManager.default.contentsOfDirectory(atPath: directory)) == ["in", "out.age"])
    }
  }

  @Test func whatIsThereIsNotReplaced() throws {
    try withSealed { directory, sealed, identity in
      for output in ["in", "out.age"] {
        let found = #expect(throws: FilesError.self) {
          try sealed.open(with: identity, as: directory + "/" + output)
        }
        #expect(found?.code == EEXIST)
      }
      let before = try contents(directory + "/in")
      #expect(before == Self.files)
    }
  }

  @Test(arguments: [
    "../escape", "/absolute", "a/../b", "a//b", "", ".", "a/.", "nul\0", String(repeating: "x", count: 256),
  ])
  func namesThatLeadElsewhereAreRefused(name: String) throws {
    let member = SealedManifest.Member(name: name, file: String(repeating: "0", count: 32) + ".age", size: 1)
    let text = try SealedManifest([member]).encoded()
    #expect(throws: SealError.directory(.badName(name))) { _ = try SealedManifest(reading: text.span) }
  }

  @Test func manifestsThatContradictThemselvesAreRefused() throws {
    let file = String(repeating: "0", count: 32) + ".age"
    func refusal(_ members: [(String, String, Int)]) throws -> SealError? {
      let text = try SealedManifest(members.map { .init(name: $0.0, file: $0.1, size: $0.2) }).encoded()
      do throws(SealError) { _ = try SealedManifest(reading: text.span) } catch { return error }
      return nil
    }
    #expect(try refusal([("a", file, 1), ("a", file, 1)]) == .directory(.badName("a")))
    #expect(try refusal([("a", file, 1), ("a/b", file, 1)]) == .directory(.badName("a")))
    #expect(try refusal([("a", "../" + file, 1)]) == .directory(.badName("a")))
    #expect(try refusal([("a", file, -1)]) == .directory(.badName("a")))
    for text in ["", "[]", "{}", "{\"format\":\"other\",\"members\":[]}"] {
      #expect(throws: SealError.self) { _ = try SealedManifest(reading: Array(text.utf8).span) }
    }
  }

  @Test func linksAndNothingAreNotSealed() throws {
    try Sample.withDirectory { directory in
      let recipient = try SealingIdentity.generate().recipient
      try FileManager.default.createDirectory(
        atPath: directory + "/in/empty", withIntermediateDirectories: true)
      #expect(throws: SealError.directory(.empty(directory + "/in"))) {
        try SealedDirectory.seal(directory + "/in", for: [recipient], as: directory + "/out")
      }
      try FileManager.default.createSymbolicLink(
        atPath: directory + "/in/link", withDestinationPath: "/etc/passwd")
      #expect(throws: SealError.directory(.notAFile(directory + "/in/link"))) {
        try SealedDirectory.seal(directory + "/in", for: [recipient], as: directory + "/out")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["in"])
    }
  }

  @Test func recipientsOfAllMembersChange() throws {
    try withSealed { directory, sealed, identity in
      let ben = try SealingIdentity.generate()
      let eve = try SealingIdentity.generate()
      #expect(try sealed.rewrap(with: identity, adding: [ben.recipient], removing: []) == .inPlace)
      try sealed.open(with: ben, as: directory + "/back")
      #expect(throws: SealError.notARecipient("\(eve.recipient)")) {
        try sealed.rewrap(with: ben, adding: [], removing: [eve.recipient])
      }
      // One member was reached before a crash: doing it again completes the rest.
      let first = try sealed.manifest(with: ben).members[0].file
      _ = try SealedPath(sealed.path + "/" + first)
        .rewrap(with: ben, adding: [], removing: [identity.recipient])
      #expect(try sealed.rewrap(with: ben, adding: [], removing: [identity.recipient]) == .inPlace)
      try sealed.open(with: ben, as: directory + "/again")
      #expect(try contents(directory + "/again") == Self.files)
      for name in try FileManager.default.contentsOfDirectory(atPath: sealed.path) {
        #expect(throws: SealError.self) {
          _ = try SealedPath(sealed.path + "/" + name).unlock(with: identity)
        }
      }
    }
  }

  /// Every call that changes the disk fails in turn; the directory is there whole, or nothing is.
  @Test func aFailureLeavesNothing() throws {
    try withSealed { directory, sealed, identity in
      var failures = 0
      for failing in 0..<200 {
        let output = "\(directory)/back\(failing)"
        let calls = Calls(failing)
        let done = Disk.$interference.withValue({ calls.fault(before: $0) }) {
          (try? sealed.open(with: identity, as: output)) != nil
        }
        if done { break }
        failures += 1
        // When the last sync fails, the directory has its name already.
        if isThere(output) { #expect(try contents(output) == Self.files) }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        #expect(
          names.allSatisfy { !$0.hasPrefix(DurableFile.temporaryPrefix) },
          "after a failure at call \(failing)")
      }
      #expect(failures > 10)
    }
  }
}
