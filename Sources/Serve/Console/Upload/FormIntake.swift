// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import MartletEvidence
import MartletLifecycle
import NIOPosix

/// Keeps the files of a form as they come, sealed, and finds out what they are. The fields before the first file are the token and
/// the model's name: without a right to them nothing is kept.
///
/// Of one request, whose parts come one after the other.
actor FormIntake {
  struct Spooled: Sendable {
    let offer: PushOffer
    let spool: PushSpool
  }

  private struct Open {
    let name: String
    var hash = SHA256()
    var size = 0
    var piece = 0
    var bytes: [UInt8] = []
  }

  private let accept: @Sendable (String?) -> Bool
  private let allow: @Sendable (String) throws -> Void
  private let hasRoom: @Sendable (String, Int) throws -> Void
  private let makeSpool: @Sendable () throws -> PushSpool
  private let run: @Sendable (@escaping @Sendable () throws -> Void) async throws -> Void
  private var fields: [String: String] = [:]
  private var field: (name: String, bytes: [UInt8])?
  private var open: Open?
  private var files: [Manifest.Resource] = []
  private var spool: PushSpool?
  private var model: String?
  private var total = 0

  private static let longestField = 1_024

  init(
    accept: @escaping @Sendable (String?) -> Bool, allow: @escaping @Sendable (String) throws -> Void,
    hasRoom: @escaping @Sendable (_ model: String, _ bytes: Int) throws -> Void,
    spool: @escaping @Sendable () throws -> PushSpool,
    run: @escaping @Sendable (@escaping @Sendable () throws -> Void) async throws -> Void
  ) {
    (self.accept, self.allow, self.hasRoom, makeSpool, self.run) = (accept, allow, hasRoom, spool, run)
  }

  func take(_ events: [MultipartReader.Event]) async throws {
    for event in events {
      switch event {
      case .begin(let name, let file):
        if let file { try await begin(file) } else { field = (name, []) }
      case .bytes(let bytes): try await take(bytes)
      case .end: try await endPart()
      }
    }
  }

  /// All files, as an offer of the model.
  func end() throws -> Spooled {
    guard let spool, let model, !files.isEmpty else {
      throw ConsoleRefusal.refused("Choose the file of a model first.")
    }
    let names = files.map(\.name)
    let files =
      names.count == 1 ? [Manifest.Resource(name: ".", digest: files[0].digest, size: files[0].size)] : files
    return Spooled(offer: PushOffer(model: model, files: files), spool: spool)
  }

  func forget() async {
    guard let spool else { return }
    try? await run { try spool.remove() }
  }

  private func begin(_ name: String) async throws {
    if spool == nil {
      guard accept(fields["token"]) else { throw ConsoleRefusal.foreignForm }
      let model = (fields["model"] ?? "").trimmingCharacters(in: .whitespaces)
      guard ModelName.isUsable(model) else { throw PushError.modelName(model) }
      try allow(model)
      self.model = model
      try await checkRoom()
      spool = try makeSpool()
    }
    guard files.count < Limits.archiveMembers else { throw PushError.files(files.count + 1) }
    open = Open(name: Self.inside(name))
  }

  /// What has no room is not taken to its end.
  private func checkRoom() async throws {
    guard let model else { return }
    let (hasRoom, total) = (hasRoom, total)
    try await run { try hasRoom(model, total) }
  }

  /// A browser that sends a folder names its files with the folder, which is no part of the model. What leads elsewhere stays as
  /// it is, and is refused with the offer.
  private static func inside(_ name: String) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, let folder = parts.first, !["", ".", ".."].contains(folder) else { return name }
    return parts.dropFirst().joined(separator: "/")
  }

  private func take(_ bytes: [UInt8]) async throws {
    if var known = field {
      known.bytes += bytes
      guard known.bytes.count <= Self.longestField else { throw ConsoleRefusal.malformed }
      field = known
      return
    }
    guard var file = open, let spool else { throw ConsoleRefusal.malformed }
    open = nil
    total += bytes.count
    guard total <= Limits.push else { throw PushError.tooLarge }
    file.hash.update(data: bytes)
    file.size += bytes.count
    file.bytes += bytes
    while file.bytes.count >= Lifecycle.pieceSize {
      let piece = Bytes(Array(file.bytes[..<Lifecycle.pieceSize]))
      file.bytes.removeFirst(Lifecycle.pieceSize)
      let (place, number) = (files.count, file.piece)
      try await checkRoom()
      try await run { try spool.keep(piece, file: place, piece: number) }
      file.piece += 1
    }
    open = file
  }

  private func endPart() async throws {
    if let known = field {
      field = nil
      guard fields.updateValue(String(decoding: known.bytes, as: UTF8.self), forKey: known.name) == nil else {
        throw ConsoleRefusal.malformed
      }
      return
    }
    guard let file = open, let spool else { throw ConsoleRefusal.malformed }
    open = nil
    // A form without a file chosen has one without a name and without bytes.
    if file.name.isEmpty, file.size == 0 { return }
    if !file.bytes.isEmpty {
      let (piece, place, number) = (Bytes(file.bytes), files.count, file.piece)
      try await run { try spool.keep(piece, file: place, piece: number) }
    }
    files.append(Manifest.Resource(name: file.name, digest: Digest(file.hash.finalize()), size: file.size))
  }
}

/// Work that waits for the disk.
enum NIOWork {
  static func run(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await NIOThreadPool.singleton.runIfActive(body)
  }
}
