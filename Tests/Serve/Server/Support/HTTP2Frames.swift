// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess

/// Frames of HTTP/2 (RFC 9113), written by hand so that they can be wrong.
enum HTTP2Frames {
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  enum Kind: UInt8 {
    case data = 0, headers = 1, priority = 2, reset = 3, settings = 4, push = 5, ping = 6, goAway = 7,
      window = 8,
      continuation = 9
  }

  static func frame(_ kind: Kind, flags: UInt8 = 0, stream: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
    let length = UInt32(payload.count)
    return [
      UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
      UInt8(truncatingIfNeeded: length),
    ]
      + [kind.rawValue, flags] + number(stream) + payload
  }

  static func number(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
  }

  /// Header fields as literals without indexing and without Huffman codes (RFC 7541, section 6.2.2).
  static func block(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { name, value in [0] + text(name) + text(value) }
  }

  static func request(_ method: String, _ path: String, key: APIKey? = nil, more: [(String, String)] = [])
    -> [UInt8]
  {
    var fields = [(":method", method), (":scheme", "https"), (":path", path), (":authority", "localhost")]
    if let key { fields.append(("authorization", "Bearer \(key.reveal())")) }
    return block(fields + more)
  }

  /// A length with a prefix of seven bits, and the bytes.
  private static func text(_ text: String) -> [UInt8] {
    var length = text.utf8.count
    var bytes: [UInt8] = []
    if length < 127 {
      bytes.append(UInt8(length))
    } else {
      bytes.append(127)
      length -= 127
      while length >= 128 {
        bytes.append(UInt8(length & 127 | 128))
        length >>= 7
      }
      bytes.append(UInt8(length))
    }
    return bytes + Array(text.utf8)
  }
}

extension RawConnection {
  /// The next frame; `nil` when the other side has closed.
  func frame() async -> (kind: UInt8, flags: UInt8, stream: UInt32, payload: [UInt8])? {
    guard let head = await take(9) else { return nil }
    let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
    let stream = head[5...8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    guard let payload = await take(length) else { return nil }
    return (head[3], head[4], stream, payload)
  }

  func beginHTTP2() async throws {
    try await send(HTTP2Frames.preface + HTTP2Frames.frame(.settings, stream: 0))
  }

  /// The status of the answer on a stream, as far as it can be told without a table: the indexed ones of RFC 7541, appendix A, and
  /// literals. `nil` when the stream or the connection ends first.
  func status(of wanted: UInt32) async -> Int? {
    while let (kind, _, stream, payload) = await frame() {
      if kind == HTTP2Frames.Kind.goAway.rawValue { continue }
      if kind == HTTP2Frames.Kind.reset.rawValue, stream == wanted { return nil }
      guard kind == HTTP2Frames.Kind.headers.rawValue, stream == wanted, let first = payload.first else {
        continue
      }
      let indexed: [UInt8: Int] = [
        0x88: 200, 0x89: 204, 0x8A: 206, 0x8B: 304, 0x8C: 400, 0x8D: 404, 0x8E: 500,
      ]
      if let status = indexed[first] { return status }
      // A literal status, with its name at 8 in the table; three digits take two bytes and a half in Huffman's code.
      return payload.count > 4 && payload[1] == 3 ? Int(String(decoding: payload[2..<5], as: UTF8.self)) : 0
    }
    return nil
  }
}
