// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletVerify
import Testing

/// What may lie unsigned where files are left out of every signature.
@Suite struct UnsignedFileTests {
  static let configuration = """
    [core]
    \trepositoryformatversion = 0
    \tfilemode = true
    # a remark
    [remote "origin"]
    \turl = https://example.com/model
    \tfetch = +refs/heads/*:refs/remotes/origin/*
    [branch "main"]
    \tremote = origin
    \tmerge = refs/heads/main
    [lfs]
    \trepositoryformatversion = 0
    """

  @Test(arguments: [
    (".gitignore", "*.pyc\n"), (".gitattributes", "*.bin filter=lfs\n"),
    (".github/workflows/ci.yml", "on: push\n"),
    (".github/CODEOWNERS", "* @x\n"), (".github/README.md", "# Modèle\n"),
    (".git/HEAD", "ref: refs/heads/main\n"),
    (".git/config", configuration), (".git/objects/ab/cdef", "\u{0}\u{1}binary"),
    (".git/refs/heads/main", "00"),
    (".git/lfs/objects/ab/cd/abcd", "\u{80}"), (".git/logs/HEAD", "x"),
    (".git/hooks/pre-commit.sample", "#!/bin/sh\n"),
  ])
  func harmless(_ name: String, _ text: String) throws {
    let model = try SignedModel()
    try model.sign()
    try model.write(name, text)
    if name.hasSuffix(".sample") { chmod(model(name), 0o755) }
    #expect(try model.verify().files == 3)
  }

  @Test(arguments: [
    (".github/evil.py", "import os"), (".github/lib.so", "\u{7f}ELF"), (".github/model.pkl", "x"),
    (".github/script", "echo"), (".github/run.yml", "#!/bin/sh\n"), (".github/notes.md", "\u{0}\u{1}"),
    (".github/model.json.bin", "{}"), (".github/__init__", "x"), (".git/hooks/post-checkout", "#!/bin/sh\n"),
    (".git/evil.py", "import os"), (".git/config.worktree", "[core]\n"),
    (".git/modules/a/config", "[core]\n"),
    (".git/config", "[core]\n\tfsmonitor = ./evil\n"),
    (".git/config", "[filter \"lfs\"]\n\tsmudge = ./evil\n"),
    (".git/config", "[include]\n\tpath = ../evil\n"), (".git/config", "[core] fsmonitor = ./evil\n"),
    (".git/config", "[core]\n\tbare = false \\\n"), (".git/config", "[alias]\n\tst = !evil\n"),
    (".git/config", "[CORE]\n\tFsMonitor = ./evil\n"), (".gitignore/evil.py", "import os"),
    (".gitattributes", "\u{1}"), (".git", "gitdir: /elsewhere\n"),
  ])
  func whatCouldCarryCode(_ name: String, _ text: String) throws {
    let model = try SignedModel()
    try model.sign()
    try model.write(name, text)
    do throws(SignatureError) {
      _ = try ModelVerifier(trusting: .key(VerificationKey(pem: model.publicPEM))).verify(
        model.path, signature: model.signature)
      Issue.record("it was accepted")
    } catch {
      guard case .unsignedCode(name, _) = error else { throw error }
    }
    let top = String(name.prefix { $0 != "/" })
    #expect(try model.verify(.init(ignoring: [top])).files == 3)
  }

  @Test(arguments: [".github/README.md", ".git/HEAD", ".git/objects/ab/cdef"])
  func whatCanBeExecuted(_ name: String) throws {
    let model = try SignedModel()
    try model.sign()
    try model.write(name, "x")
    chmod(model(name), 0o755)
    #expect(throws: SignatureError.unsignedCode(path: name, reason: "it can be executed")) {
      try model.verify()
    }
  }

  @Test func linksAndLongTexts() throws {
    let model = try SignedModel()
    try model.sign()
    try model.write(".github/README.md", String(repeating: "x", count: 1 << 20))
    #expect(try model.verify().files == 3)
    try model.write(".github/README.md", String(repeating: "x", count: 1 << 20 + 1))
    #expect(throws: SignatureError.self) { try model.verify() }
    try model.remove(".github/README.md")
    try model.link(".github/README.md", to: "../config.json")
    #expect(
      throws: SignatureError.unsignedCode(path: ".github/README.md", reason: "it is a link or no plain file")
    ) { try model.verify() }
  }
}
