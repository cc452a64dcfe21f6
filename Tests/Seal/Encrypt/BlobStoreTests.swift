// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import MartletEncrypt
import MartletFiles
import Testing

import struct MartletEvidence.Digest

@Suite struct BlobStoreTests {
  static let marker = Array("the marker that must never be readable".utf8)
  let plaintext = Bytes(Array(repeating: Self.marker, count: 4000).joined())

  @Test func opensWhatWasPut() throws {
    try withStore { store, identity in
      let digest = try store.put(plaintext: plaintext, to: [identity.recipient])
      #expect(digest.bytes == Array(SHA256.hash(data: plaintext.array())))
      let opened = try store.open(digest, with: identity).withUnsafeBytes { Array($0) }
      #expect(opened == plaintext.array())
    }
  }

  @Test func plaintextIsNowhereInTheFolder() throws {
    try withStore { store, identity in
      _ = try store.put(plaintext: plaintext, to: [identity.recipient])
      let files = try FileManager.default.subpathsOfDirectory(atPath: store.directory)
        .map { store.directory + "/" + $0 }.filter { FileManager.default.contents(atPath: $0) != nil }
      #expect(!files.isEmpty)
      for file in files {
        let bytes = try #require(FileManager.default.contents(atPath: file))
        #expect(bytes.range(of: Data(Self.marker)) == nil)
      }
    }
  }

  @Test func blobsStandUnderTheirDigestForTheirOwnerOnly() throws {
    try withStore { store, identity in
      let name = try store.put(plaintext: plaintext, to: [identity.recipient]).description
      let folder = store.directory + "/" + name.prefix(2)
      #expect(try permissions(store.directory) == 0o700)
      #expect(try permissions(folder) == 0o700)
      #expect(try permissions(folder + "/" + name.dropFirst(2)) == 0o600)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: store.directory) == [String(name.prefix(2))])
    }
  }

  @Test func puttingAgainChangesNothing() throws {
    try withStore { store, identity in
      let digest = try store.put(plaintext: plaintext, to: [identity.recipient])
      let before = try contents(of: digest, in: store)
      #expect(try store.put(plaintext: plaintext, to: [identity.recipient]) == digest)
      #expect(try store.put(plaintext: plaintext, expecting: digest, to: [identity.recipient]) == digest)
      #expect(try contents(of: digest, in: store) == before)
      #expect(try store.list() == [digest])
      #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory).count == 1)
    }
  }

  @Test func aPlaintextThatChangedIsRefusedAndLeavesNothing() throws {
    try withStore { store, identity in
      let expected = Digest.of(Bytes(utf8: "what was scanned"))
      let found = Digest.of(plaintext)
      #expect(throws: BlobError.sourceChanged(expected: expected, found: found)) {
        try store.put(plaintext: plaintext, expecting: expected, to: [identity.recipient])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory).isEmpty)

      _ = try store.put(plaintext: Bytes(utf8: "what was scanned"), to: [identity.recipient])
      #expect(throws: BlobError.sourceChanged(expected: expected, found: found)) {
        try store.put(plaintext: plaintext, expecting: expected, to: [identity.recipient])
      }
      #expect(try store.list() == [expected])
    }
  }

  @Test func aBlobInThePlaceOfAnotherIsRefused() throws {
    try withStore { store, identity in
      let first = try store.put(plaintext: Bytes(utf8: "first"), to: [identity.recipient])
      let second = try store.put(plaintext: Bytes(utf8: "second"), to: [identity.recipient])
      try contents(of: first, in: store).write(to: URL(fileURLWithPath: path(of: second, in: store)))
      #expect(throws: SealError.otherPlaintext(expected: second, found: first)) {
        _ = try store.open(second, with: identity)
      }
    }
  }

  @Test func aMissingBlobIsNamed() throws {
    try withStore { store, identity in
      let digest = Digest.of(plaintext)
      #expect(try !store.contains(digest))
      #expect(throws: BlobError.missing(digest)) { _ = try store.open(digest, with: identity) }
      _ = try store.put(plaintext: plaintext, to: [identity.recipient])
      #expect(try store.contains(digest))
    }
  }

  @Test func strangersDoNotOpenIt() throws {
    try withStore { store, identity in
      let stranger = try SealingIdentity.generate()
      let digest = try store.put(plaintext: plaintext, to: [identity.recipient])
      #expect(
        throws: SealError.notForThisIdentity("\(stranger.recipient)", found: ["X25519", "martlet-filler"])
      ) {
        _ = try store.open(digest, with: stranger)
      }
    }
  }

  @Test func listHasTheBlobsAndNothingElse() throws {
    try withStore { store, identity in
      #expect(try store.list().isEmpty)
      var digests: [Digest] = []
      for text in ["a", "b", "c"] {
        digests.append(try store.put(plaintext: Bytes(utf8: text), to: [identity.recipient]))
      }
      for stray in ["README", "ab", String(digests[0].description.prefix(2)) + "/note"] {
        try Data().write(to: URL(fileURLWithPath: store.directory + "/" + stray))
      }
      #expect(try store.list() == digests.sorted { $0.description < $1.description })
    }
  }

  @Test func whatACrashLeftIsRemovedAtTheNextStart() throws {
    try withStore { store, _ in
      let left = store.directory + "/" + DurableFile.temporaryPrefix + "1-1"
      try Data("half".utf8).write(to: URL(fileURLWithPath: left))
      _ = try BlobStore(directory: store.directory)
      #expect(!FileManager.default.fileExists(atPath: left))
    }
  }

  @Test func aFolderThatOthersMayEnterIsRefused() throws {
    try Sample.withDirectory { directory in
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
      #expect(throws: FilesError.tooOpen(path: directory, mode: 0o755, isDirectory: true)) {
        _ = try BlobStore(directory: directory)
      }
    }
  }

  @Test func digestsHaveOneSpelling() {
    let hex = String(repeating: "0f", count: 32)
    #expect(Digest(hex: hex)?.description == hex)
    for bad in ["", hex.uppercased(), hex + "00", String(hex.dropLast()), "0g" + hex.dropFirst(2)] {
      #expect(Digest(hex: bad) == nil, "\(bad)")
    }
  }

  private func withStore(_ body: (BlobStore, borrowing SealingIdentity) throws -> Void) throws {
    try Sample.withDirectory { directory in
      let identity = try SealingIdentity.generate()
      try body(BlobStore(directory: directory + "/blobs"), identity)
    }
  }

  private func path(of digest: Digest, in store: BlobStore) -> String {
    store.directory + "/" + digest.description.prefix(2) + "/" + digest.description.dropFirst(2)
  }

  private func contents(of digest: Digest, in store: BlobStore) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(of: digest, in: store)))
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}
