// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// The aligned header: always 16 bytes less than whole pages, nearly always than one, so that with the nonce of 16 bytes
/// the chunks begin on a page.
///
/// Who may open a sealed model changes more often than the model. In an ordinary age file one recipient more
/// or less moves every byte that follows, so that gigabytes are written again. Here a stanza that opens nothing takes up
/// what the recipients leave free: a changed header has the old length and is written in
/// place, in one page, and the chunks stay where they are.
///
/// The filler also says which stanza is whose, to those who can open the file and to nobody else. The stanzas themselves do
/// not: age keeps recipients anonymous. Its body begins with a tag for each stanza before it, a MAC of the recipient
/// under the file key, so that a recipient can be taken away by naming it.
///
/// Other age tools read such files, because readers must ignore stanzas they do not know. The filler is
/// under the header's MAC like every stanza.
extension AgeHeader {
  static let fillerKind = "martlet-filler"
  static let tagCount = 6
  static let page = 4096

  /// A stanza with the tag of the recipient it was made for; zeros where nobody knows whom it was made for.
  struct Tagged: Equatable {
    let stanza: AgeStanza
    let tag: [UInt8]

    static let unknown = [UInt8](repeating: 0, count: AgeHeader.tagCount)
  }

  /// What is read of the filler: nil for a header without one, which is no aligned header.
  var tagged: [Tagged]? {
    guard isAligned, let filler = stanzas.last, filler.arguments[0] == Self.fillerKind else { return nil }
    return stanzas.dropLast().enumerated().map { index, stanza in
      let tag = filler.body.dropFirst(index * Self.tagCount).prefix(Self.tagCount)
      return Tagged(stanza: stanza, tag: tag.count == Self.tagCount ? Array(tag) : Tagged.unknown)
    }
  }

  /// Whether the chunks behind it begin on a page.
  var isAligned: Bool { (count + ChunkCipher.nonceCount) % Self.page == 0 }

  /// A header of the least pages that wraps `fileKey` for the recipients, each once and in this order.
  /// - Throws: ``SealError/noRecipient``, ``SealError/tooManyRecipients(limit:)``, ``SealError/weakRecipient(_:)``,
  ///   ``SealError/mixedRecipients``.
  static func aligned(_ fileKey: SymmetricKey, for recipients: [SealingRecipient]) throws(SealError)
    -> AgeHeader
  {
    var seen: Set<SealingRecipient> = []
    var tagged: [Tagged] = []
    for recipient in recipients where seen.insert(recipient).inserted {
      tagged.append(try tag(recipient, with: fileKey))
    }
    return try aligned(tagged, fileKey)
  }

  /// A header of the least pages with these stanzas and the filler.
  /// - Throws: ``SealError/noRecipient``, ``SealError/tooManyRecipients(limit:)``, ``SealError/mixedRecipients``.
  static func aligned(_ tagged: [Tagged], _ fileKey: SymmetricKey) throws(SealError) -> AgeHeader {
    guard !tagged.isEmpty else { throw .noRecipient }
    guard tagged.count < Limits.sealedStanzas else {
      throw .tooManyRecipients(limit: Limits.sealedStanzas - 1)
    }
    // Whoever records the file and has a quantum computer later opens it through its weakest stanza.
    let quantumSafe = tagged.count { $0.stanza.arguments[0] == PostQuantum.kind }
    guard quantumSafe == 0 || quantumSafe == tagged.count else { throw .mixedRecipients }
    for pages in 1...Limits.sealedHeader / page {
      if let header = aligned(tagged, fileKey, pages: pages) { return header }
    }
    throw .tooManyRecipients(limit: tagged.count - 1)
  }

  /// A header of `pages` pages with these stanzas and the filler, or `nil` when they have no room there.
  static func aligned(_ tagged: [Tagged], _ fileKey: SymmetricKey, pages: Int) -> AgeHeader? {
    let count = pages * page - ChunkCipher.nonceCount
    let taken = version.utf8.count + 1 + endCount + tagged.reduce(0) { $0 + $1.stanza.text.count }
    let tags = tagged.flatMap(\.tag)
    guard let filler = filler(count: count - taken, tags: tags) else { return nil }
    let header = AgeHeader(tagged.map(\.stanza) + [filler], fileKey: fileKey)
    precondition(header.count == count, "the filler stanza has the wrong length")
    return header
  }

  /// The stanza for a recipient, with its tag.
  /// - Throws: ``SealError/weakRecipient(_:)``.
  static func tag(_ recipient: SealingRecipient, with fileKey: SymmetricKey) throws(SealError) -> Tagged {
    Tagged(stanza: try recipient.wrap(fileKey), tag: tag(of: recipient, fileKey))
  }

  /// Six bytes that tell recipients of one file apart, and say nothing to whoever lacks the file key.
  static func tag(of recipient: SealingRecipient, _ fileKey: SymmetricKey) -> [UInt8] {
    let key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: fileKey, info: Data("martlet/recipient-tag".utf8), outputByteCount: 32)
    let named = Array("\(recipient.kind.stanza)\0".utf8) + recipient.publicKey
    return Array(HMAC<SHA256>.authenticationCode(for: named, using: key).prefix(tagCount))
  }

  /// A stanza whose text has exactly `count` bytes and whose body begins with `tags`. Full lines of the body take up most of
  /// it, so that no line is longer than the 64 columns every reader must take, and the argument takes up the rest.
  private static func filler(count: Int, tags: [UInt8]) -> AgeStanza? {
    let line = AgeStanza.columns + 1
    let spare = count - "-> \(fillerKind) 0\n\n".utf8.count
    guard spare >= 0 else { return nil }
    let body =
      tags + [UInt8](repeating: 0, count: max(0, spare / line * (AgeStanza.columns * 3 / 4) - tags.count))
    guard body.count <= spare / line * (AgeStanza.columns * 3 / 4) else { return nil }
    return AgeStanza(
      arguments: [fillerKind, String(repeating: "0", count: 1 + spare % line)], body: body)
  }
}
