// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import MartletScan
import Testing

@Suite struct ContainerTests {
  static let harmless = Bytes([0x80, 2, 0x4E, 0x2E])
  static let payload = PickleBuilder.system()

  @Test func aPayloadIsFoundUnderAnyName() {
    for name in ["data.pkl", "model.bin", "a/b/README.md", "x.png"] {
      let archive = ZipBuilder.make([.init("plain", Self.harmless), .init(name, Self.payload)])
      let findings = archive.scanned.artifacts[0].findings
      #expect(archive.verdict == .unsafe)
      #expect(findings.contains { $0.rule == "MRT-PKL-001" && $0.member == name })
    }
  }

  @Test func aPayloadIsFoundInArchivesInArchives() {
    var bytes = Self.payload
    for level in 0..<5 { bytes = ZipBuilder.make([.init("level \(level)", bytes)]) }
    let finding = bytes.scanned.artifacts[0].findings.first { $0.rule == "MRT-PKL-001" }
    #expect(finding?.member == "level 4!level 3!level 2!level 1!level 0")
    for level in 5..<12 { bytes = ZipBuilder.make([.init("level \(level)", bytes)]) }
    #expect(bytes.rules.contains("MRT-FIL-006"))
    #expect(bytes.verdict == .incomplete)
  }

  @Test func anOrdinaryArchiveIsSafe() {
    #expect(ZipBuilder.make([.init("a", Self.harmless), .init("b", Bytes(utf8: "text\n"))]).verdict == .safe)
  }

  /// A lie about one member of an otherwise harmless archive, and the rule that says so.
  static let lies: [(String, Verdict, Bytes)] = {
    func member(_ change: (inout ZipBuilder.Member) -> Void) -> Bytes {
      var member = ZipBuilder.Member("a", harmless)
      change(&member)
      return ZipBuilder.make([member, .init("z", harmless)])
    }
    return [
      ("MRT-ZIP-001", .unknown, member { $0.localName = "b" }),
      ("MRT-ZIP-001", .unknown, member { $0.localFlags = 0x20 }),
      ("MRT-ZIP-002", .unknown, ZipBuilder.make([.init("a", harmless), .init("a", harmless)])),
      ("MRT-ZIP-003", .unknown, member { $0.gap = [9, 9, 9] }),
      ("MRT-ZIP-003", .unknown, ZipBuilder.make([.init("a", harmless)], prefix: [0, 1, 2, 0xFF])),
      ("MRT-ZIP-003", .unknown, ZipBuilder.make([.init("a", harmless)], comment: [1, 2, 3])),
      ("MRT-ZIP-004", .incomplete, member { $0.crc = 7 }),
      ("MRT-ZIP-005", .incomplete, member { $0.flags = 1 }),
      ("MRT-ZIP-006", .unsafe, member { $0.name = "../a" }),
      ("MRT-ZIP-006", .unsafe, member { $0.name = "/etc/cron.d/a" }),
      ("MRT-ZIP-006", .unsafe, member { $0.name = "..\\a" }),
      ("MRT-ZIP-007", .unknown, member { $0.isListed = false }),
      ("MRT-ZIP-009", .unknown, member { $0.mode = 0xA1FF }),
    ]
  }()

  @Test func aLieOfTheHeadersIsAFinding() {
    for (rule, verdict, bytes) in Self.lies {
      #expect(bytes.rules.contains(rule), "\(rule): \(bytes.scanned.artifacts[0].findings)")
      #expect(bytes.verdict == verdict, "\(rule)")
    }
  }

  @Test func aPayloadBehindALieIsFound() {
    var flagged = ZipBuilder.Member("data.pkl", Self.payload)
    flagged.flags = 1
    var broken = ZipBuilder.Member("data.pkl", Self.payload)
    broken.crc = 1
    var hidden = ZipBuilder.Member("data.pkl", Self.payload)
    hidden.isListed = false
    var renamed = ZipBuilder.Member("data.pkl", Self.payload)
    renamed.localName = "other"
    for member in [flagged, broken, hidden, renamed] {
      #expect(ZipBuilder.make([.init("a", Self.harmless), member]).verdict == .unsafe)
    }
    #expect(ZipBuilder.make([.init("a", Self.harmless), .init("a", Self.payload)]).verdict == .unsafe)
  }

