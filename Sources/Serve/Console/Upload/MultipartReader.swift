// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Reads `multipart/form-data` as it comes (RFC 7578, RFC 2046 5.1.1), and keeps no more than a boundary of it.
///
/// Strict: a part without a name, a head that is too long, and anything behind the last boundary but a line's end are refused.
struct MultipartReader {
  enum Event: Equatable {
    /// - Parameter file: the name of a file that the part is; nil for a field.
    case begin(name: String, file: String?)
    case bytes([UInt8])
    case end
  }

  private enum State {
    /// Before the first boundary: nothing but it may come.
    case opening
    case head
    case body
    /// Behind a boundary, where a line's end or `--` comes.
    case boundary
    case done
  }

  /// Bytes of the head of a part.
  static let longestHead = 8_192
  static let mostParts = 16_384

  private let delimiter: [UInt8]
  private var state = State.opening
  private var buffer: [UInt8] = []
  private var parts = 0

  private static let lineEnd: [UInt8] = [13, 10]

  init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

  /// Whether the last boundary has come.
  var isComplete: Bool { if case .done = state { true } else { false } }

  /// Of a `Content-Type` header; nil where it is of something else.
  static func boundary(of type: String?) -> String? {
    guard let type else { return nil }
    let parts = type.split(separator: ";").map { $0.drop { $0 == " " } }
    guard parts.first?.lowercased() == "multipart/form-data",
      let found = parts.first(where: { $0.lowercased().hasPrefix("boundary=") })
    else { return nil }
    let text = found.dropFirst(9).drop { $0 == "\"" }.prefix { $0 != "\"" }
    guard (1...70).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return nil
    }
    return String(text)
  }

  /// Takes what has come.
  /// - Throws: ``ConsoleRefusal/malformed``.
  mutating func read(_ bytes: [UInt8]) throws(ConsoleRefusal) -> [Event] {
    buffer += bytes
    var events: [Event] = []
    while try step(&events) {}
    return events
  }

  /// - Returns: whether there may be more to do.
  private mutating func step(_ events: inout [Event]) throws(ConsoleRefusal) -> Bool {
    switch state {
    case .opening:
      let first = delimiter.dropFirst(2)
      guard buffer.starts(with: first.prefix(buffer.count)) else { throw .malformed }
      guard buffer.count >= first.count else { return false }
      buffer.removeFirst(first.count)
      state = .boundary
    case .boundary:
      guard buffer.count >= 2 else { return false }
      if buffer.starts(with: Self.lineEnd) {
        parts += 1
        guard parts <= Self.mostParts else { throw .malformed }
        state = .head
      } else if buffer.starts(with: "--".utf8) {
        state = .done
      } else {
        throw .malformed
      }
      buffer.removeFirst(2)
    case .head:
      guard let end = Self.index(of: [13, 10, 13, 10], in: buffer, from: 0) else {
        guard buffer.count <= Self.longestHead else { throw .malformed }
        return false
      }
      guard end <= Self.longestHead else { throw .malformed }
      events.append(try Self.begin(buffer[..<end]))
      buffer.removeFirst(end + 4)
      state = .body
    case .body:
      if let end = Self.index(of: delimiter, in: buffer, from: 0) {
        if end > 0 { events.append(.bytes(Array(buffer[..<end]))) }
        events.append(.end)
        buffer.removeFirst(end + delimiter.count)
        state = .boundary
      } else {
        // What may be the beginning of a boundary stays.
        let sure = buffer.count - (delimiter.count - 1)
        guard sure > 0 else { return false }
        events.append(.bytes(Array(buffer[..<sure])))
        buffer.removeFirst(sure)
        return false
      }
    case .done:
      guard buffer.isEmpty || buffer == Self.lineEnd else {
        guard buffer.count < 2, buffer == [13] else { throw .malformed }
        return false
      }
      return false
    }
    return true
  }

  private static func begin(_ head: ArraySlice<UInt8>) throws(ConsoleRefusal) -> Event {
    guard let text = String(validating: head, as: UTF8.self) else { throw .malformed }
    var name: String?
    var file: String?
    for line in text.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { throw .malformed }
      guard line[..<colon].lowercased() == "content-disposition" else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      guard name == nil, value.lowercased().hasPrefix("form-data") else { throw .malformed }
      name = parameter("name", of: value)
      file = parameter("filename", of: value)
    }
    guard let name else { throw .malformed }
    return .begin(name: name, file: file)
  }

  /// As browsers write it: `"` as `%22` (HTML, 4.10.21.8).
  private static func parameter(_ name: String, of value: Substring) -> String? {
    guard let start = value.firstRange(of: "; \(name)=\"") else { return nil }
    let text = value[start.upperBound...].prefix { $0 != "\"" }
    guard text.endIndex < value.endIndex else { return nil }
    return String(text).replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
  }

  private static func index(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    let (span, pattern) = (bytes.span, wanted.span)
    var place = start
    let last = bytes.count - wanted.count
    while place <= last {
      if span[place] == pattern[0] {
        var matched = 1
        while matched < pattern.count, span[place + matched] == pattern[matched] { matched += 1 }
        if matched == pattern.count { return place }
      }
      place += 1
    }
    return nil
  }
}
