// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import Testing

/// `martlet fsck`, `gc`, `backup` and `restore`.
@Suite struct StoreCheckTests {
  let place = try! Workplace()

  private func blob() throws -> String {
    let name = try #require(try place.files(in: place.home + "/blobs").keys.first)
    return place.home + "/blobs/" + name
  }

  /// Changes one byte of a file.
  private func flip(_ path: String, at offset: Int) throws {
    var bytes = try Example.bytes(path)
    bytes[offset < 0 ? bytes.count + offset : offset] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func prepare() async throws {
    try await place.release(Example.network, as: "net")
    try #require(try await place.martlet("alias", "set", "net:1", "champion").status == 0)
    try #require(try await place.martlet("approve", "net").status == 0)
    let digest = String(repeating: "ab", count: 32)
    try #require(
      try await place.martlet("tag", "net:1", "team=fraud=1", "--data", digest, "--parent", digest).status
        == 0)
    let ended = try await place.martlet("fsck")
    #expect(ended.status == 0 && ended.output == "good  database, blobs and log agree\n", "\(ended.output)")
  }

  private func expect(_ words: String, _ options: String...) async throws {
    let ended = try await place.martlet(["fsck"] + options)
    #expect(ended.status == 1, "\(ended.output)\(ended.errors)")
    #expect(ended.lines.contains { $0.hasPrefix("bad   ") && $0.contains(words) }, "\(ended.output)")
  }

  @Test func aMissingBlobIsNamed() async throws {
    try await prepare()
    try FileManager.default.removeItem(atPath: blob())
    try await expect("net:1: its file: expected a sealed blob")
    try await expect("net:1: its file: expected a sealed blob", "--quick")
  }

  @Test func aChangedByteOfABlobIsNamed() async throws {
    try await prepare()
    try flip(blob(), at: -100)
    try await expect("is not what was sealed")
  }

  @Test func aChangedByteOfTheLogIsNamed() async throws {
    try await prepare()
    let entries = try #require(
      try place.files(in: place.home + "/log").keys.first { $0.hasPrefix("tile/entries/") })
    try flip(place.home + "/log/" + entries, at: 60)
    try await expect("log: entry 0 in")
  }

  @Test func aCutLogIsNamed() async throws {
    try await prepare()
    let name = try #require(
      try place.files(in: place.home + "/log").keys.first { $0.hasPrefix("tile/entries/") })
    let path = place.home + "/log/" + name
    try Data(Example.bytes(path).dropLast(10)).write(to: URL(fileURLWithPath: path))
    try await expect("restore the log from a backup")
  }

  @Test(arguments: [
    (
      "DELETE FROM evidence WHERE name = 'scan'",
      "speaks of 1 piece of evidence that the database does not have"
    ),
    ("UPDATE evidence SET envelope = X'7B7D' WHERE name = 'scan'", "its bytes are not those of its name"),
    ("DELETE FROM version", "and the database does not: protect it again"),
    ("UPDATE version SET state = 'assessed'", "net:1: the database says assessed, and the log released"),
    ("UPDATE version SET model = 'evil'", "evil:1: the log knows nothing of it"),
    ("DELETE FROM alias", "net@champion: the log sets it"),
    ("UPDATE alias SET name = 'other'", "net@other: it points elsewhere than the log says"),
    ("DELETE FROM tag", "net:1: its tag team is none, and the log says fraud=1"),
    ("UPDATE tag SET value = 'other'", "net:1: its tag team is other, and the log says fraud=1"),
    ("DELETE FROM lineage", "net:1: it comes from elsewhere than the log says"),
    ("UPDATE lineage SET parent = NULL", "net:1: it comes from elsewhere than the log says"),
    ("DELETE FROM approval", "that the database does not have: approve again"),
    ("UPDATE approval SET principal = 'eve'", "an approval by eve"),
  ])
  func aChangedRowIsNamed(_ statement: String, _ words: String) async throws {
    try await prepare()
    // As whoever has an editor for the file: SQLite asks nobody to keep its references.
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try await DatabaseQueue(path: place.home + "/martlet.db", configuration: configuration).write {
      try $0.execute(sql: statement)
    }
    try await expect(words)
  }

  @Test func gcTakesOnlyWhatIsOldAndNeededByNoVersion() async throws {
    try await prepare()
    let known = try blob()
    let names = ["c", "d"].map { place.home + "/blobs/ab/" + String(repeating: $0, count: 62) }
    try FileManager.default.createDirectory(
      atPath: place.home + "/blobs/ab", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    for name in names { try Data("junk".utf8).write(to: URL(fileURLWithPath: name)) }
    for name in [names[0], known] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7_200)], ofItemAtPath: name)
    }
    let looked = try await place.martlet("gc", "--dry-run")
    #expect(looked.output.hasSuffix("1 blob, 4 bytes, would be removed\n"))
    #expect(FileManager.default.fileExists(atPath: names[0]))
    #expect(try await place.martlet("gc").output.hasSuffix("1 blob, 4 bytes, removed\n"))
    #expect(!FileManager.default.fileExists(atPath: names[0]))
    #expect(FileManager.default.fileExists(atPath: names[1]))
    #expect(FileManager.default.fileExists(atPath: known))
    #expect(try await place.martlet("fsck").status == 0)
  }

  @Test func aBackupWithKeysIsTheStore() async throws {
    try await prepare()
    #expect(try await place.martlet("backup", "-o", "copy", "--with-keys").output.contains("private keys"))
    try await place.release(Example.forest, as: "later")
    let other = ["MARTLET_HOME": place("restored")]
    let restored = try await place.martlet(["restore", "copy"], environment: other)
    #expect(restored.status == 0, "\(restored.output)\(restored.errors)")
    let listed = try await place.martlet(["list"], environment: other)
    #expect(listed.output.contains("net:1 @champion") && !listed.output.contains("later"))
    let again = try await place.martlet(["restore", "copy"], environment: other)
    #expect(again.status == 2 && again.errors.contains("expected nothing at"))
  }

  @Test func aBackupHasNoPrivateKeyUnlessAskedFor() async throws {
    try await prepare()
    let ended = try await place.martlet("backup", "-o", "copy")
    #expect(ended.status == 0 && ended.output.contains("it cannot be opened without"))
    #expect(try place.files(in: place("copy")).keys.allSatisfy { !$0.hasPrefix("keys") })
    let restored = try await place.martlet(
      ["restore", "copy"], environment: ["MARTLET_HOME": place("restored")])
    #expect(restored.status == 2 && restored.errors.contains("has no keys"))
    #expect(!FileManager.default.fileExists(atPath: place("restored")))
  }

  @Test func withoutAStoreThereIsNothingToCheck() async throws {
    for command in [["fsck"], ["gc"], ["backup", "-o", "x"], ["list"]] {
      let ended = try await place.martlet(command)
      #expect(ended.status == 2 && ended.errors.contains("there is no store at"), "\(command)")
    }
    #expect(!FileManager.default.fileExists(atPath: place.home))
  }
}
