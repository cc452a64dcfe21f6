// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension Record {
  /// JSON with sorted keys: the bytes that the log hashes.
  package func encoded() -> [UInt8] { encodedPlainly() ?? encodedByFoundation() }

  /// What a server writes thousands of times a second: no digest, and text without anything to escape. The bytes are those of
  /// ``encodedByFoundation()``.
  private func encodedPlainly() -> [UInt8]? {
    guard digest == nil, evidence == nil else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    guard Self.add(action, as: "{\"action\":\"", to: &bytes),
      Self.add(model, as: "\",\"model\":\"", to: &bytes),
      Self.add(outcome, as: "\",\"outcome\":\"", to: &bytes),
      Self.add(principal, as: "\",\"principal\":\"", to: &bytes),
      Self.add(reason, as: "\",\"reason\":\"", to: &bytes),
      Self.addTime(time, as: "\",\"time\":\"", to: &bytes),
      Self.add(trace, as: "\",\"trace\":\"", to: &bytes)
    else { return nil }
    bytes.append(contentsOf: "\"}".utf8)
    return bytes
  }

  func encodedByFoundation() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    // Plain strings and a date: there is nothing in it that could fail to encode.
    return Array(try! encoder.encode(self))
  }

  /// - Returns: false for text that needs escapes.
  private static func add(_ text: String?, as name: StaticString, to bytes: inout [UInt8]) -> Bool {
    guard let text else { return true }
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return bytes[start...].allSatisfy {
      (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
  }

  /// ISO 8601 in UTC, to the second.
  /// - Returns: false for years without four digits.
  private static func addTime(_ time: Date, as name: StaticString, to bytes: inout [UInt8]) -> Bool {
    let seconds = time.timeIntervalSince1970.rounded(.down)
    guard seconds >= 0, seconds < 253_402_300_800 else { return false }
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    let (days, second) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
    // The proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
    let (era, day) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    add(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    add(month, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    add(dayOfYear - (153 * shifted + 2) / 5 + 1, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    add(second / 3_600, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    add(second / 60 % 60, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    add(second % 60, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
    return true
  }

  private static func add(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<digits { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
