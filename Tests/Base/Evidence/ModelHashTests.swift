// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import Testing

@Suite struct SerializationTests {
  @Test func shardsCoverAFileOnce() {
    #expect(Serialization.shards(size: 4).parts(of: 10) == [0..<4, 4..<8, 8..<10])
    #expect(Serialization.shards(size: 4).parts(of: 8) == [0..<4, 4..<8])
    #expect(Serialization.shards(size: 4).parts(of: 0) == [])
    #expect(Serialization.files.parts(of: 0) == [0..<0])
  }

  @Test(arguments: ["a", "a:b", "a:1:2", ":", ""])
  func theLastTwoColonsOfAShardAreOurs(_ file: String) {
    let shards = Serialization.shards(size: 4)
    #expect(shards.file(ofResource: shards.name(of: file, 4..<8)) == file)
  }

  @Test(arguments: [
    "a", "a:1", "a:b:2", "a:4:4", "a:8:4", "a:+4:8", "a:04:8", "a:-4:8", "a:0:99999999999999999999",
  ])
  func whatIsNoShard(_ name: String) {
    #expect(Serialization.shards(size: 4).file(ofResource: name) == nil)
  }
}

@Suite struct ModelHashTests {
  /// More than one piece of a reader, and no whole number of them.
  static let long = String(repeating: "0123456789abcdef", count: 60_000)

  /// Lengths about the ends of blocks and of what is read at once.
  @Test(arguments: ModelHash.canPair ? [false, true] : [false])
  func everyLengthIsHashedRightWithOnePartAtATimeAndWithTwo(_ paired: Bool) throws {
    let near = [0, 55, 64, 119, 128, 1 << 17, 1 << 18, 400_000].flatMap { [$0 - 1, $0, $0 + 1] }.filter {
      $0 >= 0
    }
    let bytes = (0..<400_001).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    let model = try SampleModel([:])
    for length in near + Array(200..<330) { try model.write("f\(length)", bytes[..<length]) }
    let hash = try ModelHash(of: ModelTree(at: model.path), .files, paired: paired)
    #expect(hash.files.count == near.count + 130)
    for file in hash.files {
      #expect(file.digests == [.of(Array(bytes[..<file.facts.size]))], "\(file.name)")
    }
    let shards = Serialization.shards(size: 1_000)
    let cut = try ModelHash(of: ModelTree(at: model.path), shards, paired: paired)
    for file in cut.files {
      #expect(file.digests == shards.parts(of: file.facts.size).map { .of(Array(bytes[$0])) }, "\(file.name)")
    }
  }

  @Test(arguments: [Serialization.files, .shards(size: 1), .shards(size: 100_000), .shards(size: 1 << 40)])
  func theDigestsAreThoseOfTheBytes(_ serialization: Serialization) throws {
    let text = serialization == .shards(size: 1) ? "0123" : Self.long
    let model = try SampleModel(["a/long": text, "b": "x", "empty": ""])
    let manifest = try ModelHash(of: ModelTree(at: model.path), serialization).manifest()
    var expected: [Manifest.Resource] = []
    for (name, text) in [("a/long", text), ("b", "x"), ("empty", "")] {
      let bytes = Array(text.utf8)
      for part in serialization.parts(of: bytes.count) {
        expected.append(
          .init(
            name: serialization.name(of: name, part), digest: .of(Array(bytes[part])), size: part.count))
      }
    }
    #expect(try manifest == Manifest(expected))
    #expect(try manifest == Artifact(opening: model.path).manifest(serialization))
  }

  @Test func manyFiles() throws {
    let names = (0..<300).map { "d\($0 % 7)/f\($0)" }
    let model = try SampleModel(Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }))
    let manifest = try ModelHash(of: ModelTree(at: model.path), .files).manifest()
    #expect(manifest.resources.map(\.name) == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(manifest.resources.allSatisfy { $0.digest == .of(Array($0.name.utf8)) })
  }

  @Test func namesThatLookTheSameAreTwoFiles() throws {
    let model = try SampleModel(["e\u{301}": "1"])
    try model.write("\u{e9}", "2")
    let manifest = try ModelHash(of: ModelTree(at: model.path), .files).manifest()
    #expect(manifest.resources.map(\.digest) == [.of(Array("1".utf8)), .of(Array("2".utf8))])
  }

  @Test(arguments: ["changed", "shortened", "replaced", "removed", "linked", "folder linked"])
  func whatHappensToAFileAfterItWasListedIsNoticed(_ what: String) throws {
    let model = try SampleModel()
    let tree = try ModelTree(at: model.path)
    switch what {
    case "changed": try model.write("sub/part.bin", "part, but longer")
    case "shortened": try model.write("sub/part.bin", "p")
    case "replaced":
      // Both files are there at once, so that they cannot have the same inode.
      try model.write("other", "part")
      rename(model("other"), model("sub/part.bin"))
    case "removed": try model.remove("sub/part.bin")
    case "linked":
      try model.remove("sub/part.bin")
      try model.link("sub/part.bin", to: "/etc/passwd")
    default:
      try FileManager.default.moveItem(atPath: model("sub"), toPath: model("other"))
      try model.link("sub", to: "other")
    }
    for paired in Set([false, ModelHash.canPair]) {
      #expect(throws: ManifestError.self) { try ModelHash(of: tree, .files, paired: paired) }
    }
  }

  @Test func knownDigestsAreUsedForUnchangedFilesOnly() throws {
    let model = try SampleModel()
    let tree = try ModelTree(at: model.path)
    let wrong = Digest.of([42])
    let known = tree.files.map { file in
      let facts =
        file.name == "config.json"
        ? FileFacts(device: 1, inode: 1, size: 2, modified: 0, changed: 0) : file.facts
      return ModelHash.File(name: file.name, facts: facts, digests: [wrong])
    }
    let hash = try ModelHash(
      of: tree, .files, reusing: Dictionary(uniqueKeysWithValues: known.map { ($0.name, $0) }))
    #expect(hash.files.map(\.digests) == [[.of(Array("{}".utf8))], [wrong], [wrong]])
    // Digests of other parts are of no use.
    let shards = try ModelHash(
      of: tree, .shards(size: 3), reusing: Dictionary(uniqueKeysWithValues: known.map { ($0.name, $0) }))
    #expect(
      shards.files[2].digests == [.of(Array("wei".utf8)), .of(Array("ght".utf8)), .of(Array("s".utf8))])
  }
}
