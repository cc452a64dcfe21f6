// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import MartletEncrypt
import MartletEvidence
import MartletFiles

/// The pieces of one push that have come. Each is sealed for the store before it is acknowledged: what has not been
/// admitted lies no more open on the disk than what has.
///
///     pushes/<id>/offer.json
///     pushes/<id>/<file>-<piece>.age
struct PushStaging {
  /// What is kept of an offer until it is complete.
  private struct Kept: Codable {
    let offer: PushOffer
    let principal: String
  }

  /// Bytes of every piece but the last of a file.
  static let pieceSize = 8 << 20
  /// Seconds without a new piece after which a push is given up.
  static let patience: TimeInterval = 86_400

  let id: String
  let offer: PushOffer
  let principal: String
  let directory: String

  /// Begins to stage an offer, or goes on with the same offer of the same principal.
  /// - Throws: ``PushError/tooMany``, `FilesError`.
  init(_ offer: PushOffer, by principal: String, in home: Home) throws {
    let kept = try Self.encoded(Kept(offer: offer, principal: principal))
    id = String(Digest(SHA256.hash(data: kept)).hex.prefix(32))
    directory = home.pushes + "/" + id
    self.offer = offer
    self.principal = principal
    guard try Directory.kind(of: directory + "/offer.json") == nil else { return }
    guard try Self.all(in: home).count(where: { $0.principal == principal }) < Limits.openPushes else {
      throw PushError.tooMany
    }
    try OwnerOnly.createDirectory(home.pushes)
    try OwnerOnly.createDirectory(directory)
    try DurableFile.replace(directory + "/offer.json", with: Array(kept).span, mode: 0o600)
  }

  /// - Throws: ``PushError/noSuchPush``.
  init(id: String, in home: Home) throws {
    guard id.utf8.count == 32,
      id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let kept = try WholeFile.read(home.pushes + "/\(id)/offer.json", atMost: 64 << 20)
    else { throw PushError.noSuchPush }
    let read = try JSONDecoder().decode(Kept.self, from: Data(kept))
    self.id = id
    offer = read.offer
    principal = read.principal
    directory = home.pushes + "/" + id
  }

  /// Every unfinished push of a store.
  static func all(in home: Home) throws -> [PushStaging] {
    guard try Directory.kind(of: home.pushes) == .directory else { return [] }
    return try Directory.names(in: home.pushes).sorted().compactMap { try? PushStaging(id: $0, in: home) }
  }

  /// How many pieces each file of the offer has.
  static func pieces(of size: Int) -> Int { (size + pieceSize - 1) / pieceSize }

  /// The pieces that have not come, by file.
  func missing() throws -> [Int: [Int]] {
    let there = Set(try Directory.names(in: directory))
    var missing: [Int: [Int]] = [:]
    for (file, resource) in offer.files.enumerated() {
      let pieces = (0..<Self.pieces(of: resource.size)).filter { !there.contains(Self.name(file, $0)) }
      if !pieces.isEmpty { missing[file] = pieces }
    }
    return missing
  }

  /// Keeps a piece, durably. The same again changes nothing.
  /// - Throws: ``PushError/noSuchPiece``, ``PushError/piece(expected:found:)``, `FilesError`, `SealError`.
  func keep(_ bytes: Bytes, file: Int, piece: Int, for recipient: SealingRecipient) throws {
    guard offer.files.indices.contains(file), piece >= 0,
      piece < Self.pieces(of: offer.files[file].size)
    else { throw PushError.noSuchPiece }
    let expected = min(Self.pieceSize, offer.files[file].size - piece * Self.pieceSize)
    guard bytes.count == expected else { throw PushError.piece(expected: expected, found: bytes.count) }
    var writer = try DurableFileWriter(in: directory, mode: 0o600)
    _ = try SealedFile.seal(bytes, to: [recipient]) { try writer.write($0) }
    try writer.commit(as: directory + "/" + Self.name(file, piece))
  }

  /// The files, whole and as they were announced, in memory.
  /// - Throws: ``PushError/incomplete(missing:)``; ``PushError/changed(name:)``, and then the pieces of that file are
  ///   forgotten; `SealError`.
  func assemble(with identity: borrowing SealingIdentity) throws -> Artifact {
    let missing = try missing()
    guard missing.isEmpty else {
      throw PushError.incomplete(missing: missing.values.reduce(0) { $0 + $1.count })
    }
    var files: [Artifact.File] = []
    for (index, resource) in offer.files.enumerated() {
      let bytes = try assemble(index, resource.size, with: identity)
      guard Digest.of(bytes) == resource.digest else {
        for piece in 0..<Self.pieces(of: resource.size) {
          try Disk.removeFile(directory + "/" + Self.name(index, piece))
        }
        throw PushError.changed(name: resource.name)
      }
      files.append(.init(name: resource.name, bytes: bytes))
    }
    return try Artifact(of: files, called: offer.model)
  }

  /// Forgets the push. No error when somebody else just did.
  func remove() throws {
    guard try Directory.kind(of: directory) != nil else { return }
    try DurableFile.removeTree(directory)
  }

  /// Runs `body` while nobody else completes this push.
  func withTurn<Value>(_ body: () throws -> Value) throws -> Value {
    let lock = try FileLock.acquire(directory + "/lock", purpose: "the push", waitingAtMost: .seconds(60))
    defer { extendLifetime(lock) }
    return try body()
  }

  /// When something of it last came.
  func lastNews() throws -> Date {
    let facts = try FileManager.default.attributesOfItem(atPath: directory)
    return facts[.modificationDate] as? Date ?? .distantPast
  }

  private func assemble(_ file: Int, _ size: Int, with identity: borrowing SealingIdentity) throws -> Bytes {
    try unsafe Bytes(capacity: size) { (memory) throws(any Error) in
      var done = 0
      for piece in 0..<Self.pieces(of: size) {
        let sealed = try Bytes(contentsOf: directory + "/" + Self.name(file, piece))
        let opened = try SealedFile.open(sealed, with: identity)
        guard opened.count <= size - done else { throw PushError.changed(name: offer.files[file].name) }
        unsafe opened.withUnsafeBytes {
          unsafe UnsafeMutableRawBufferPointer(rebasing: memory[done..<done + $0.count]).copyMemory(from: $0)
        }
        done += opened.count
      }
      return done
    }
  }

  static func name(_ file: Int, _ piece: Int) -> String { "\(file)-\(piece).age" }

  private static func encoded(_ kept: Kept) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(kept)
  }
}
