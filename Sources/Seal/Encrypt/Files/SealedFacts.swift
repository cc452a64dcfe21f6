// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What a sealed file says about itself to whoever has no key. Nothing of it is proved.
package struct SealedFacts: Sendable, Equatable {
  /// The first arguments of the stanzas, in order, the filler left out.
  package let recipients: [String]
  /// Bytes of the header.
  package let headerCount: Int
  /// Whether recipients change in place.
  package let isAligned: Bool
  package let isArmored: Bool
  /// Whether a change of recipients was interrupted. Opening knows; the next change completes it.
  package let isInterrupted: Bool
  /// Bytes of the file, without armour.
  package let sealedCount: Int
  /// Bytes of the plaintext.
  package let plainCount: Int

  /// - Throws: ``SealError``; `BytesError`.
  package init(_ path: String) throws {
    let input = try SealedInput(path)
    let pending = try SealedPath(path).pendingHeader(of: input)
    let header = if let pending { pending } else { try AgeHeader(of: input) }
    let payload = header.count + ChunkCipher.nonceCount
    guard input.count >= payload else { throw SealError.headerTruncated(offset: input.count) }
    recipients = header.stanzas.map { $0.arguments[0] }.filter { $0 != AgeHeader.fillerKind }
    headerCount = header.count
    isAligned = header.tagged != nil && !input.isArmored
    isArmored = input.isArmored
    isInterrupted = pending != nil
    sealedCount = input.count
    plainCount = try ChunkLayout(sealedCount: input.count - payload).plainCount
  }

  /// Whether a passphrase, and nothing else, opens it.
  package var needsPassphrase: Bool { recipients == [Passphrase.kind] }
}

extension UnlockedFile {
  /// Whether `recipient` can open the file, as far as the file says: files of other tools do not say it.
  package func names(_ recipient: SealingRecipient) -> Bool {
    header.tagged?.contains { $0.tag == AgeHeader.tag(of: recipient, fileKey) } ?? false
  }

  /// Opens every chunk and keeps nothing.
  /// - Throws: ``SealError``, why the file is not as it was sealed.
  package func verify(progress: SealProgress = { _, _ in }) throws(SealError) {
    try unsafe ChunkWorkers.run(over: layout.chunks, progress: progress) {
      (batch, desk) throws(SealError) in
      try unsafe open(batch, in: desk.read) { _, _ in }
    }
  }
}

extension SealError {
  /// Whether the file is not as it was sealed, in contrast to a file that could not be looked at.
  package var isDamage: Bool {
    switch self {
    case .header, .headerTruncated, .headerTooLong, .tooManyStanzas, .stanza, .passphraseAmongOthers,
      .headerChanged, .armor, .noChunk, .chunkCut, .chunkChanged, .lastChunkMissing, .dataAfterLastChunk,
      .emptyLastChunk, .otherPlaintext:
      true
    case .directory(let fault):
      switch fault {
      case .manifest, .badName, .otherMember, .memberSize, .stray: true
      default: false
      }
    default: false
    }
  }
}
