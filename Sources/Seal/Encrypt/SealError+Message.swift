// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

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
    case .wrongPassphrase:
      "the passphrase does not open this file: it is another one, or the header was changed"
    case .armor(let line, let fault):
      "the ASCII armour is not as the age format has it, in line \(line): \(fault); restore the file from a copy"
    case .notForThisIdentity(let recipient, let found):
      "expected a file sealed for \(recipient), found \(Self.list(found)): \(Self.remedy(found))"
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
    case .tooManyRecipients(let limit):
      "expected at most \(limit) recipients, found more: seal for a group key instead"
    case .mixedRecipients:
      "expected post-quantum recipients (age1pq1…) only or none, found both kinds: a quantum computer would open the file through the others"
    case .weakRecipient(let recipient):
      "\(recipient) is a public key of low order, with which anybody could open the file: ask its owner for a real one"
    case .recipientText(let fault):
      "expected a recipient (age1…), \(fault)"
    case .identityText(let fault):
      "expected an identity (AGE-SECRET-KEY-1…), \(fault)"
    case .pluginKey(let plugin):
      "expected a key that Martlet can use itself, found one of the age plugin \(plugin): use age with age-plugin-\(plugin) for it, or name another key"
    case .sshKey(let fault):
      "expected an Ed25519 key of OpenSSH, \(fault)"
    case .emptyPassphrase: "expected a passphrase, found nothing"
    case .notARecipient(let recipient):
      "expected a recipient of the file to take away, found that \(recipient) is none, as far as the file says: look at `martlet inspect`"
    case .sealedWithPassphrase:
      "expected a file sealed for recipients, found one sealed with a passphrase, which the age format keeps alone: open it and seal it anew"
    case .range(let range, let count):
      "expected a range within the \(count) bytes of the file, found \(range.lowerBound)..<\(range.upperBound)"
    case .tensor(let fault): fault.description
    case .directory(let fault): fault.description
    case .file(let error): error.description
    case .noMemory(let bytes, let reason):
      "cannot have \(bytes) bytes of memory for plaintext: \(reason)"
    }
  }

  private static func remedy(_ kinds: [String]) -> String {
    switch kinds {
    case [Passphrase.kind]: "it opens with its passphrase only"
    case _ where !kinds.contains(where: known.contains):
      "it needs a key, or a plugin, that Martlet does not have"
    default: "use the identity of one of its recipients"
    }
  }

  private static let known: Set<String> = [X25519.kind, PostQuantum.kind, SSHEd25519.kind]

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
    case .badShare(let count): "expected a share of \(count) bytes in canonical base64, found something else"
    case .bodyLength(let expected, let found): "expected a body of \(expected) bytes, found \(found)"
    case .lowOrderShare: "its share is a point of low order, with which the secret would be known to all"
    case .badSalt: "expected a salt of 16 bytes in canonical base64, found something else"
    case .badWorkFactor: "expected a work factor in plain decimal digits, found something else"
    case .workFactor(let found, let limit):
      "expected a passphrase of work factor \(limit) at most, found \(found): whoever made the file wants to keep this machine busy"
    }
  }
}

extension KeyTextFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noKey: "found no key"
    case .severalKeys: "found several keys: keep one in a file"
    case .tooMany(let limit): "found more than \(limit) keys in one file"
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

extension ArmorFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noBegin: "expected \(AgeArmor.begin) alone on a line, found something else"
    case .noEnd: "expected \(AgeArmor.end), found the end of the file"
    case .shortLine:
      "expected \(AgeArmor.columns) columns in every line but the last, found less in the line before"
    case .longLine: "expected \(AgeArmor.columns) columns, found more"
    case .badBase64: "expected canonical base64 with padding, found something else"
    case .trailing: "expected nothing behind it, found more"
    }
  }
}

extension SSHKeyFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unsupportedType(let type):
      "found one of type \(type): make one with `ssh-keygen -t ed25519`, or use age1… keys"
    case .unsupportedFile:
      "found a private key in another file format: `ssh-keygen -t ed25519` writes the one that is read"
    case .passphrase:
      "found one with a passphrase: take it off a copy with `ssh-keygen -p -N '' -f COPY`, or use a key of `martlet keygen sealing --passphrase`"
    case .malformed: "found text that is none, or is damaged: copy it again"
    }
  }
}

extension TensorFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notSafetensors(let reason): "expected a sealed safetensors file, found another: \(reason)"
    case .missing(let name, let some): "there is no tensor \(name); there are \(nameSome(some))"
    }
  }
}

extension DirectoryFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notOne(let path):
      "expected a sealed directory with a \(SealedDirectory.manifestName) at \(path), found none"
    case .manifest(let reason): "the manifest of the sealed directory cannot be used: \(reason)"
    case .badName(let name):
      "expected names of members below the directory, found \(name): whoever sealed it wants to write elsewhere"
    case .missing(let name, let some): "there is no member \(name); there are \(nameSome(some))"
    case .otherMember(let name):
      "the sealed file of \(name) is not the one that was sealed with this directory: it was exchanged; restore it from a copy"
    case .memberSize(let name, let expected, let found):
      "expected \(expected) bytes in \(name), found \(found): it was exchanged; restore it from a copy"
    case .stray(let name):
      "expected only the members that the manifest names, found \(name): it was added after sealing; remove it"
    case .notAFile(let path):
      "expected plain files and directories, found a symbolic link or special file at \(path): copy the file itself there"
    case .empty(let path): "expected files to seal in \(path), found none"
    case .tooMany(let limit): "expected at most \(limit) files in a directory, found more"
    }
  }
}

/// The first few of many names.
private func nameSome(_ names: [String]) -> String {
  let shown = names.prefix(6).joined(separator: ", ")
  return names.isEmpty ? "none" : names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
}
