// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads the keys of OpenSSH, of which Ed25519 ones open sealed files: public keys as they stand in a line of
/// `authorized_keys`, and private keys as `ssh-keygen` writes them.
/// Source: PROTOCOL.key and PROTOCOL in the OpenSSH sources; RFC 8709 section 4.
enum OpenSSHKey {
  static let type = "ssh-ed25519"
  static let begin = "-----BEGIN OPENSSH PRIVATE KEY-----"
  private static let end = "-----END OPENSSH PRIVATE KEY-----"
  private static let magic = Array("openssh-key-v1\0".utf8)

  /// The Ed25519 point in `ssh-ed25519 AAAA… comment`.
  /// - Throws: ``SealError/sshKey(_:)``.
  static func publicKey(ofLine line: String) throws(SealError) -> [UInt8] {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard let type = words.first, type == Self.type else {
      throw .sshKey(.unsupportedType(String(words.first?.prefix(40) ?? "")))
    }
    guard words.count >= 2, !line.utf8.contains(UInt8(ascii: "\n")) else { throw .sshKey(.malformed) }
    guard let bytes = decode(Array(words[1].utf8)) else { throw .sshKey(.malformed) }
    var fields = SSHFields(bytes.span)
    guard fields.string() == Array(Self.type.utf8), let key = fields.string(), key.count == 32, fields.isAtEnd
    else { throw .sshKey(.malformed) }
    return key
  }

  static func line(of publicKey: [UInt8]) -> String {
    let wire = wire(publicKey)
    return type + " " + Base64.standard.paddedText(wire)
  }

  /// The public key as SSH sends it, which is what fingerprints are of.
  static func wire(_ publicKey: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8) + [0, 0, 0, 32] + publicKey
  }

  /// The identity in a private key file without a passphrase.
  /// - Throws: ``SealError/sshKey(_:)`` for another type of key, one with a passphrase, and damage;
  ///   ``SealError/noMemory(bytes:reason:)``.
  static func identity(file: Span<UInt8>) throws(SealError) -> SealingIdentity {
    var blob = try body(of: file)
    defer { blob.erase() }
    guard blob.starts(with: magic) else { throw .sshKey(.malformed) }
    var fields = SSHFields(blob.span.extracting(magic.count..<blob.count))
    guard let cipher = fields.string(), let derivation = fields.string(), fields.string() != nil,
      let keys = fields.number(), let publicKey = fields.string(), var secret = fields.string(),
      fields.isAtEnd
    else { throw .sshKey(.malformed) }
    defer { secret.erase() }
    guard keys == 1 else { throw .sshKey(.malformed) }
    try check(type: publicKey)
    guard cipher == Array("none".utf8), derivation == Array("none".utf8) else { throw .sshKey(.passphrase) }
    return try identity(secret: secret.span, publicKey: publicKey)
  }

  private static func identity(
    secret: Span<UInt8>, publicKey: [UInt8]
  ) throws(SealError) -> SealingIdentity {
    var fields = SSHFields(secret)
    // The check numbers tell a wrong passphrase from a right one, and are equal where there is none.
    guard let check = fields.number(), fields.number() == check, fields.string() == Array(type.utf8),
      let point = fields.string(), point.count == 32, var pair = fields.string()
    else { throw .sshKey(.malformed) }
    defer { pair.erase() }
    guard pair.count == 64, fields.string() != nil, wire(point) == publicKey, Array(pair[32...]) == point
    else {
      throw .sshKey(.malformed)
    }
    // Padding counts up from one.
    var expected: UInt8 = 1
    while let byte = fields.byte() {
      guard byte == expected else { throw .sshKey(.malformed) }
      expected &+= 1
    }
    let identity = try SealingIdentity(
      .ssh, secret: SecretBytes(copying: pair.span.extracting(0..<SealingIdentity.secretCount)))
    guard identity.recipient.publicKey == point else { throw .sshKey(.malformed) }
    return identity
  }

  private static func check(type wire: [UInt8]) throws(SealError) {
    var fields = SSHFields(wire.span)
    guard let found = fields.string() else { throw .sshKey(.malformed) }
    guard found == Array(type.utf8) else {
      throw .sshKey(.unsupportedType(String(decoding: found.prefix(40), as: UTF8.self)))
    }
  }

  /// What stands between the first line and the last.
  private static func body(of file: Span<UInt8>) throws(SealError) -> [UInt8] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < file.count {
      var stop = start
      while stop < file.count, file[stop] != UInt8(ascii: "\n") { stop += 1 }
      let next = stop + 1
      if stop > start, file[stop - 1] == UInt8(ascii: "\r") { stop -= 1 }
      if stop > start { lines.append(start..<stop) }
      start = next
    }
    guard lines.count > 2, file.extracting(lines[0]).equals(begin),
      file.extracting(lines[lines.count - 1]).equals(end)
    else { throw .sshKey(.malformed) }
    var text: [UInt8] = []
    text.reserveCapacity(file.count)
    defer { text.erase() }
    for line in lines.dropFirst().dropLast() {
      for index in line { text.append(file[index]) }
    }
    guard let bytes = decode(text) else { throw .sshKey(.malformed) }
    return bytes
  }

  private static func decode(_ text: [UInt8]) -> [UInt8]? { Base64.standard.decodePadded(text) }
}

/// The fields of an SSH message: numbers of four bytes, and strings behind their length.
private struct SSHFields: ~Escapable {
  private let bytes: Span<UInt8>
  private var offset = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func byte() -> UInt8? {
    guard offset < bytes.count else { return nil }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func number() -> Int? {
    guard bytes.count - offset >= 4 else { return nil }
    defer { offset += 4 }
    return (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
  }

  mutating func string() -> [UInt8]? {
    guard let count = number(), count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return (offset..<offset + count).map { bytes[$0] }
  }
}
