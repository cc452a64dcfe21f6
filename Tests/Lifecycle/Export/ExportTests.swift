// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import Testing

@Suite struct ExportTests {
  static let digest = Digest(bytes: Array(repeating: 0xAB, count: 32))
  static let time = Date(timeIntervalSince1970: 1_700_000_000)

  static func exported(_ record: Record) -> ExportedRecord {
    ExportedRecord(origin: "martlet.test/log", index: 41, entry: record.encoded())
  }

  /// What somebody sends ends up in `reason` and `model`: it must not end a field or begin a line.
  static let hostile = Record(
    "admit", outcome: "refused", by: "local:1000", model: "a|b=c\\d]\"e", digest: digest, evidence: [digest],
    reason: "two\nlines | = ] \" \\ \r\u{1B}", at: time)

  static let records = [
    hostile, Record("serve.authenticate", outcome: "refused", by: "unknown", at: time),
    Record("serve.predict", outcome: "allowed", by: "6f0c", model: "digits", digest: digest, at: time),
  ]

  @Test(arguments: ExportFormat.allCases) func oneEntryIsOneLine(format: ExportFormat) {
    for record in Self.records {
      let line = Self.exported(record).line(as: format)
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      #expect(line.contains("41"))
    }
    let foreign = ExportedRecord(origin: "martlet.test/log", index: 0, entry: [0xFF, 0x0A])
    #expect(foreign.line(as: format).unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test func commonEventFormat() {
    #expect(
      Self.exported(Self.records[1]).line(as: .cef).hasPrefix(
        "CEF:0|Martlet|martlet|\(MartletVersion.text)|serve.authenticate|serve.authenticate refused|6|rt=1700000000000 act=serve.authenticate outcome=refused suid=unknown externalId=41 cs1Label=log cs1=martlet.test/log cs2Label=leafHash cs2="
      ))
    let line = Self.exported(Self.hostile).line(as: .cef)
    #expect(line.contains("fname=a|b\\=c\\\\d]\"e "))
    #expect(line.contains(#"reason=two\nlines | \= ] " \\ \r"#))
  }

  @Test func syslog() {
    let line = Self.exported(Self.hostile).line(as: .syslog)
    #expect(
      line.hasPrefix(
        "<107>1 2023-11-14T22:13:20Z - martlet - admit [record@32473 origin=\"martlet.test/log\" index=\"41\""
      ))
    #expect(line.contains(#"model="a|b=c\\d\]\"e""#))
    #expect(line.hasSuffix("] admit refused"))
    #expect(Self.exported(Self.records[2]).line(as: .syslog).hasPrefix("<110>1 "))
  }

  @Test func openCybersecuritySchemaFramework() throws {
    let classes = try Self.records.map { record in
      let line = Self.exported(record).line(as: .ocsf)
      let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let uid = try #require(event["class_uid"] as? Int)
      #expect(event["category_uid"] as? Int == uid / 1000)
      #expect(event["type_uid"] as? Int == uid * 100 + (event["activity_id"] as? Int ?? -1))
      #expect(event["time"] as? Int == 1_700_000_000_000)
      #expect(event["raw_data"] as? String == String(decoding: record.encoded(), as: UTF8.self))
      let hash = try #require(event["raw_data_hash"] as? [String: Any])
      #expect(hash["value"] as? String == Digest.of(record.encoded()).hex)
      let metadata = try #require(event["metadata"] as? [String: Any])
      #expect(metadata["uid"] as? String == "martlet.test/log/41")
      return uid
    }
    #expect(classes == [2004, 3002, 6003])
  }

  @Test func aFilterFindsWhatFits() {
    let entries = Self.records.map { $0.encoded() } + [[0xFF]]
    func found(_ change: (inout RecordFilter) -> Void) -> [Int] {
      var filter = RecordFilter()
      change(&filter)
      return entries.indices.filter { filter.match(entries[$0]) != nil }
    }
    #expect(found { _ in } == [0, 1, 2])
    #expect(found { $0.action = "serve" } == [1, 2])
    #expect(found { $0.action = "serve.predict" } == [2])
    #expect(found { $0.action = "serv" } == [])
    #expect(found { $0.outcome = "refused" } == [0, 1])
    #expect(found { $0.principal = "6f0c" } == [2])
    #expect(found { $0.model = "a|b=c\\d]\"e" } == [0])
    #expect(found { $0.digest = "abab" } == [0, 2])
    #expect(found { $0.since = Self.time } == [0, 1, 2])
    #expect(found { $0.until = Self.time } == [])
  }
}
