// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension SealError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notSealed:
      "expected a sealed file that begins with \(AgeHeader.version), found other bytes: this file is not sealed"
    case .unknownVersion:
      "expected a sealed file of \(AgeHeader.version), found another version: seal the file again in version 1"
    case .header(let offset, let fault):
      "the header is damaged in the line at byte \(offset): \(fault); restore the file from a copy"
    case .headerTruncated(let offset):
      "expected more of the header, found the end of the file at byte \(offset): the file is cut short"
    case .headerTooLong(let limit):
      "expected a header of at most \(limit) bytes, found no end of it: this file is damaged or made to harm"
    case .tooManyStanzas(let limit):
      "expected a header for at most \(limit) recipients, found more: this file is damaged or made to harm"
    case .stanza(let index, let fault):
      "recipient \(index + 1) in the header is malformed: \(fault); restore the file from a copy"
    case .passphraseAmongOthers:
      "expected a passphrase alone, found one beside other recipients: the age format forbids that, seal the file again"
    case .notForThisIdentity(let recipient, let found):
      "expected a file sealed for \(recipient), found \(Self.list(found)): use the identity of one of its recipients"
    case .headerChanged:
      "the header was changed after the file was sealed: its MAC does not fit; restore the file from a copy"
    case .noChunk:
      "expected at least one chunk after the header, found the end of the file: the file is cut short"
    case .chunkCut(let chunk, let found):
      "expected at least \(ChunkCipher.tagCount) bytes in chunk \(chunk), found \(found): the file is cut short"
    case .chunkChanged(let chunk, let count):
      "chunk \(chunk) of \(count) is not what was sealed: it was changed, or the file was cut or extended inside of it; restore the file from a copy"
    case .lastChunkMissing(let chunk):
      "expected more chunks after chunk \(chunk), found the end of the file: the file is cut short"
    case .dataAfterLastChunk(let chunk):
      "expected the end of the file after chunk \(chunk), found more bytes: something was added after sealing"
    case .emptyLastChunk(let chunk):
      "expected data in the last chunk \(chunk), found none: whoever sealed the file did not follow the age format"
    case .otherPlaintext(let expected, let found):
      "expected plaintext with SHA-256 \(expected), found \(found): one sealed file was put in the place of another"
    case .noRecipient:
      "expected at least one recipient, found none: name who may open the file"
    case .tooManyRecipients(let count, let limit):
      "expected at most \(limit) recipients, found \(count): seal for a group key instead"
    case .weakRecipient(let recipient):
      "\(recipient) is a public key of low order, with which anybody could open the file: ask its owner for a real one"
    case .recipientText(let fault):
      "expected a recipient (age1…), \(fault)"
    case .identityText(let fault):
      "expected an identity (AGE-SECRET-KEY-1…), \(fault)"
    case .noMemory(let bytes, let reason):
      "cannot have \(bytes) bytes of memory for plaintext: \(reason)"
    }
  }

  /// Kinds of stanzas come from the file: only the start of a long one, and only the first few.
  private static func list(_ kinds: [String]) -> String {
    let known = kinds.filter { $0 != AgeHeader.fillerKind }
    let shown = known.prefix(4).map { $0.count > 24 ? $0.prefix(24) + "…" : $0 }.joined(separator: ", ")
    let more = known.count > 4 ? " and \(known.count - 4) more" : ""
    return known.isEmpty ? "no recipient" : "recipients of kind \(shown)\(more), none of them this one"
  }
}

extension HeaderFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpectedLine: "expected a recipient (->) or the MAC (---), found something else"
    case .emptyArgument: "expected arguments with one space between them, found an empty argument"
    case .badCharacter: "expected printable ASCII, found another character"
    case .longLine: "expected at most \(AgeStanza.columns) columns, found more"
    case .badBody: "expected canonical base64 without padding, found something else"
    case .noStanza: "expected at least one recipient, found none"
    case .badMAC: "expected one space and a MAC of 43 characters of base64, found something else"
    }
  }
}

extension StanzaFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .argumentCount(let expected, let found): "expected \(expected) arguments, found \(found)"
    case .badShare: "expected a share of 32 bytes in canonical base64, found something else"
    case .bodyLength(let expected, let found): "expected a body of \(expected) bytes, found \(found)"
    case .lowOrderShare: "its share is a point of low order, with which the secret would be known to all"
    }
  }
}

extension KeyTextFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noKey: "found no key"
    case .severalKeys: "found several keys: keep one in a file"
    case .tooLong(let limit): "found more than \(limit) bytes"
    case .invalidCharacter(let offset):
      "found a character at \(offset) that no key has: copy it again, without spaces"
    case .mixedCase: "found upper and lower case mixed: copy it again"
    case .wrongPrefix(let expected): "found a key that does not begin with \(expected)"
    case .badChecksum: "found a wrong checksum: the key was mistyped or cut, copy it again"
    case .badPadding: "found spare bits that are not zero: this is no key that a tool has written"
    case .wrongLength(let expected, let found): "found \(found) bytes instead of \(expected)"
    }
  }
}
