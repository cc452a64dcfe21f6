// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The head of an HTTP/1.1 request that is written so plainly that there is one reading of it, and of where the request ends.
///
/// Taken are the common methods, `HTTP/1.1`, lines that end with CR LF, names of letters, digits and hyphens, values of visible ASCII,
/// and at most one `Content-Length` of digits. Whatever else is in a head is not taken: a transfer coding, an upgrade, an expectation,
/// a wish about the connection, a name a second time that something is decided by. It is for the parser behind, which knows more and refuses
/// what has two readings (RFC 9112, sections 5 to 7).
struct PlainHead {
  /// Where something stands in the bytes.
  typealias Place = Range<Int>

  /// Bytes of the head, with the empty line.
  private(set) var count = 0
  private(set) var isPost = false
  private(set) var target: Place = 0..<0
  /// Bytes of the body.
  private(set) var length = 0
  private(set) var hasLength = false
  private(set) var hasHost = false
  private(set) var authorization: Place?
  private(set) var contentType: Place?
  private(set) var contentEncoding: Place?
  /// `Inference-Header-Content-Length`.
  private(set) var jsonLength: Place?
  private(set) var traceparent: Place?

  /// - Parameters:
  ///   - bytes: from the first byte of a request on.
  ///   - most: bytes that a head may have.
  ///   - fields: header fields that it may have.
  /// - Returns: nil for a head that is not whole or not plain.
  init?(_ bytes: Span<UInt8>, atMost most: Int, fields: Int) {
    guard let method = Self.methods.first(where: { Self.begins(bytes, at: 0, with: $0) }) else { return nil }
    isPost = method.utf8CodeUnitCount == 5 && bytes[1] == UInt8(ascii: "O")
    let end = min(bytes.count, most)
    var at = method.utf8CodeUnitCount
    let start = at
    while at < end, (0x21...0x7E).contains(bytes[at]) { at += 1 }
    target = start..<at
    guard !target.isEmpty, Self.begins(bytes, at: at, with: " HTTP/1.1\r\n") else { return nil }
    at += 11
    var seen = 0
    while true {
      guard at + 1 < end else { return nil }
      if bytes[at] == 0x0D, bytes[at + 1] == 0x0A { break }
      seen += 1
      guard seen <= fields, let next = Self.field(bytes, at, end), take(bytes, next.name, next.value) else {
        return nil
      }
      at = next.value.upperBound
      while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
      guard at + 1 < end, bytes[at] == 0x0D, bytes[at + 1] == 0x0A else { return nil }
      at += 2
    }
    guard hasHost else { return nil }
    count = at + 2
  }

  private static let methods: [StaticString] = [
    "POST ", "GET ", "HEAD ", "PUT ", "DELETE ", "PATCH ", "OPTIONS ",
  ]

  /// A line of the head, without spaces around its value.
  private static func field(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (name: Place, value: Place)? {
    var at = start
    while at < end, isOfName(bytes[at]) { at += 1 }
    guard at > start, at < end, bytes[at] == UInt8(ascii: ":") else { return nil }
    let name = start..<at
    at += 1
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    let first = at
    var last = at
    while at < end, bytes[at] == 0x09 || (0x20...0x7E).contains(bytes[at]) {
      if bytes[at] > 0x20 { last = at + 1 }
      at += 1
    }
    return (name, first..<max(first, last))
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// - Returns: false for a field that makes the head another's business.
  private mutating func take(_ bytes: Span<UInt8>, _ name: Place, _ value: Place) -> Bool {
    func once(_ place: inout Place?) -> Bool {
      guard place == nil else { return false }
      place = value
      return true
    }
    // By length first: most fields are none of these.
    switch name.count {
    case 4 where Self.isSame(bytes, name, "host"):
      guard !hasHost else { return false }
      hasHost = true
    case 6 where Self.isSame(bytes, name, "expect"), 7 where Self.isSame(bytes, name, "upgrade"),
      17 where Self.isSame(bytes, name, "transfer-encoding"):
      return false
    case 10 where Self.isSame(bytes, name, "connection"):
      return Self.isSame(bytes, value, "keep-alive")
    case 11 where Self.isSame(bytes, name, "traceparent"): return once(&traceparent)
    case 12 where Self.isSame(bytes, name, "content-type"): return once(&contentType)
    case 13 where Self.isSame(bytes, name, "authorization"): return once(&authorization)
    case 14 where Self.isSame(bytes, name, "content-length"):
      guard !hasLength, (1...18).contains(value.count) else { return false }
      for place in value {
        let digit = bytes[place] &- UInt8(ascii: "0")
        guard digit <= 9 else { return false }
        length = length * 10 + Int(digit)
      }
      hasLength = true
    case 16 where Self.isSame(bytes, name, "content-encoding"): return once(&contentEncoding)
    case 31 where Self.isSame(bytes, name, "inference-header-content-length"): return once(&jsonLength)
    default: break
    }
    return true
  }

  private static func begins(_ bytes: Span<UInt8>, at start: Int, with text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      guard start + text.count <= bytes.count else { return false }
      for place in 0..<text.count { if unsafe bytes[start + place] != text[place] { return false } }
      return true
    }
  }

  /// - Parameter text: in lower case.
  private static func isSame(_ bytes: Span<UInt8>, _ place: Place, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      guard place.count == text.count else { return false }
      for index in 0..<text.count {
        let byte = bytes[place.lowerBound + index]
        let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        if unsafe lower != text[index] { return false }
      }
      return true
    }
  }
}

extension Span<UInt8> {
  /// A part as text; ASCII, as a ``PlainHead`` is.
  func text(_ place: Range<Int>) -> String {
    let part = extracting(place)
    return unsafe part.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  func text(_ place: Range<Int>?) -> String? {
    guard let place else { return nil }
    return text(place)
  }
}
