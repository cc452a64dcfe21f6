// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes
import MartletEvidence
import MartletFiles
package import MartletLifecycle
import MartletRegistry
import NIOCore

// Files on their way to a server, and from it.
extension ServerDoor {
  /// How often a piece is sent again when the server cannot be reached, or is busy.
  private static let attempts = 5

  package func push(_ order: PushOrder, progress: (Double) -> Void) async throws -> PushReport {
    let (artifact, offer) = try PushOffer.reading(order.path, as: order.model, signature: order.signature)
    let (status, body) = try await connection.send(.post, "/pushes", offer)
    if status == 200 { return try ServerConnection.read(PushReport.self, from: body) }
    let push = try ServerConnection.read(PushStatus.self, from: body)
    let total = max(1, offer.size)
    var left = push.missing.reduce(0) { sum, file in
      sum + file.pieces.reduce(0) { $0 + Self.range($1, push.pieceSize, offer.files[file.file].size).count }
    }
    for file in push.missing {
      guard artifact.files.indices.contains(file.file) else {
        throw ServerDoorError.answer("a file that was not offered")
      }
      for piece in file.pieces {
        let bytes = artifact.files[file.file].bytes
        let range = Self.range(piece, push.pieceSize, bytes.count)
        guard !range.isEmpty else { throw ServerDoorError.answer("a piece that was not offered") }
        try await send(bytes.slice(range), to: "/pushes/\(push.id)/files/\(file.file)/pieces/\(piece)")
        left -= range.count
        progress(Double(total - left) / Double(total))
      }
    }
    let answer = try await connection.send(
      .post, "/pushes/\(push.id)/complete", Int?.none, accepted: [422])
    return try ServerConnection.read(PushReport.self, from: answer.body)
  }

  package func pull(_ name: VersionName, to output: String, isSealed: Bool) async throws -> VersionSummary {
    let version = try await pulled(name)
    let address = Self.address(of: try VersionName("\(version.model):\(version.version)")) + "/files/"
    let query = isSealed ? "?sealed=true" : ""
    if version.files.count == 1, version.files[0].name == "." {
      var writer = try DurableFileWriter(in: FilePath.parent(of: output), mode: 0o600)
      var hash = SHA256()
      try await connection.receive(address + "0" + query) { piece in
        let bytes = Array(piece.readableBytesView)
        hash.update(data: bytes)
        try writer.write(bytes.span)
      }
      guard isSealed || Digest(hash.finalize()) == version.files[0].digest else {
        throw ServerDoorError.changed(name: output)
      }
      try writer.commit(asNew: output)
      return version
    }
    let directory = try DurableDirectory(in: FilePath.parent(of: output), mode: 0o600)
    for (place, file) in version.files.enumerated() {
      guard let path = ModelPath(file.name), path.isExactly(file.name), !path.names.isEmpty else {
        throw ServerDoorError.answer("a file whose name leads elsewhere")
      }
      let spool = BytesSpool()
      try await connection.receive(address + "\(place)" + query) { piece in
        try unsafe piece.withUnsafeReadableBytes { try unsafe spool.append($0) }
      }
      let bytes = try spool.finish()
      guard isSealed || Digest.of(bytes) == file.digest else {
        throw ServerDoorError.changed(name: file.name)
      }
      try directory.write(isSealed ? file.name + ".age" : file.name) { places in
        try unsafe bytes.withUnsafeBytes { (raw) throws(FilesError) in try unsafe places.write(raw, at: 0) }
      }
    }
    try directory.commit(asNew: output)
    return version
  }

  /// The version that a pull means: the newest released one where the name says none. Its digest must follow from its files.
  private func pulled(_ name: VersionName) async throws -> VersionSummary {
    var version = try await version(name)
    if name.which == .newest,
      let released = try await versions(of: name.model).first(where: { $0.state == .released })
    {
      version = released
    }
    guard try Manifest(version.files).root == version.digest else {
      throw ServerDoorError.answer("files that are not those of the version's digest")
    }
    return version
  }

  private func send(_ bytes: Bytes, to path: String) async throws {
    let buffer = unsafe bytes.withUnsafeBytes { unsafe ByteBuffer(bytes: $0) }
    for attempt in 1... {
      do {
        return try await connection.send(buffer, to: path)
      } catch ServerDoorError.unreachable where attempt < Self.attempts {
        try await Task.sleep(for: .milliseconds(200 << attempt))
      } catch ServerDoorError.refused(let status, _)
        where [429, 502, 503, 504].contains(status) && attempt < Self.attempts
      {
        try await Task.sleep(for: .milliseconds(200 << attempt))
      }
    }
  }

  private static func range(_ piece: Int, _ pieceSize: Int, _ size: Int) -> Range<Int> {
    guard pieceSize > 0, piece >= 0, piece <= size / pieceSize else { return 0..<0 }
    let start = min(size, piece * pieceSize)
    return start..<min(size, start + pieceSize)
  }
}