  @Test func aCutArchiveIsNeverSafe() {
    let archive = ZipBuilder.make([.init("a", Self.payload), .init("b", Self.harmless)])
    let headerAndPayload = 31 + Self.payload.count
    // "P" and "PK" are text.
    for length in 3..<archive.count {
      let verdict = archive.slice(0..<length).verdict
      #expect(verdict != .safe)
      if length >= headerAndPayload { #expect(verdict == .unsafe, "\(length) bytes") }
    }
  }

  @Test func aPickleInFrontOfAnArchiveIsBoth() {
    let archive = ZipBuilder.make([.init("a", Self.harmless)], prefix: Self.payload.array())
    #expect(
      archive.scanned.artifacts[0].findings.contains {
        $0.rule == "MRT-FIL-007" && $0.message.contains("pickle and as zip")
      })
    #expect(archive.rules.contains("MRT-FIL-007"))
    #expect(archive.verdict == .unsafe)
    let behind = ZipBuilder.make([.init("a", Self.payload)], prefix: Self.harmless.array())
    #expect(behind.verdict == .unsafe)
  }

  @Test func anArrayOfObjectsIsItsPickle() {
    let header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n"
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.utf8.count), 0]
    bytes += Array(header.utf8) + Self.payload.array()
    #expect(Bytes(bytes).verdict == .unsafe)
    #expect(ZipBuilder.make([.init("x.npy", Bytes(bytes))]).verdict == .unsafe)
  }

  @Test func aTorchArchiveWithAPayloadIsUnsafe() throws {
    let version = Bytes(utf8: "3\n")
    let pickle = PickleBuilder.make(
      2, "(S'storage'\n", .global("torch", "FloatStorage"), "S'0'\nS'cpu'\nK\u{1}tQ.")
    let data = Bytes([0, 0, 0x80, 0x3F])
    func archive(_ pickle: Bytes, _ data: Bytes) -> Bytes {
      ZipBuilder.make([.init("m/data.pkl", pickle), .init("m/data/0", data), .init("m/version", version)])
    }
    #expect(archive(pickle, data).verdict == .safe)
    #expect(archive(pickle, data).scanned.artifacts[0].format == "torch")
    #expect(archive(pickle, Bytes([0, 0, 0x80])).verdict == .incomplete)
    #expect(archive(Self.payload, data).verdict == .unsafe)
    #expect(archive(pickle, Self.payload).verdict == .unsafe)
    // Outside of such an archive a persistent id is anybody's.
    #expect(pickle.verdict == .unknown)
  }

  @Test func codeInTextIsUnknown() {
    for text in [
      "#!/bin/sh\necho done\n", "import os\n", "from os import system\n", "def run(x):\n  pass\n",
    ] {
      #expect(Bytes(utf8: text).rules.first == "MRT-TXT-001", "\(text)")
      #expect(Bytes(utf8: text).verdict == .unknown)
    }
    for text in [
      "Just words.\n", "catboost\nnumpy\n", "import this idea into your head.\n", "N/A", "1.0\n", "a.", "0",
    ] {
      #expect(Bytes(utf8: text).verdict == .safe, "\(text)")
    }
  }

  @Test func anImportInTextIsUnsafe() {
    #expect(Bytes(utf8: "cos\nsystem\n").rules == ["MRT-PKL-002"])
    #expect(Bytes(utf8: "cos\nsystem\n").verdict == .unsafe)
  }

  @Test func aPictureWithATailIsUnknown() {
    let png: [UInt8] = [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 1, 2, 3, 4,
    ]
    #expect(Bytes(png).verdict == .safe)
    #expect(Bytes(png + [7]).rules == ["MRT-FIL-008"])
    #expect(Bytes(png.dropLast()).rules == ["MRT-FIL-008"])
    #expect(Bytes(png + ZipBuilder.make([.init("a", Self.payload)]).array()).verdict == .unsafe)
  }
}
