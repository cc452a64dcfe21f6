// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto
import MartletBytes

/// The secret key that opens what was sealed for its ``recipient``: `AGE-SECRET-KEY-1…`, `AGE-SECRET-KEY-PQ-1…`, or an
/// Ed25519 key of OpenSSH.
///
/// The secret lives in ``SecretBytes``, is zeroed with this value, and has no description. Its text leaves
/// only through ``withIdentityFile(_:)``.
package struct SealingIdentity: ~Copyable, Sendable {
  /// 32 bytes: the X25519 scalar, the seed of the hybrid key, the seed of the Ed25519 key.
  private let secret: SecretBytes
  package let recipient: SealingRecipient

  static let secretCount = 32

  init(_ kind: SealingRecipient.Kind, secret: consuming SecretBytes) throws(SealError) {
    guard secret.count == Self.secretCount else {
      throw .identityText(.wrongLength(expected: Self.secretCount, found: secret.count))
    }
    let publicKey = unsafe secret.withUnsafeBytes { bytes in
      switch kind {
      case .x25519: unsafe X25519.publicKey(bytes)
      case .postQuantum: unsafe PostQuantum.publicKey(bytes)
      case .ssh: unsafe SSHEd25519.publicKey(bytes)
      }
    }
    recipient = SealingRecipient(kind, publicKey: publicKey)
    self.secret = secret
  }

  /// A new identity, from the system's random numbers.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  package static func generate(postQuantum: Bool = false) throws(SealError) -> SealingIdentity {
    let secret = try SecretBytes(zeros: secretCount)
    unsafe secret.withUnsafeMutableBytes { unsafe SystemRandom.fill($0) }
    return try SealingIdentity(postQuantum ? .postQuantum : .x25519, secret: secret)
  }

  /// Reads an identity file as `age-keygen` writes it: one identity, on a line of its own, among comment lines
  /// that begin with `#` and empty lines. The bare key is such a file too. ``IdentityRing`` reads files with several keys and
  /// of other forms.
  ///
  /// The file's own bytes are the caller's, who should not keep them.
  /// - Throws: ``SealError/identityText(_:)`` and ``SealError/noMemory(bytes:reason:)``.
  package init(identityFile file: Span<UInt8>) throws(SealError) {
    let lines: [Range<Int>]
    do throws(KeyTextFault) {
      lines = try Self.keyLines(of: file)
      guard lines.count == 1 else { throw lines.isEmpty ? KeyTextFault.noKey : .severalKeys }
    } catch {
      throw .identityText(error)
    }
    try self.init(line: file.extracting(lines[0]))
  }

  /// Reads an identity from text, as ``init(identityFile:)`` does. Swift cannot erase a `String`, so this
  /// is for text that was a string already.
  package init(_ text: String) throws(SealError) {
    var bytes = Array(text.utf8)
    defer { bytes.erase() }
    try self.init(identityFile: bytes.span)
  }

  /// Reads one key with nothing around it.
  init(line: Span<UInt8>) throws(SealError) {
    if let plugin = Self.plugin(of: line) { throw .pluginKey(plugin) }
    let kind = line.starts(Self.prefix(.postQuantum) + "1") ? SealingRecipient.Kind.postQuantum : .x25519
    var key: [UInt8]
    do throws(KeyTextFault) {
      key = try Bech32.decode(prefix: Self.prefix(kind), line)
    } catch {
      throw .identityText(error)
    }
    defer { key.erase() }
    try self.init(kind, secret: SecretBytes(copying: key.span))
  }

  /// Hands `body` the identity file that other age tools read, to be written where only its owner can read it.
  /// The text is erased afterwards.
  ///
  /// An SSH key has no such form: Martlet reads SSH keys and makes none.
  package borrowing func withIdentityFile<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(recipient.kind != .ssh, "an SSH key is written by ssh-keygen only")
    var key = Bech32.encode(prefix: Self.prefix(recipient.kind).lowercased(), secret.span)
    defer { key.erase() }
    for index in key.indices where (0x61...0x7a).contains(key[index]) { key[index] &= ~0x20 }
    var file = Array("# public key: \(recipient)\n".utf8)
    // Growing would leave the secret behind in the memory it grew out of.
    file.reserveCapacity(file.count + key.count + 1)
    defer { file.erase() }
    file.append(contentsOf: key)
    file.append(UInt8(ascii: "\n"))
    return try body(file.span)
  }

  /// The lines of an identity file that are neither empty nor comments.
  static func keyLines(of file: Span<UInt8>) throws(KeyTextFault) -> [Range<Int>] {
    guard file.count <= Limits.identityFile else { throw .tooLong(limit: Limits.identityFile) }
    var found: [Range<Int>] = []
    var start = 0
    while start < file.count {
      var end = start
      while end < file.count, file[end] != UInt8(ascii: "\n") { end += 1 }
      let line = start..<end
      start = end + 1
      if line.isEmpty || file[line.lowerBound] == UInt8(ascii: "#") { continue }
      found.append(line)
    }
    return found
  }

  private static func prefix(_ kind: SealingRecipient.Kind) -> String {
    kind == .postQuantum ? "AGE-SECRET-KEY-PQ-" : "AGE-SECRET-KEY-"
  }

  /// The name in `AGE-PLUGIN-NAME-1…`.
  private static func plugin(of line: Span<UInt8>) -> String? {
    let start = "AGE-PLUGIN-"
    guard line.starts(start) else { return nil }
    var name = ""
    for index in start.utf8.count..<min(line.count, start.utf8.count + 40) {
      guard line[index] != UInt8(ascii: "1") else { return String(name.dropLast()).lowercased() }
      guard (0x21...0x7e).contains(line[index]) else { return nil }
      name.unicodeScalars.append(Unicode.Scalar(line[index]))
    }
    return nil
  }
}

extension SealingIdentity: KeyStore {
  package var name: String { recipient.short }

  package borrowing func unwrap(_ stanzas: [AgeStanza]) throws(SealError) -> SymmetricKey? {
    for (index, stanza) in stanzas.enumerated() where stanza.arguments[0] == recipient.kind.stanza {
      let fileKey = try unsafe secret.withUnsafeBytes { (bytes) throws(SealError) in
        switch recipient.kind {
        case .x25519: try unsafe X25519.unwrap(stanza, at: index, with: bytes, of: recipient)
        case .postQuantum: try unsafe PostQuantum.unwrap(stanza, at: index, with: bytes)
        case .ssh: try unsafe SSHEd25519.unwrap(stanza, at: index, with: bytes, of: recipient)
        }
      }
      if let fileKey { return fileKey }
    }
    return nil
  }
}
