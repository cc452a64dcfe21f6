// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletLog
import Testing

@Suite struct NoteTests {
  /// The example of golang.org/x/mod/sumdb/note, whose key and signature are public.
  static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

  @Test func theVerifierKeyIsTheOneOthersRead() throws {
    let key = try LogVerifierKey(Self.peter)
    #expect(key.name == "PeterNeumann")
    #expect(key.text == Self.peter)
  }

  @Test func aForeignSignatureIsChecked() throws {
    let text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    let signature =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    #expect(try LogVerifierKey(Self.peter).text(ofNote: Array((text + "\n" + signature).utf8)) == text)
    #expect(throws: LogError.badSignature(signer: "PeterNeumann+c74f20a3")) {
      try LogVerifierKey(Self.peter).text(ofNote: Array(("x" + text + "\n" + signature).utf8))
    }
    #expect(throws: LogError.malformedCheckpoint(.wrongLines)) {
      try LogVerifierKey(Self.peter).checkpoint(from: Array((text + "\n" + signature).utf8))
    }
  }

  @Test func aCheckpointReadsBack() throws {
    let scratch = try LogScratch(size: 3)
    let file = try scratch.reader.signedCheckpoint()
    let checkpoint = try scratch.verifier.checkpoint(from: file)
    #expect(checkpoint.origin == "martlet.test/log")
    #expect(checkpoint.size == 3)
    let lines = String(decoding: file, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 6)
    #expect(lines[0] == "martlet.test/log")
    #expect(lines[1] == "3")
    #expect(lines[3] == "")
    #expect(lines[4].hasPrefix("— martlet.test/log "))
  }

  @Test func everyChangedByteOfACheckpointIsRefused() throws {
    let scratch = try LogScratch(size: 3)
    let file = try scratch.read("checkpoint")
    for position in file.indices {
      for bit in 0..<8 {
        var changed = file
        changed[position] ^= 1 << bit
        #expect(throws: LogError.self) { try scratch.verifier.checkpoint(from: changed) }
      }
      var shorter = file
      shorter.remove(at: position)
      #expect(throws: LogError.self) { try scratch.verifier.checkpoint(from: shorter) }
      var longer = file
      longer.insert(file[position], at: position)
      #expect(throws: LogError.self) { try scratch.verifier.checkpoint(from: longer) }
    }
  }

  struct Malformed: Sendable, CustomTestStringConvertible {
    let change: @Sendable (String) -> String
    let flaw: CheckpointFlaw
    var testDescription: String { flaw.rawValue }
  }

  static let malformed: [Malformed] = [
    Malformed(change: { _ in "" }, flaw: .noSignatureBlock),
    Malformed(change: { _ in "\n\n" }, flaw: .noSignatureBlock),
    Malformed(change: { String($0.prefix(30)) }, flaw: .noSignatureBlock),
    Malformed(change: { String($0.dropLast()) }, flaw: .noSignatureBlock),
    Malformed(change: { $0 + "\n" }, flaw: .noSignatureBlock),
    Malformed(change: { $0 + "more\n" }, flaw: .malformedSignature),
    Malformed(change: { $0 + "— a  b\n" }, flaw: .malformedSignature),
    Malformed(change: { $0 + "— a+b AAAAAAAA\n" }, flaw: .malformedSignature),
    Malformed(change: { $0 + "— a AAAA\n" }, flaw: .malformedSignature),
    Malformed(change: { $0 + "— a AAAAAAAB==\n" }, flaw: .malformedSignature),
    Malformed(change: { $0 + String(repeating: "— a AAAAAAAA\n", count: 100) }, flaw: .tooManySignatures),
    Malformed(change: { $0 + String(repeating: " ", count: 70_000) }, flaw: .tooLong),
    Malformed(change: { "\t" + $0 }, flaw: .notText),
    Malformed(change: { "\r" + $0 }, flaw: .notText),
    Malformed(change: { "extra\n" + $0 }, flaw: .wrongLines),
    Malformed(change: { $0.edit("\n3\n", "\n03\n") }, flaw: .malformedSize),
    Malformed(change: { $0.edit("\n3\n", "\n+3\n") }, flaw: .malformedSize),
    Malformed(change: { $0.edit("\n3\n", "\n-3\n") }, flaw: .malformedSize),
    Malformed(change: { $0.edit("\n3\n", "\n9223372036854775808\n") }, flaw: .malformedSize),
    Malformed(change: { $0.edit("\n3\n", "\n99999999999999999999999\n") }, flaw: .malformedSize),
    Malformed(change: { $0.edit("=\n\n", "\n\n") }, flaw: .malformedRoot),
    Malformed(change: { $0.edit("\n3\n", "\n3\nAAAA") }, flaw: .malformedRoot),
  ]

  @Test(arguments: malformed) func malformedCheckpointsSayWhy(_ malformed: Malformed) throws {
    let scratch = try LogScratch(size: 3)
    let text = String(decoding: try scratch.read("checkpoint"), as: UTF8.self)
    #expect(throws: LogError.malformedCheckpoint(malformed.flaw)) {
      try scratch.verifier.checkpoint(from: Array(malformed.change(text).utf8))
    }
  }

  @Test func invalidTextIsRefused() throws {
    let key = try LogVerifierKey(Self.peter)
    #expect(throws: LogError.malformedCheckpoint(.notText)) { try key.checkpoint(from: [0xFF, 0x0A, 0x0A]) }
  }

  @Test func anotherKeyIsToldApart() throws {
    let scratch = try LogScratch(size: 1)
    let file = try scratch.read("checkpoint")
    let other = try LogKey(generatingFor: "martlet.test/log").verifier
    let error = #expect(throws: LogError.self) { try other.checkpoint(from: file) }
    guard case .notSigned = error else {
      Issue.record("expected notSigned, found \(String(describing: error))")
      return
    }
    // A second signature cannot be checked, and anybody could have put it there.
    let more = file + Array("— someone AAAAAAAAAAAA\n".utf8)
    #expect(throws: LogError.self) { try scratch.verifier.checkpoint(from: more) }
  }

  @Test(arguments: [
    "", "name", "name+00000000", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+AhpS2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc",
    "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "a b+c74f20a3+AR==",
    "+c74f20a3+AR==",
  ])
  func malformedVerifierKeysAreRefused(text: String) {
    #expect(throws: LogError.self) { try LogVerifierKey(text) }
  }

  @Test func keysAreForTheirOwnerAndReadBack() throws {
    let scratch = try LogScratch()
    #expect(try LogKey(contentsOf: scratch.home + "/key").verifier == scratch.verifier)
    #expect(throws: LogError.self) { try LogKey(generatingFor: "x").write(to: scratch.home + "/key") }
    #expect(throws: LogError.self) { _ = try LogKey(contentsOf: scratch.home + "/none") }
    #expect(chmod(scratch.home + "/key", 0o644) == 0)
    #expect(throws: LogError.files(.tooOpen(path: scratch.home + "/key", mode: 0o644, isDirectory: false))) {
      _ = try LogKey(contentsOf: scratch.home + "/key")
    }
  }

  @Test(arguments: ["", "a b", "a+b", "a\u{A0}b", "a\nb", "a\u{7F}"]) func unusableNamesAreRefused(
    name: String
  ) {
    #expect(throws: LogError.unusableName(name)) { _ = try LogKey(generatingFor: name) }
  }
}

extension String {
  /// This text with the first occurrence of a part replaced.
  fileprivate func edit(_ part: String, _ other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return replacingCharacters(range, other)
  }

  private func replacingCharacters(_ range: Range<String.Index>, _ other: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: other)
    return copy
  }
}
