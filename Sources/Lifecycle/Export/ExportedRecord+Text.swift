// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence

extension ExportedRecord {
  private struct JSONDocument: Encodable {
    let origin: String
    let index: UInt64
    let leafHash: String
    let record: Record?
    /// In base64, where it is no record.
    let entry: Data?
  }

  var jsonLine: String {
    Self.json(
      JSONDocument(
        origin: origin, index: index, leafHash: leafHash, record: record,
        entry: record == nil ? Data(entry) : nil))
  }

  static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    // Plain strings, numbers and dates: there is nothing in it that could fail to encode.
    return String(decoding: try! encoder.encode(value), as: UTF8.self)
  }

  /// `CEF:0|vendor|product|version|class|name|severity|extension`.
  var cefLine: String {
    let head = [
      "CEF:0", "Martlet", "martlet", MartletVersion.text, record?.action ?? "unknown",
      record.map { "\($0.action) \($0.outcome)" } ?? "an entry that is not Martlet's", String(cefSeverity),
    ]
    var fields: [(String, String?)] = [
      ("rt", record.map { String(Int64($0.time.timeIntervalSince1970 * 1000)) }),
      ("act", record?.action), ("outcome", record?.outcome), ("suid", record?.principal),
      ("fileHash", record?.digest?.hex), ("fname", record?.model), ("reason", record?.reason),
      ("externalId", String(index)),
    ]
    fields += [
      ("cs1Label", "log"), ("cs1", origin), ("cs2Label", "leafHash"), ("cs2", leafHash),
    ]
    let extensions = fields.compactMap { key, value in value.map { "\(key)=\(Self.cefValue($0))" } }
    return head.map(Self.cefHead).joined(separator: "|") + "|" + extensions.joined(separator: " ")
  }

  /// From 0 to 10.
  private var cefSeverity: Int {
    switch gravity {
    case .informational: 1
    case .low: 3
    case .medium: 6
    case .high: 8
    }
  }

  private static func cefHead(_ text: String) -> String {
    oneLine(text).replacing("\\", with: "\\\\").replacing("|", with: "\\|")
  }

  private static func cefValue(_ text: String) -> String {
    oneLine(
      text.replacing("\\", with: "\\\\").replacing("=", with: "\\=").replacing("\r", with: "\\r")
        .replacing("\n", with: "\\n"))
  }

  /// `<priority>1 time host app process id structured-data text` (RFC 5424), facility 13, log audit.
  var syslogLine: String {
    let time = record.map { $0.time.formatted(.iso8601) } ?? "-"
    var fields: [(String, String?)] = [
      ("origin", origin), ("index", String(index)), ("leafHash", leafHash), ("action", record?.action),
      ("outcome", record?.outcome), ("principal", record?.principal), ("model", record?.model),
    ]
    fields += [
      ("digest", record?.digest?.hex),
      ("evidence", record?.evidence.map { $0.map(\.hex).joined(separator: ",") }), ("reason", record?.reason),
    ]
    let data = fields.compactMap { key, value in value.map { " \(key)=\"\(Self.syslogValue($0))\"" } }
      .joined()
    let name = record.map { "\($0.action) \($0.outcome)" } ?? "an entry that is not Martlet's"
    let id = String(
      (record?.action ?? "-").unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F }.prefix(32).map(
        Character.init))
    // 32473 is the number that RFC 5612 keeps for examples: Martlet has no enterprise number of its own.
    return
      "<\(13 * 8 + syslogSeverity)>1 \(time) - martlet - \(id.isEmpty ? "-" : id) [record@32473\(data)] \(Self.oneLine(name))"
  }

  private var syslogSeverity: Int {
    switch gravity {
    case .informational: 6
    case .low: 5
    case .medium: 4
    case .high: 3
    }
  }

  private static func syslogValue(_ text: String) -> String {
    oneLine(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("]", with: "\\]")
  }

  /// A line break in what somebody sent must not begin another record.
  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}
