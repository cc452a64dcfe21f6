// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension AgeHeader {
  /// Reads the header at the start of `file`, as the grammar of the age specification has it and not otherwise:
  /// line feeds only, single spaces, canonical base64 without padding, body lines of 64 columns and a
  /// shorter one at the end, at least one stanza, one MAC line.
  ///
  /// - Throws: ``SealError/notSealed``, ``SealError/unknownVersion``, ``SealError/header(offset:_:)``,
  ///   ``SealError/headerTruncated(offset:)``, ``SealError/headerTooLong(limit:)`` and
  ///   ``SealError/tooManyStanzas(limit:)``.
  init(parsing file: Span<UInt8>) throws(SealError) {
    var lines = HeaderLines(file)
    try lines.takeVersion()
    var stanzas: [AgeStanza] = []
    while true {
      let start = lines.offset
      let line = try lines.next()
      let text = file.extracting(line)
      if text.starts("-> ") {
        guard stanzas.count < Limits.sealedStanzas else { throw .tooManyStanzas(limit: Limits.sealedStanzas) }
        let arguments = try Self.arguments(of: text.extracting(3..<text.count), at: start)
        stanzas.append(AgeStanza(arguments: arguments, body: try lines.takeBody()))
      } else if text.starts("---") {
        guard !stanzas.isEmpty else { throw .header(offset: start, .noStanza) }
        guard text.starts("--- "), let mac = Base64.standard.decode(text.extracting(4..<text.count).array),
          mac.count == Self.macCount
        else { throw .header(offset: start, .badMAC) }
        self.init(
          stanzas: stanzas, mac: mac, authenticated: file.extracting(0..<start + 3).array)
        return
      } else {
        throw .header(offset: start, .unexpectedLine)
      }
    }
  }

  private static func arguments(of line: Span<UInt8>, at offset: Int) throws(SealError) -> [String] {
    var arguments: [String] = []
    var current: [UInt8] = []
    for index in 0...line.count {
      if index == line.count || line[index] == UInt8(ascii: " ") {
        guard !current.isEmpty else { throw .header(offset: offset, .emptyArgument) }
        arguments.append(String(decoding: current, as: UTF8.self))
        current.removeAll(keepingCapacity: true)
      } else {
        guard (0x21...0x7e).contains(line[index]) else { throw .header(offset: offset, .badCharacter) }
        current.append(line[index])
      }
    }
    return arguments
  }
}

/// Reads lines that end with a line feed, within ``Limits/sealedHeader``.
private struct HeaderLines: ~Escapable {
  private let bytes: Span<UInt8>
  private(set) var offset = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
  }

  /// Where the next line stands, without its line feed.
  mutating func next() throws(SealError) -> Range<Int> {
    let limit = min(bytes.count, Limits.sealedHeader)
    var end = offset
    while end < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    guard end < limit else {
      if limit < bytes.count { throw .headerTooLong(limit: limit) }
      throw .headerTruncated(offset: bytes.count)
    }
    defer { offset = end + 1 }
    return offset..<end
  }

  mutating func takeVersion() throws(SealError) {
    let name = AgeHeader.family
    guard bytes.starts(name) else {
      // A file cut inside of the first word is a cut file; an empty or a different one was never sealed.
      if !bytes.isEmpty, name.utf8.starts(with: bytes.array(upTo: name.utf8.count)) {
        throw .headerTruncated(offset: bytes.count)
      }
      throw .notSealed
    }
    let line = try next()
    guard bytes.extracting(line).equals(AgeHeader.version) else { throw .unknownVersion }
  }

  /// The lines of a stanza's body, decoded.
  mutating func takeBody() throws(SealError) -> [UInt8] {
    let start = offset
    var text: [UInt8] = []
    while true {
      let lineStart = offset
      let line = try next()
      guard line.count <= AgeStanza.columns else { throw .header(offset: lineStart, .longLine) }
      for index in line {
        guard Base64.standard.contains(bytes[index]) else { throw .header(offset: lineStart, .badBody) }
        text.append(bytes[index])
      }
      if line.count < AgeStanza.columns { break }
    }
    guard let body = Base64.standard.decode(text) else { throw .header(offset: start, .badBody) }
    return body
  }
}

extension Span<UInt8> {
  fileprivate var array: [UInt8] { array(upTo: count) }

  fileprivate func array(upTo limit: Int) -> [UInt8] {
    (0..<min(limit, count)).map { self[$0] }
  }
}
