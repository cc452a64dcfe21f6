// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletSign
import MartletVerify
import Testing

@Suite struct ModelVerifierTests {
  @Test(arguments: SigningKey.Curve.allCases, [Serialization.files, .shards(size: 3), .shards(size: 1_000)])
  func whatWasSignedVerifies(_ curve: SigningKey.Curve, _ serialization: Serialization) throws {
    let model = try SignedModel(["a.b": "1", "a/c": "22222", "empty": "", "ä:1:2": "333"], curve)
    try model.sign(.init(serialization: serialization))
    let verified = try model.verify()
    #expect(verified.serialization == serialization)
    #expect(verified.subject == "model")
    #expect(verified.files == 4)
    #expect(verified.bytes == 9)
    #expect(verified.read == 9)
    // And against an artifact that is open already.
    let bundle = try UnverifiedBundle(.init(contentsOf: model.signature))
    #expect(
      try bundle.verify(Artifact(opening: model.path), trusting: model.trust()).digest == verified.digest)
  }

  @Test(arguments: [Serialization.files, .shards(size: 4)])
  func filesAddedChangedAndRemovedAreNamed(_ serialization: Serialization) throws {
    let model = try SignedModel()
    try model.sign(.init(serialization: serialization))
    try model.write("x.py", "import os")
    try model.write("config.json", "[]")
    try model.remove("weights.bin")
    let shards = serialization != .files
    #expect(
      throws: SignatureError.differs(
        [
          .changed(shards ? "config.json:0:2" : "config.json"),
          .missing(shards ? "weights.bin:0:4" : "weights.bin"),
          shards ? .missing("weights.bin:4:7") : .added("x.py"),
        ] + (shards ? [.added("x.py:0:4"), .added("x.py:4:8"), .added("x.py:8:9")] : []))
    ) { try model.verify() }
  }

  @Test func anAppendedByteIsNoticedInShards() throws {
    let model = try SignedModel(["w": "12345678"])
    try model.sign(.init(serialization: .shards(size: 4)))
    try model.write("w", "123456789")
    #expect(throws: SignatureError.differs([.added("w:8:9")])) { try model.verify() }
  }

  @Test func aSingleFileMayBeCalledByItsNameOrByADot() throws {
    let model = try SignedModel(["weights.bin": "weights"])
    let file = model("weights.bin")
    for name in [".", "weights.bin"] {
      try model.forge(Statement(files: [(name, "weights")]).text)
      #expect(try model.verify(.init(), file).files == 1)
    }
    try model.forge(Statement(files: [("other.bin", "weights")]).text)
    #expect(throws: SignatureError.differs([.missing("other.bin"), .added(".")].reversed())) {
      try model.verify(.init(), file)
    }
    try model.sign(of: file, into: file + ".sig")
    #expect(try model.verify(.init(), file, signature: file + ".sig").subject == "weights.bin")
  }

  @Test func theSignatureItselfIsNoPartOfTheModel() throws {
    let model = try SignedModel()
    try model.sign(into: model("sub/model.sig"))
    #expect(try model.verify(signature: model("sub/model.sig")).files == 3)
    // Another file of that name is.
    try model.write("model.sig", "{}")
    #expect(throws: SignatureError.differs([.added("model.sig")])) {
      try model.verify(signature: model("sub/model.sig"))
    }
  }

  @Test func whatTheSignerIgnoresNeedsTheUser() throws {
    let model = try SignedModel()
    try model.write("cache/x.bin", "\0")
    try model.write("notes/README.md", "# Notes")
    try model.sign(.init(ignoring: ["cache", "./notes/"]))
    #expect(
      throws: SignatureError.unsignedCode(
        path: "cache/x.bin", reason: "it is neither a text for people nor one of git's own records")
    ) { try model.verify() }
    #expect(try model.verify(.init(ignoring: ["cache"])).files == 3)
    // What the user ignores may even have been signed as missing.
    #expect(throws: SignatureError.differs([.missing("weights.bin")])) {
      try model.verify(.init(ignoring: ["cache", "weights.bin"]))
    }
    #expect(throws: SignatureError.badIgnorePath("../x")) { try model.verify(.init(ignoring: ["../x"])) }
  }

  @Test func unsignedFilesMayBeIgnoredAltogether() throws {
    let model = try SignedModel()
    try model.sign()
    try model.write("x.py", "import os")
    try model.write(".github/run.sh", "#!/bin/sh")
    #expect(try model.verify(.init(ignoresUnsigned: true)).files == 3)
    try model.write("weights.bin", "other")
    #expect(throws: SignatureError.differs([.changed("weights.bin")])) {
      try model.verify(.init(ignoresUnsigned: true))
    }
    try model.remove("weights.bin")
    #expect(throws: SignatureError.differs([.missing("weights.bin")])) {
      try model.verify(.init(ignoresUnsigned: true))
    }
  }

  @Test func linksAreRefusedUnlessTheyWereSignedAndNeverLeadOut() throws {
    let model = try SignedModel()
    try model.sign()
    try model.link("link", to: "weights.bin")
    #expect(throws: SignatureError.model(.link(model("link")))) { try model.verify() }
    try model.sign(.init(allowsLinks: true))
    #expect(try model.verify().files == 4)
    try model.remove("link")
    try model.link("link", to: "/etc/passwd")
    #expect(throws: SignatureError.model(.linkLeadsOut(model("link")))) { try model.verify() }
    // A file of the same content outside is no file of the model.
    try model.remove("link")
    try Data("weights".utf8).write(to: URL(fileURLWithPath: model.folder + "/outside"))
    try model.link("link", to: "../outside")
    #expect(throws: SignatureError.model(.linkLeadsOut(model("link")))) { try model.verify() }
  }

  @Test func refusalsAndFailuresAreToldApart() throws {
    let model = try SignedModel()
    #expect(throws: SignatureError.self) { try model.verify() }
    #expect(!SignatureError.unreadable(.notAFile(path: "x")).isRefusal)
    #expect(SignatureError.model(.link("x")).isRefusal)
    #expect(SignatureError.differs([.added("x")]).isRefusal)
    #expect(
      "\(SignatureError.differs((1...7).map { .added("f\($0)") }))".hasSuffix("f5 was added, and 2 more"))
  }
}
