// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEncrypt
import MartletEvidence
import MartletFiles
import MartletLog

/// The keys of a store, in files that only its owner can open. Missing ones are made; one that is there is never
/// overwritten, because everything sealed or signed with it would be lost.
struct StoreKeys {
  let signer: EvidenceSigner
  private let home: Home

  /// Opens the keys of a store that has them all, without waiting for anybody: they are never changed. Nil for a store
  /// that lacks one.
  init?(opening home: Home) throws {
    guard let pem = try OwnerOnly.read(home.evidenceKey), try OwnerOnly.read(home.sealingKey) != nil,
      try OwnerOnly.read(home.logKey) != nil
    else { return nil }
    self.home = home
    signer = try EvidenceSigner(pem: String(decoding: pem, as: UTF8.self))
    guard try Self.isPublished(signer.verifier.pem, at: home.evidenceVerifierKey),
      try Self.isPublished(LogKey(contentsOf: home.logKey).verifier.text + "\n", at: home.logVerifierKey)
    else { return nil }
  }

  /// The caller holds the store's lock.
  init(openingOrMaking home: Home) throws {
    self.home = home
    let isNew = try Self.isNew(home)
    if let pem = try OwnerOnly.read(home.evidenceKey) {
      signer = try EvidenceSigner(pem: String(decoding: pem, as: UTF8.self))
    } else {
      try Self.check(isNew, missing: home.evidenceKey)
      signer = EvidenceSigner()
      try OwnerOnly.create(home.evidenceKey, with: Array(signer.secretPEM.utf8).span)
    }
    if try OwnerOnly.read(home.sealingKey) == nil {
      try Self.check(isNew, missing: home.sealingKey)
      let identity = try SealingIdentity.generate()
      try identity.withIdentityFile { (file: Span<UInt8>) throws(FilesError) in
        try OwnerOnly.create(home.sealingKey, with: file)
      }
    }
    if try OwnerOnly.read(home.logKey) == nil {
      try Self.check(isNew, missing: home.logKey)
      try LogKey(generatingFor: "martlet.local/" + UUID().uuidString.lowercased()).write(to: home.logKey)
    }
    try publish(signer.verifier.pem, to: home.evidenceVerifierKey)
    try publish(LogKey(contentsOf: home.logKey).verifier.text + "\n", to: home.logVerifierKey)
  }

  func identity() throws -> SealingIdentity {
    guard let file = try OwnerOnly.read(home.sealingKey) else { throw StoreError.missingKey(home.sealingKey) }
    return try SealingIdentity(identityFile: file.span)
  }

  func log() throws -> LogKey { try LogKey(contentsOf: home.logKey) }

  /// Public halves lie beside the store, for whoever checks it. They follow from the private ones.
  private func publish(_ text: String, to path: String) throws {
    if try Self.isPublished(text, at: path) { return }
    try DurableFile.replace(path, with: Array(text.utf8).span)
  }

  private static func isPublished(_ text: String, at path: String) throws -> Bool {
    try WholeFile.read(path, atMost: 1 << 16) == Array(text.utf8)
  }

  /// A store without a log and without blobs has nothing yet that a key could be needed for.
  private static func isNew(_ home: Home) throws -> Bool {
    try Directory.kind(of: home.log) != .directory && Directory.kind(of: home.blobs) != .directory
  }

  /// A new key in an old store would hide that the old one is lost.
  private static func check(_ isNew: Bool, missing path: String) throws {
    guard isNew else { throw StoreError.missingKey(path) }
  }
}
