// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import struct MartletEvidence.Digest

/// Why something could not be sealed or opened. Offsets count from the start of the sealed file, chunks
/// and stanzas from zero.
package enum SealError: Error, Equatable, Sendable {
  // The header
  /// The bytes do not begin like an age file.
  case notSealed
  /// An age file of a version other than 1.
  case unknownVersion
  /// A line of the header that the grammar does not have.
  case header(offset: Int, HeaderFault)
  /// The file ends before the header, or the nonce that follows it, is complete.
  case headerTruncated(offset: Int)
  /// No end of the header within ``Limits/sealedHeader``.
  case headerTooLong(limit: Int)
  /// More than ``Limits/sealedStanzas``.
  case tooManyStanzas(limit: Int)
  /// A stanza of a known kind with impossible content.
  case stanza(index: Int, StanzaFault)
  /// A passphrase stanza that does not stand alone.
  case passphraseAmongOthers
  /// No stanza was made for the identity, whose recipient is named. `found` are the kinds of the stanzas.
  case notForThisIdentity(String, found: [String])
  /// The header's MAC does not fit: something in the header was changed after sealing.
  case headerChanged

  // The payload
  /// The payload ends after its nonce.
  case noChunk
  /// The last chunk is shorter than its authentication tag.
  case chunkCut(chunk: Int, found: Int)
  /// The chunk is not what was sealed at this place.
  case chunkChanged(chunk: Int, of: Int)
  /// The file was cut between two chunks: the last one present is authentic, but is not the last one sealed.
  case lastChunkMissing(after: Int)
  /// The file goes on after the chunk that was sealed as the last.
  case dataAfterLastChunk(chunk: Int)
  /// The last chunk is authentic but empty, which is allowed for an empty file only.
  case emptyLastChunk(chunk: Int)
  /// The file is intact, but its plaintext is not the one asked for.
  case otherPlaintext(expected: Digest, found: Digest)

  // Keys
  case noRecipient
  case tooManyRecipients(count: Int, limit: Int)
  /// A recipient with a public key of low order: anybody could open what is sealed for it.
  case weakRecipient(String)
  /// Text that is no recipient.
  case recipientText(KeyTextFault)
  /// Text that is no identity. The text itself is never repeated.
  case identityText(KeyTextFault)

  // Memory
  case noMemory(bytes: Int, reason: String)
}

/// What is wrong with a line of a header.
package enum HeaderFault: Equatable, Sendable {
  case unexpectedLine
  case emptyArgument
  case badCharacter
  case longLine
  case badBody
  case noStanza
  case badMAC
}

/// What is wrong with an X25519 stanza.
package enum StanzaFault: Equatable, Sendable {
  case argumentCount(expected: Int, found: Int)
  case badShare
  case bodyLength(expected: Int, found: Int)
  case lowOrderShare
}

/// What is wrong with the text of a key. Offsets count from the start of the key.
package enum KeyTextFault: Error, Equatable, Sendable {
  case noKey
  case severalKeys
  case tooLong(limit: Int)
  case invalidCharacter(offset: Int)
  case mixedCase
  case wrongPrefix(expected: String)
  case badChecksum
  case badPadding
  case wrongLength(expected: Int, found: Int)
}
