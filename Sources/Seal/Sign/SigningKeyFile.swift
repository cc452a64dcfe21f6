// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

/// Signing keys in files that only their owner can open, the public half beside each.
package enum SigningKeyFile {
  /// Where the public half of a key is.
  package static func publicHalf(of path: String) -> String { path + ".pub" }

  /// Writes a new key with mode 0600, and its public half. Nothing that is there is overwritten.
  /// - Parameter passphrase: what the key is encrypted with; nil writes it plain.
  /// - Throws: ``SignError``: `taken`, `files`, `emptyPassphrase`.
  package static func create(
    _ path: String, _ key: borrowing SigningKey, passphrase: [UInt8]? = nil
  ) throws(SignError) {
    let secret = if let passphrase { try key.encryptedPEM(passphrase) + "\n" } else { key.secretPEM + "\n" }
    let shown = publicHalf(of: path)
    do throws(FilesError) {
      guard try Directory.kind(of: shown) == nil else {
        throw FilesError.system(.create, path: shown, code: exists)
      }
      try OwnerOnly.create(path, with: Array(secret.utf8).span)
      try DurableFile.create(shown, with: Array((key.publicPEM + "\n").utf8).span)
    } catch {
      if case .system(_, let place, let code) = error, code == exists { throw .taken(path: place) }
      throw .files(error)
    }
  }

  /// Reads a key. Refuses a file that others may read.
  /// - Parameter passphrase: asked for when the key is encrypted, and only then.
  /// - Throws: ``SignError``: `noKey`, `files`, and what reading the key throws.
  package static func read(
    _ path: String, passphrase: () throws(SignError) -> [UInt8]?
  ) throws(SignError) -> SigningKey {
    let bytes: [UInt8]?
    do throws(FilesError) { bytes = try OwnerOnly.read(path) } catch { throw .files(error) }
    guard let bytes else { throw .noKey(path: path) }
    let pem = String(decoding: bytes, as: UTF8.self)
    do throws(SignError) { return try SigningKey(pem: pem) } catch {
      guard error == .wantsPassphrase, let secret = try passphrase() else { throw error }
      return try SigningKey(pem: pem, passphrase: secret)
    }
  }

  /// EEXIST.
  private static let exists: Int32 = 17
}
