// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
import MartletEncrypt
import MartletEvidence
import MartletFiles

/// Takes files whose digests nobody knows before they have come, as the form of a browser sends them. Each piece is sealed
/// for the store when it comes; at the end they are staged as if they had been offered.
///
///     pushes/spool-<uuid>/<file>-<piece>.age
package struct PushSpool: Sendable {
  private static let prefix = "spool-"

  private let directory: String
  private let store: Store

  fileprivate init(in store: Store) throws {
    self.store = store
    directory = store.home.pushes + "/" + Self.prefix + UUID().uuidString.lowercased()
    try OwnerOnly.createDirectory(store.home.pushes)
    try OwnerOnly.createDirectory(directory)
  }

  /// Keeps a piece. Every one but the last of a file has ``Lifecycle/pieceSize`` bytes.
  package func keep(_ bytes: Bytes, file: Int, piece: Int) throws {
    var writer = try DurableFileWriter(in: directory, mode: 0o600)
    _ = try SealedFile.seal(bytes, to: [store.identity.recipient]) { try writer.write($0) }
    try writer.commit(as: directory + "/" + PushStaging.name(file, piece))
  }

  /// Makes what has come a push.
  /// - Parameter offer: names, digests and sizes, in the order in which the files came.
  /// - Returns: its id, for ``Lifecycle/completePush(_:by:)``; nil where the store has the files already.
  /// - Throws: as ``Lifecycle/beginPush(_:by:)``.
  package func stage(_ offer: PushOffer, by principal: String) throws -> (known: PushReport?, push: String?) {
    let (known, status) = try Lifecycle(store: store).beginPush(offer, by: principal)
    guard let status else { return (known, nil) }
    let staging = try PushStaging(id: status.id, in: store.home)
    for (file, resource) in offer.files.enumerated() {
      for piece in 0..<PushStaging.pieces(of: resource.size) {
        let name = PushStaging.name(file, piece)
        try DurableFile.move(directory + "/" + name, to: staging.directory + "/" + name)
      }
    }
    try remove()
    return (nil, status.id)
  }

  /// Forgets what has come.
  package func remove() throws {
    guard try Directory.kind(of: directory) != nil else { return }
    try DurableFile.removeTree(directory)
  }

  /// Those that nothing has come for in a day: whoever sent them, or the server that took them, is gone.
  static func idle(in home: Home, at time: Date) throws -> [IdleSpool] {
    guard try Directory.kind(of: home.pushes) == .directory else { return [] }
    return try Directory.names(in: home.pushes).filter { $0.hasPrefix(prefix) }.map {
      IdleSpool(directory: home.pushes + "/" + $0)
    }.filter { spool in
      FileFacts(of: spool.directory).map {
        time.timeIntervalSince1970 - TimeInterval($0.modified) > PushStaging.patience
      } ?? false
    }
  }
}

/// What is left of a spool whose owner is gone.
struct IdleSpool {
  let directory: String

  func remove() throws { try DurableFile.removeTree(directory) }
}

extension Lifecycle {
  /// Begins to take files that come without having been offered.
  package func spool() throws -> PushSpool { try PushSpool(in: store) }
}
