// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import Testing

/// The bytes that the log hashes: written by hand where a server writes many, and always those that Foundation writes.
@Suite struct RecordTests {
  private func encoded(_ record: Record) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return Array(try encoder.encode(record))
  }

  @Test func theBytesAreThoseOfFoundation() throws {
    let texts = [
      "", "plain", "a/b", "a \"b\"", "a\\b", "line\nbreak", "tab\t", "\u{7F}", "ü", "日本", "\u{2028}", "\u{0}",
      "</script>", "a'b",
    ]
    for text in texts {
      let record = Record(
        "serve.predict", outcome: "allowed", by: text, model: text, reason: text,
        at: Date(timeIntervalSince1970: 1))
      #expect(record.encoded() == (try encoded(record)), "\(text.debugDescription)")
      #expect(try Record(entry: record.encoded()) == record)
    }
    let digest = Digest.of([1])
    for record in [
      Record("a", outcome: "b", by: "c", at: Date(timeIntervalSince1970: 0)),
      Record(
        "a", outcome: "b", by: "c", trace: "4bf92f3577b34da6a3ce929d0e0e4736",
        at: Date(timeIntervalSince1970: 0)),
      Record(
        "a", outcome: "b", by: "c", digest: digest, evidence: [digest], at: Date(timeIntervalSince1970: 0)),
    ] { #expect(record.encoded() == (try encoded(record))) }
  }

  @Test func timesAreThoseOfFoundation() throws {
    let days = stride(from: -400.0, to: 80_000, by: 7.013).map { $0 * 86_400 }
    for seconds in [
      0, 0.9, 951_782_399.999, 951_782_400, 1_709_164_800, 4_107_542_400, 253_402_300_799, 253_402_300_800,
      -0.5,
    ] + days {
      let record = Record("a", outcome: "b", by: "c", at: Date(timeIntervalSince1970: seconds))
      #expect(record.encoded() == (try encoded(record)), "\(seconds)")
    }
  }
}
