// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletSign
import MartletVerify
import Testing

@Suite struct DigestCacheTests {
  let model = try! SignedModel()

  /// A cache some time after now.
  func cache(after seconds: Int64 = 60) -> DigestCache {
    DigestCache(directory: model.folder + "/cache") {
      (Int64(Date().timeIntervalSince1970) + seconds) * 1_000_000_000
    }
  }

  /// When anything of a file changed.
  func changed(_ name: String) throws -> Int64 {
    try ModelTree(at: model(name)).files[0].facts.changed
  }

  @Test(arguments: [Serialization.files, .shards(size: 3)])
  func anUnchangedModelIsNotReadAgain(_ serialization: Serialization) throws {
    try model.sign(.init(serialization: serialization))
    let bytes = try model.verify(cache: cache()).bytes
    #expect(bytes == 13)
    let again = try model.verify(cache: cache())
    #expect(again.read == 0)
    #expect(again.digest == (try model.verify()).digest)
    #expect(try model.verify().read == bytes)
  }

  @Test func whatWasWrittenToIsReadAgain() throws {
    try model.sign()
    try model.verify(cache: cache())
    // The same bytes, and the same time of change: only the time that nobody can set tells.
    let before =
      try FileManager.default.attributesOfItem(atPath: model("weights.bin"))[.modificationDate] as! Date
    let change = try changed("weights.bin")
    // The clock of a file system has ticks.
    repeat { try model.write("weights.bin", "weights") } while try changed("weights.bin") == change
    try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: model("weights.bin"))
    #expect(try model.verify(cache: cache()).read == 7)
    try model.write("weights.bin", "WEIGHTS")
    #expect(throws: SignatureError.differs([.changed("weights.bin")])) { try model.verify(cache: cache()) }
  }

  @Test func filesThatWereJustWrittenAreNotRemembered() throws {
    try model.sign()
    try model.verify(cache: cache(after: 0))
    #expect(try model.verify(cache: cache()).read == 13)
  }

  @Test func aMovedModelIsReadAgain() throws {
    try model.sign()
    try model.verify(cache: cache())
    let other = model.folder + "/other"
    try FileManager.default.copyItem(atPath: model.path, toPath: other)
    #expect(try model.verify(.init(), other, cache: cache()).read == 13)
  }

  @Test(arguments: ["", "{}", "[]", "\u{0}", "{\"path\":1}"])
  func aDamagedCacheIsAsNone(_ text: String) throws {
    try model.sign()
    try model.verify(cache: cache())
    let folder = model.folder + "/cache"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    #expect(try model.verify(cache: cache()).read == 13)
  }

  /// Whoever could write there could make any model verify.
  @Test func aCacheThatOthersCanReadIsAsNone() throws {
    try model.sign()
    try model.verify(cache: cache())
    let folder = model.folder + "/cache"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let mode =
      try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    chmod(folder + "/" + name, 0o644)
    #expect(try model.verify(cache: cache()).read == 13)
    #expect(try model.verify(cache: cache()).read == 0)
    chmod(folder, 0o755)
    #expect(try model.verify(cache: cache()).read == 13)
  }

  @Test func theSignatureIsCheckedEveryTime() throws {
    try model.sign()
    try model.verify(cache: cache())
    try model.forge(Statement(root: .of([1])).text)
    #expect(throws: SignatureError.otherRoot) { try model.verify(cache: cache()) }
  }
}
