// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Glibc
import MartletBytes
import MartletFiles

/// What became of the recipients of a file.
package enum Rewrapped: String, Sendable {
  /// They were as asked for already.
  case unchanged
  /// The header was exchanged in place.
  case inPlace
  /// The file was written anew, with the same chunks behind another header: the old one was not aligned, or had no room.
  case whole
}

extension SealedPath {
  /// Gives the file other recipients, without reading or writing its chunks where its header is aligned. When this returns, the
  /// change is durable; a crash leaves the old recipients or the new ones.
  ///
  /// The file keeps its key. Whoever could open it before and kept that key, or the plaintext, still can: this stops those
  /// who come later.
  ///
  /// - Parameters:
  ///   - store: has a key of a recipient.
  ///   - added: those who are recipients already are no error.
  ///   - removed: must be recipients, as far as the file says, unless `ifPresent`.
  /// - Throws: ``SealError/notARecipient(_:)``, ``SealError/noRecipient`` when nobody would be left,
  ///   ``SealError/sealedWithPassphrase``, and otherwise what ``unlock(with:)`` and ``FileSealer/init(for:)`` throw.
  package func rewrap(
    with store: borrowing some KeyStore & ~Copyable, adding added: [SealingRecipient],
    removing removed: [SealingRecipient], ifPresent: Bool = false
  ) throws -> Rewrapped {
    let change = try lock()
    let input = try SealedInput(path)
    if let start = try pendingStart(of: input) { try change.finish(start.span) } else { try change.discard() }
    let file = try SealedFile.unlock(input, with: store)
    guard file.header.stanzas[0].arguments[0] != Passphrase.kind else { throw SealError.sealedWithPassphrase }
    let old =
      file.header.tagged
      ?? file.header.stanzas.filter { $0.arguments[0] != AgeHeader.fillerKind }
      .map { AgeHeader.Tagged(stanza: $0, tag: AgeHeader.Tagged.unknown) }
    let new = try Self.changed(old, file.fileKey, adding: added, removing: removed, ifPresent)
    if new == old, file.header.tagged != nil, !input.isArmored { return .unchanged }
    let pages = (file.header.count + ChunkCipher.nonceCount) / AgeHeader.page
    guard file.header.isAligned, !input.isArmored,
      let header = AgeHeader.aligned(new, file.fileKey, pages: pages)
    else {
      try writeWhole(file, AgeHeader.aligned(new, file.fileKey))
      return .whole
    }
    let nonce = try input.array(file.header.count..<file.payload)
    let start = header.text + nonce
    try change.replaceStart(with: start.span)
    return .inPlace
  }

  private func lock() throws(SealError) -> InPlaceFile {
    do throws(FilesError) { return try InPlaceFile(path) } catch { throw .file(error) }
  }

  /// Whether each of `removed` is a recipient.
  /// - Throws: ``SealError/notARecipient(_:)`` and what ``unlock(with:)`` throws.
  func check(_ removed: [SealingRecipient], with store: borrowing some KeyStore & ~Copyable) throws {
    let file = try unlock(with: store)
    let tags = (file.header.tagged ?? []).map(\.tag)
    for recipient in removed where !tags.contains(AgeHeader.tag(of: recipient, file.fileKey)) {
      throw SealError.notARecipient(recipient.short)
    }
  }

  private static func changed(
    _ old: [AgeHeader.Tagged], _ fileKey: SymmetricKey, adding added: [SealingRecipient],
    removing removed: [SealingRecipient], _ ifPresent: Bool
  ) throws(SealError) -> [AgeHeader.Tagged] {
    var tagged = old
    for recipient in removed {
      let tag = AgeHeader.tag(of: recipient, fileKey)
      guard ifPresent || tagged.contains(where: { $0.tag == tag }) else {
        throw .notARecipient(recipient.short)
      }
      tagged.removeAll { $0.tag == tag }
    }
    for recipient in added where !tagged.contains(where: { $0.tag == AgeHeader.tag(of: recipient, fileKey) })
    {
      tagged.append(try AgeHeader.tag(recipient, with: fileKey))
    }
    guard !tagged.isEmpty else { throw .noRecipient }
    // Through the check of kinds, whatever room there is.
    _ = try AgeHeader.aligned(tagged, fileKey)
    return tagged
  }

  /// The same chunks behind another header, in a new file that takes this one's place.
  private func writeWhole(_ file: UnlockedFile<SealedInput>, _ header: AgeHeader) throws {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else {
      throw SealError.file(.system(.open, path: path, code: errno))
    }
    var writer = try DurableFileWriter(in: FilePath.parent(of: path), mode: facts.st_mode & 0o777)
    try writer.write(header.text.span)
    var place = file.header.count
    while place < file.source.count {
      let piece = try file.source.array(place..<min(place + (1 << 20), file.source.count))
      try writer.write(piece.span)
      place += piece.count
    }
    try writer.commit(as: path)
  }
}
