// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import Testing

@Suite struct ModelPathTests {
  @Test(arguments: [
    ("a/b", "a/b"), ("./a", "a"), ("a//b/./c/", "a/b/c"), (".", ""), ("", ""), ("...", "..."),
    ("a b/ä", "a b/ä"),
  ])
  func isWrittenInOneWay(_ text: String, _ expected: String) {
    #expect(ModelPath(text)?.text == expected)
  }

  @Test(arguments: ["..", "../a", "a/../b", "/", "/a", "a\0b"])
  func whatLeadsOutIsNone(_ text: String) {
    #expect(ModelPath(text) == nil)
  }

  @Test func insideIsByWholeNames() {
    #expect(ModelPath("a/b")!.isInside(ModelPath("a")!))
    #expect(ModelPath("a")!.isInside(ModelPath("a")!))
    #expect(!ModelPath("ab")!.isInside(ModelPath("a")!))
    #expect(!ModelPath("a")!.isInside(ModelPath("a/b")!))
    // Names that only look the same are others.
    #expect(!ModelPath("e\u{301}")!.isInside(ModelPath("é")!))
  }

  @Test func theWayFromADirectoryToAFile() throws {
    let model = try SampleModel()
    #expect(ModelTree.path(of: model("model.sig"), in: model.path)?.text == "model.sig")
    #expect(ModelTree.path(of: model("sub/../sub/model.sig"), in: model.path + "/")?.text == "sub/model.sig")
    #expect(ModelTree.path(of: model.path + ".sig", in: model.path) == nil)
    #expect(ModelTree.path(of: "/nowhere/at/all/model.sig", in: model.path) == nil)
  }
}

@Suite struct ModelTreeTests {
  @Test func filesAreInTheOrderOfTheirBytesAndWhatIsSetAsideIsListed() throws {
    let model = try SampleModel([
      "a/z": "1", "a.b": "2", "B": "3", ".github/ci.yml": "4", ".git/hooks/x": "5", "cache/x": "6",
      "sub/.git": "7",
    ])
    chmod(model(".git/hooks/x"), 0o755)
    let tree = try ModelTree(at: model.path, .init(ignoring: [ModelPath("cache")!]))
    #expect(tree.files.map(\.name) == ["B", "a.b", "a/z", "sub/.git"])
    #expect(tree.aside.map(\.name).sorted() == [".git/hooks/x", ".github/ci.yml"])
    #expect(tree.aside.first { $0.name == ".git/hooks/x" }?.kind == .executable)
    #expect(tree.name == URL(fileURLWithPath: model.path).lastPathComponent)
    let page = try #require(tree.aside.first { $0.name == ".github/ci.yml" })
    #expect(try tree.read(page, atMost: 10) == Array("4".utf8))
  }

  @Test func aFileIsAModel() throws {
    let model = try SampleModel()
    let tree = try ModelTree(at: model("weights.bin"))
    #expect(tree.files.map(\.name) == ["."])
    #expect(tree.name == "weights.bin")
    #expect(!tree.isDirectory)
  }

  @Test func linksAreRefused() throws {
    let model = try SampleModel()
    try model.link("link", to: "weights.bin")
    #expect(throws: ManifestError.link(model("link"))) { try ModelTree(at: model.path) }
  }

  @Test func allowedLinksToFilesOfTheModelCountAsThoseFiles() throws {
    let model = try SampleModel()
    try model.link("link", to: "sub/part.bin")
    try model.link("folder", to: "sub")
    let tree = try ModelTree(at: model.path, .init(allowsLinks: true))
    #expect(tree.files.map(\.name) == ["config.json", "link", "sub/part.bin", "weights.bin"])
    let files = try ModelHash(of: tree, .files).files
    #expect(files[1].digests == files[2].digests)
    #expect(files[1].digests == [.of(Array("part".utf8))])
  }

  @Test(arguments: [
    "/etc/passwd", "..", "../../etc", ".git/evil.py", "cache/evil.py", "missing", "link", "/",
  ])
  func allowedLinksDoNotLeadOut(_ target: String) throws {
    let model = try SampleModel([".git/evil.py": "", "cache/evil.py": "", "weights.bin": "w"])
    try model.link("link", to: target)
    #expect(throws: ManifestError.linkLeadsOut(model("link"))) {
      try ModelTree(at: model.path, .init(ignoring: [ModelPath("cache")!], allowsLinks: true))
    }
  }

  @Test func aLinkToADirectoryWhoseNameOnlyBeginsTheSameLeadsOut() throws {
    let model = try SampleModel()
    try FileManager.default.copyItem(atPath: model.path, toPath: model.path + "2")
    defer { try? FileManager.default.removeItem(atPath: model.path + "2") }
    try model.link("link", to: model.path + "2/weights.bin")
    #expect(throws: ManifestError.linkLeadsOut(model("link"))) {
      try ModelTree(at: model.path, .init(allowsLinks: true))
    }
  }

  @Test func whatIsNoFileIsRefused() throws {
    let model = try SampleModel()
    mkfifo(model("pipe"), 0o600)
    #expect(throws: ManifestError.notAFile(model("pipe"))) { try ModelTree(at: model.path) }
    #expect(throws: ManifestError.notAFile("/dev/null")) { try ModelTree(at: "/dev/null") }
  }

  @Test func aDirectoryWithoutFilesIsNoModel() throws {
    let model = try SampleModel([".gitignore": "x"])
    #expect(throws: ManifestError.empty) { try ModelTree(at: model.path) }
  }

  @Test func namesThatAreNotUTF8AreRefused() throws {
    let model = try SampleModel()
    let file = open(model("sub/") + "bad-\u{1}", O_CREAT | O_WRONLY, 0o600)
    close(file)
    var name = Array((model("sub/") + "bad-").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    rename(model("sub/") + "bad-\u{1}", &name)
    #expect(throws: ManifestError.notUTF8(model("sub"))) { try ModelTree(at: model.path) }
  }

  @Test func directoriesNestOnlySoDeep() throws {
    let model = try SampleModel()
    try model.write(String(repeating: "d/", count: Limits.scannedDepth + 1) + "x", "x")
    #expect(throws: ManifestError.self) { try ModelTree(at: model.path) }
  }
}
