// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFiles

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
  /// The passphrase does not open the file.
  case wrongPassphrase
  /// No stanza was made for the keys that are named. `found` are the kinds of the stanzas.
  case notForThisIdentity(String, found: [String])
  /// The header's MAC does not fit: something in the header was changed after sealing.
  case headerChanged

  /// ASCII armour that is not strict. Lines count from one.
  case armor(line: Int, ArmorFault)

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
  case tooManyRecipients(limit: Int)
  /// Post-quantum recipients beside others, through whose stanzas a quantum computer would open the file.
  case mixedRecipients
  /// A recipient with a public key of low order: anybody could open what is sealed for it.
  case weakRecipient(String)
  /// Text that is no recipient.
  case recipientText(KeyTextFault)
  /// Text that is no identity. The text itself is never repeated.
  case identityText(KeyTextFault)

  /// A recipient or identity of an age plugin, by the plugin's name.
  case pluginKey(String)
  case sshKey(SSHKeyFault)
  case emptyPassphrase

  // Changing recipients
  /// The recipient to take away is none of the file's, as far as the file says.
  case notARecipient(String)
  /// The file was sealed with a passphrase, which stands alone.
  case sealedWithPassphrase

  // Ranges and directories
  case range(Range<Int>, of: Int)
  case tensor(TensorFault)
  case directory(DirectoryFault)

  // The system
  case file(FilesError)
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

/// What is wrong with a stanza of a known kind.
package enum StanzaFault: Equatable, Sendable {
  case argumentCount(expected: Int, found: Int)
  /// An argument that is not `count` bytes in canonical base64.
  case badShare(count: Int)
  case bodyLength(expected: Int, found: Int)
  case lowOrderShare
  case badSalt
  case badWorkFactor
  /// More work for one guess at the passphrase than anybody should be made to do.
  case workFactor(found: String, limit: Int)
}

/// What is wrong with ASCII armour.
package enum ArmorFault: Equatable, Sendable {
  case noBegin
  case noEnd
  case shortLine
  case longLine
  case badBase64
  case trailing
}

/// What is wrong with a key of OpenSSH.
package enum SSHKeyFault: Equatable, Sendable {
  case unsupportedType(String)
  case unsupportedFile
  case passphrase
  case malformed
}

/// Why there is no such tensor in a sealed file.
package enum TensorFault: Equatable, Sendable {
  case notSafetensors(String)
  case missing(String, some: [String])
}

/// What is wrong with a sealed directory.
package enum DirectoryFault: Equatable, Sendable {
  case notOne(path: String)
  case manifest(String)
  case badName(String)
  case missing(String, some: [String])
  /// The file of a member is not the one the manifest names.
  case otherMember(String)
  case memberSize(String, expected: Int, found: Int)
  case stray(String)
  case notAFile(String)
  case empty(String)
  case tooMany(limit: Int)
}

/// What is wrong with the text of a key. Offsets count from the start of the key.
package enum KeyTextFault: Error, Equatable, Sendable {
  case noKey
  case severalKeys
  case tooMany(limit: Int)
  case tooLong(limit: Int)
  case invalidCharacter(offset: Int)
  case mixedCase
  case wrongPrefix(expected: String)
  case badChecksum
  case badPadding
  case wrongLength(expected: Int, found: Int)
}
