// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// The aligned header: always 4,080 bytes, so that with the nonce of 16 bytes the chunks begin at byte 4,096.
///
/// Who may open a sealed model changes more often than the model. In an ordinary age file one recipient more
/// or less moves every byte that follows, so that gigabytes are written again. Here a stanza that
/// means nothing takes up what the recipients leave free: a changed header has the old length and is written in
/// place, in one page, and the chunks stay where they are. Chunk `i` stands at 4,096 + 65,552 `i` in every
/// file, so that a reader can seek without having read the header.
///
/// Other age tools read such files, because readers must ignore stanzas they do not know. The filler is
/// under the header's MAC like every stanza.
extension AgeHeader {
  static let alignedCount = 4096 - ChunkCipher.nonceCount
  static let fillerKind = "martlet-filler"
  /// The most recipients an aligned header has room for: 40.
  static let alignedRecipients = (room - shortestFiller) / x25519StanzaCount

  private static let x25519StanzaCount = "-> X25519 ".utf8.count + 43 + 1 + 43 + 1
  private static let room = alignedCount - version.utf8.count - 1 - endCount
  private static let shortestFiller = "-> \(fillerKind) 0\n\n".utf8.count

  /// A header of exactly ``alignedCount`` bytes that wraps `fileKey` for the recipients, each once and in this
  /// order.
  /// - Throws: ``SealError/noRecipient``, ``SealError/tooManyRecipients(count:limit:)`` and
  ///   ``SealError/weakRecipient(_:)``.
  static func aligned(_ fileKey: SymmetricKey, for recipients: [SealingRecipient]) throws(SealError)
    -> AgeHeader
  {
    var seen: Set<SealingRecipient> = []
    let distinct = recipients.filter { seen.insert($0).inserted }
    guard !distinct.isEmpty else { throw .noRecipient }
    guard distinct.count <= alignedRecipients else {
      throw .tooManyRecipients(count: distinct.count, limit: alignedRecipients)
    }
    var stanzas: [AgeStanza] = []
    for recipient in distinct { stanzas.append(try X25519.wrap(fileKey, for: recipient)) }
    stanzas.append(filler(count: room - stanzas.reduce(0) { $0 + $1.text.count }))
    let header = AgeHeader(stanzas, fileKey: fileKey)
    precondition(header.count == alignedCount, "the filler stanza has the wrong length")
    return header
  }

  /// A stanza whose text has exactly `count` bytes. Full lines of the body take up most of it, so that no line
  /// is longer than the 64 columns every reader must take, and the argument takes up the rest.
  private static func filler(count: Int) -> AgeStanza {
    let line = AgeStanza.columns + 1
    let spare = count - shortestFiller
    let argument = String(repeating: "0", count: 1 + spare % line)
    let body = [UInt8](repeating: 0, count: spare / line * (AgeStanza.columns * 3 / 4))
    return AgeStanza(arguments: [fillerKind, argument], body: body)
  }
}
