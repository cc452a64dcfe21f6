// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A text with signatures below it (C2SP signed-note). Parsed, and not yet believed: see
/// ``LogVerifierKey/text(ofNote:)``.
///
///     the text, which ends with a newline
///
///     — name base64(key id, signature)
struct SignedNote: Equatable, Sendable {
  struct Signature: Equatable, Sendable {
    let name: String
    let keyID: [UInt8]
    let bytes: [UInt8]
  }

  /// No checkpoint is longer: the text is short, and each witness adds one line.
  static let longest = 64 << 10
  private static let mostSignatures = 100
  private static let mark = "— "

  /// With its last newline, as it is signed.
  let text: String
  let signatures: [Signature]

  init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// Parses a note from outside. Accepts nothing that ``encoded`` would write otherwise, so that every byte of
  /// a note counts.
  init(parsing bytes: [UInt8]) throws(CheckpointFlaw) {
    guard bytes.count <= Self.longest else { throw .tooLong }
    guard let note = String(validating: bytes, as: UTF8.self),
      note.unicodeScalars.allSatisfy({ $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
    else { throw .notText }
    guard let split = bytes.lastIndexOfEmptyLine, bytes.last == UInt8(ascii: "\n") else {
      throw .noSignatureBlock
    }
    text = String(decoding: bytes[..<split], as: UTF8.self)
    signatures = try Self.signatures(parsing: Array(bytes[(split + 1)...]))
  }

  /// Parses signature lines, as they end a note and as a witness answers.
  static func signatures(parsing bytes: [UInt8]) throws(CheckpointFlaw) -> [Signature] {
    guard bytes.count <= longest else { throw .tooLong }
    guard let block = String(validating: bytes, as: UTF8.self) else { throw .notText }
    guard block.hasSuffix("\n") else { throw .noSignatureBlock }
    var signatures: [Signature] = []
    for line in block.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      guard signatures.count < mostSignatures else { throw .tooManySignatures }
      signatures.append(try signature(line))
    }
    return signatures
  }

  var encoded: [UInt8] { Array((text + "\n").utf8) + Self.encode(signatures) }

  static func encode(_ signatures: [Signature]) -> [UInt8] {
    signatures.flatMap { signature in
      Array(
        "\(mark)\(signature.name) \(Base64.standard.paddedText(signature.keyID + signature.bytes))\n".utf8)
    }
  }

  private static func signature(_ line: Substring) throws(CheckpointFlaw) -> Signature {
    let bytes = Array(line.utf8)
    guard bytes.starts(with: mark.utf8) else { throw .malformedSignature }
    let parts = bytes.dropFirst(mark.utf8.count).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .malformedSignature }
    let name = String(decoding: parts[0], as: UTF8.self)
    guard isUsable(name: name),
      let blob = Base64.standard.decodePadded(String(decoding: parts[1], as: UTF8.self)),
      blob.count > 4
    else { throw .malformedSignature }
    return Signature(name: name, keyID: Array(blob[..<4]), bytes: Array(blob[4...]))
  }

  /// Whether a key can have this name: not empty, no white space, no `+`, no control characters.
  static func isUsable(name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255
      && name.unicodeScalars.allSatisfy { scalar in
        scalar != "+" && scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
      }
  }
}

extension [UInt8] {
  /// Where the last empty line's newline stands: after the text's last newline.
  fileprivate var lastIndexOfEmptyLine: Int? {
    let newline = UInt8(ascii: "\n")
    return indices.dropFirst().last { self[$0] == newline && self[$0 - 1] == newline }
  }
}
