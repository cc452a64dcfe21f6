// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import Testing

@testable import MartletScan

/// A text that must not pass, under the name of its technique.
struct TextVector: Sendable, CustomTestStringConvertible {
  let name: String
  let verdict: Verdict
  let text: String

  init(_ name: String, _ verdict: Verdict, _ text: String) {
    self.name = name
    self.verdict = verdict
    self.text = text
  }

  var testDescription: String { name }
  var bytes: Bytes { Bytes(utf8: text) }

  static let all = templates + growing + configurations + yaml + code + python + scripts
}

@Suite struct TextTests {
  @Test(arguments: TextVector.all) func nothingHarmfulPasses(_ vector: TextVector) {
    let report = vector.bytes.scanned
    #expect(report.verdict == vector.verdict, "\(report.artifacts[0].findings)")
  }

  /// A template is the same wherever it lies.
  @Test(arguments: TextVector.templates) func aTemplateIsFoundInAConfiguration(_ vector: TextVector) {
    // Documentation is no template, and a template may be nothing else.
    guard !vector.name.contains("_md") else { return }
    let quoted = Self.quoted(vector.text)
    #expect(Bytes(utf8: "{\"chat_template\": \(quoted), \"model_max_length\": 4096}").verdict != .safe)
    let list =
      "{\"chat_template\": [{\"name\": \"default\", \"template\": \"x\"}, {\"name\": \"t\", \"template\": \(quoted)}]}"
    #expect(Bytes(utf8: list).verdict != .safe)
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  @Test(arguments: OrdinaryText.all.map(\.name)) func anOrdinaryTextIsSafe(_ name: String) {
    let text = OrdinaryText.all.first { $0.name == name }!.text
    let report = Bytes(utf8: text).scanned
    #expect(report.verdict == .safe)
    #expect(report.artifacts[0].findings.isEmpty, "\(report.artifacts[0].findings)")
  }

  @Test(arguments: ChatTemplates.all.map(\.name)) func aChatTemplateIsSafe(_ name: String) {
    let text = ChatTemplates.all.first { $0.name == name }!.text
    let report = Bytes(utf8: text).scanned
    #expect(report.verdict == .safe, "\(report.artifacts[0].findings)")
    let inside = Bytes(utf8: "{\"chat_template\": \(Self.quoted(text))}").scanned
    #expect(inside.verdict == .safe, "\(inside.artifacts[0].findings)")
  }

  @Test func aListOfWordsIsNoCode() {
    let words = (0..<5000).map { "word\($0)" }.joined(separator: "\n")
    let text = "[PAD]\nthe\nimport os\nfrom x import y\ndef f():\nos.system('id')\n\"\n'\n" + words + "\n"
    #expect(Bytes(utf8: text).verdict == .safe)
  }

  @Test func encodingsAreRead() {
    func sixteen(_ text: String) -> Bytes {
      Bytes([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    #expect(sixteen("Hello world\n").verdict == .safe)
    #expect(sixteen("import os\nos.system('id')\n").verdict == .unsafe)
    #expect(sixteen("a: !!python/object/apply:os.system [id]\n").verdict == .unsafe)
    #expect(Bytes([0xEF, 0xBB, 0xBF] + Array("import os\nos.system('id')\n".utf8)).verdict == .unsafe)
    #expect(Bytes(Array("Caf".utf8) + [0xE9] + Array(" au lait, words and words\n".utf8)).verdict == .safe)
  }

  /// Texts in two bytes a character, as editors in East Asia write them.
  @Test func eastAsianTextIsText() {
    let gbk: [UInt8] = [
      0xC4, 0xE3, 0xBA, 0xC3, 0xCA, 0xC0, 0xBD, 0xE7, 0xA3, 0xAC, 0xC4, 0xE3, 0xBA, 0xC3, 0x0A,
    ]
    let shiftJIS: [UInt8] = [
      0x82, 0xB1, 0x82, 0xF1, 0x82, 0xC9, 0x82, 0xBF, 0x82, 0xCD, 0x90, 0xA2, 0x8A, 0x45, 0x0A,
    ]
    #expect(Bytes(gbk).verdict == .safe)
    #expect(Bytes(shiftJIS).verdict == .safe)
    #expect(Bytes(Array("# ".utf8) + gbk + Array("import os\nos.system('id')\n".utf8)).verdict == .unsafe)
    #expect(Bytes([0x3F, 0x80, 0xC1, 0x20, 0xBF, 0x80, 0xFE, 0xFF]).verdict == .unknown)
  }

  @Test func aPickleInBase64IsFound() {
    let payload = PickleBuilder.system()
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    let bytes = payload.array()
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
      let bits = group[0] << 16 | group[1] << 8 | group[2]
      for shift in stride(from: 18, through: 0, by: -6) {
        out.append(digits[Int(bits >> UInt32(shift) & 63)])
      }
    }
    #expect(Bytes(Array("{\"state\": \"".utf8) + out + Array("\"}".utf8)).verdict == .unsafe)
    #expect(Bytes(Array("Some words\n".utf8) + out + [10]).verdict == .unsafe)
    let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(Bytes(utf8: "data = \(hex)\n").verdict == .unsafe)
  }

  @Test func whatAUserAcceptsIsAccepted() {
    func verdict(_ text: String, _ pattern: String) -> Verdict {
      Scanner(allowing: Allowance(patterns: [pattern])).scan(bytes: Bytes(utf8: text), name: "t").verdict
    }
    #expect(verdict("{{ tojson_pretty(x) }}{% if a %}{% endif %}", "jinja:tojson_pretty") == .safe)
    #expect(verdict("_target_: mypkg.models.Net\n", "mypkg.*") == .safe)
    #expect(verdict("a: !Foo 1\n", "yaml:!Foo") == .safe)
    #expect(verdict("{\"auto_map\": {\"AutoModel\": \"m.M\"}}", "hf:m.M") == .safe)
    // Harm is never accepted.
    #expect(verdict("{{ x.__class__ }}{% if a %}{% endif %}", "*") == .unsafe)
  }

  /// No cut and no flipped bit may crash a reader.
  @Test func damageIsReadWithoutACrash() {
    var generator = SystemRandomNumberGenerator.seeded(7)
    let samples =
      ChatTemplates.all.prefix(4).map(\.text) + TextVector.yaml.prefix(12).map(\.text)
      + OrdinaryText.all.map(\.text).filter { $0.utf8.count < 1500 }
    for text in samples {
      let bytes = Array(text.utf8)
      for _ in 0..<12 {
        var copy = Array(bytes.prefix(Int(generator.next() % UInt64(bytes.count + 1))))
        for _ in 0..<3 where !copy.isEmpty {
          copy[Int(generator.next() % UInt64(copy.count))] = UInt8(truncatingIfNeeded: generator.next())
        }
        #expect(Bytes(copy).scanned.artifacts.count == 1)
      }
    }
  }

  @Test func deepNestingIsNoCrash() {
    for text in [
      String(repeating: "{{", count: 5000), "{{ " + String(repeating: "(", count: 50_000) + "{% if x %}",
      String(repeating: "{% if x %}", count: 5000), String(repeating: "[", count: 100_000),
      "a: " + String(repeating: "[", count: 100_000), String(repeating: "- ", count: 5000) + "x: y",
      "<a>" + String(repeating: "<b>", count: 10_000),
      "{{ " + String(repeating: "not ", count: 9000) + "x }}{% if y %}",
      "{{ " + String(repeating: "-", count: 9000) + "1 }}{% if y %}",
      "{\"a\":" + String(repeating: "[", count: 9000),
    ] {
      #expect(Bytes(utf8: text).scanned.artifacts.count == 1)
    }
  }

  /// What only these show to the rules: ``RuleCoverageTests`` takes them.
  static let covering: [Bytes] =
    TextVector.all.map(\.bytes) + [
      Bytes(utf8: "a:\n  " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "\n"),
      Bytes(utf8: "{{ a }{% if x %}"),
    ]
}

/// A generator whose numbers are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 11
  }
}

extension SystemRandomNumberGenerator {
  static func seeded(_ seed: UInt64) -> SeededGenerator { SeededGenerator(state: seed) }
}
