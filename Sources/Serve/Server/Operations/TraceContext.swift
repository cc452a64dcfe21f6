// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a caller says about the trace that its request is part of (W3C Trace Context, `traceparent`). It is written down and
/// never believed to mean more.
struct TraceContext: Equatable, Sendable {
  /// 32 hexadecimal digits.
  let trace: String
  /// 16 hexadecimal digits.
  let parent: String

  /// - Returns: `nil` for whatever is not version 00 of the header, or has an id of zeros.
  init?(_ header: String?) {
    guard let header, header.utf8.count == 55, header.hasPrefix("00-") else { return nil }
    let parts = header.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1].utf8.count == 32, parts[2].utf8.count == 16, parts[3].utf8.count == 2,
      parts.dropFirst().allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }),
      parts[1].utf8.contains(where: { $0 != UInt8(ascii: "0") }),
      parts[2].utf8.contains(where: { $0 != UInt8(ascii: "0") })
    else { return nil }
    trace = String(parts[1])
    parent = String(parts[2])
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
