// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import MartletScan
import Testing

/// One archive, and what a scan must say about it.
struct ArchiveCase: Sendable, CustomTestStringConvertible {
  let name: String
  let verdict: Verdict
  let rule: String?
  let bytes: Bytes

  init(_ name: String, _ verdict: Verdict, _ rule: String?, _ bytes: Bytes) {
    self.name = name
    self.verdict = verdict
    self.rule = rule
    self.bytes = bytes
  }

  var testDescription: String { name }
}

@Suite struct ArchivesTests {
  static let harmless = ContainerTests.harmless
  static let payload = ContainerTests.payload
  static let text = Bytes(utf8: "words\n")

  static func joined(_ parts: Bytes...) -> Bytes { Bytes(parts.flatMap { $0.array() }) }

  static let streams: [ArchiveCase] = Compression.allCases.flatMap { kind in
    let packed = CompressionBuilder.make(kind, payload)
    let plain = CompressionBuilder.make(kind, harmless)
    let name = kind.rawValue
    var cases = [
      ArchiveCase("\(name): a payload", .unsafe, "MRT-PKL-001", packed),
      ArchiveCase("\(name): twice", .unsafe, "MRT-PKL-001", CompressionBuilder.make(kind, packed)),
      ArchiveCase("\(name): bytes behind", .unknown, "MRT-ARC-002", joined(plain, Bytes([1, 2, 3, 0xFF]))),
      ArchiveCase("\(name): a payload behind", .unsafe, "MRT-ARC-002", joined(plain, payload)),
      ArchiveCase("\(name): a payload and a cut", .unsafe, "MRT-ARC-001", packed.slice(0..<packed.count - 1)),
      ArchiveCase("\(name): in a zip", .unsafe, "MRT-PKL-001", ZipBuilder.make([.init("a", packed)])),
    ]
    if kind.isMultiStream {
      cases.append(.init("\(name): second stream", .unsafe, "MRT-PKL-001", joined(plain, packed)))
    }
    return cases
  }

  static let more: [ArchiveCase] = {
    let zeros = Bytes(capacity: 80 << 20) { _ in 80 << 20 }
    let gzip = CompressionBuilder.make(.gzip, harmless)
    var named = gzip.array()
    named[3] = 8
    named.insert(contentsOf: Array("../../x".utf8) + [0], at: 10)
    let zlib = CompressionBuilder.make(.zlib, payload)
    let length = "0x" + String(payload.count, radix: 16)
    func zfile(_ length: String) -> Bytes {
      joined(Bytes(utf8: "ZF" + length + String(repeating: " ", count: 19 - length.utf8.count)), zlib)
    }
    return [
      .init("gzip: a bomb", .unknown, "MRT-ARC-004", CompressionBuilder.make(.gzip, zeros)),
      .init("gzip: an escaping name", .unsafe, "MRT-ARC-006", Bytes(named)),
      .init("gzip: a wrong checksum", .incomplete, "MRT-ARC-001", gzip.flipping(gzip.count - 6, 1)),
      .init("gzip and zip", .unsafe, "MRT-FIL-007", joined(gzip, ZipBuilder.make([.init("a", payload)]))),
      .init("joblib's zfile", .unsafe, "MRT-PKL-001", zfile(length)),
      .init("joblib's zfile with another length", .unsafe, "MRT-ARC-001", zfile("0x3")),
      .init("rar", .incomplete, "MRT-ARC-005", Bytes([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 1, 0, 9, 9])),
    ]
  }()

  static let tars: [ArchiveCase] = {
    typealias Member = TarBuilder.Member
    let file = Member("a", harmless)
    var unsummed = file
    unsummed.hasChecksum = false
    let hidden = TarBuilder.make(Member("b", payload), tail: [])
    var outer = Member("outer", hidden)
    outer.size = 0
    let map = joined(Bytes(utf8: "1\n0\n6\n"), Bytes([UInt8](repeating: 0, count: 506)), text)
    func one(_ change: (inout Member) -> Void) -> Bytes {
      var member = file
      change(&member)
      return TarBuilder.make(member)
    }
    return [
      .init("tar: a payload", .unsafe, "MRT-PKL-001", TarBuilder.make(file, Member("b", payload))),
      .init("tar: v7", .safe, nil, one { $0.isPOSIX = false }),
      .init(
        "tar in gzip in tar", .unsafe, "MRT-PKL-001",
        TarBuilder.make(Member("t", CompressionBuilder.make(.gzip, TarBuilder.make(Member("b", payload)))))),
      .init("tar: up (CVE-2007-4559)", .unsafe, "MRT-ARC-006", one { $0.name = "../a" }),
      .init("tar: absolute", .unsafe, "MRT-ARC-006", one { $0.name = "/etc/cron.d/a" }),
      .init("tar: up in the prefix", .unsafe, "MRT-ARC-006", one { $0.patches = [345: Array("../..".utf8)] }),
      .init("tar: up in a pax path", .unsafe, "MRT-ARC-006", TarBuilder.make(.pax(["path=../../a"]), file)),
      .init(
        "tar: up in a long name", .unsafe, "MRT-ARC-006",
        TarBuilder.make(Member("././@LongLink", Bytes(utf8: "../a\0"), type: "L"), file)),
      .init(
        "tar: up behind a global path", .unsafe, "MRT-ARC-010",
        TarBuilder.make(.pax(["path=../a"], type: "g"), file)),
      .init("tar: another name in pax", .unknown, "MRT-ARC-010", TarBuilder.make(.pax(["path=evil"]), file)),
      .init("tar: a link inside", .safe, nil, TarBuilder.make(file, Member("d/l", type: "2", link: "../a"))),
      .init("tar: a link up", .unsafe, "MRT-ARC-007", TarBuilder.make(Member("l", type: "2", link: "../x"))),
      .init(
        "tar: an absolute link", .unsafe, "MRT-ARC-007",
        TarBuilder.make(Member("l", type: "2", link: "/etc/passwd"))),
      .init(
        "tar: a link up in pax", .unsafe, "MRT-ARC-007",
        TarBuilder.make(.pax(["linkpath=../x"]), Member("l", type: "2", link: "a"))),
      .init(
        "tar: a member behind a link", .unsafe, "MRT-ARC-007",
        TarBuilder.make(Member("l", type: "2", link: "d"), Member("l/x", harmless))),
      .init(
        "tar: up behind a link (CVE-2025-4517)", .unsafe, "MRT-ARC-007",
        TarBuilder.make(
          Member("a/b/l", type: "2", link: "../.."), Member("m", type: "2", link: "a/b/l/../../x"))),
      .init(
        "tar: a hard link out", .unsafe, "MRT-ARC-007",
        TarBuilder.make(Member("l", type: "1", link: "/etc/shadow"))),
      .init(
        "tar: a dangling hard link", .unknown, "MRT-ARC-008",
        TarBuilder.make(file, Member("l", type: "1", link: "b"))),
      .init("tar: a device", .unknown, "MRT-ARC-008", TarBuilder.make(Member("sda", type: "4"))),
      .init("tar: a pipe", .unknown, "MRT-ARC-008", TarBuilder.make(Member("p", type: "6"))),
      .init("tar: an unknown type", .unknown, "MRT-ARC-008", TarBuilder.make(Member("p", type: "Q"))),
      .init("tar: a name twice", .unsafe, "MRT-ARC-009", TarBuilder.make(Member("a", payload), file)),
      .init(
        "tar: a name in other letters", .unknown, "MRT-ARC-009", TarBuilder.make(file, Member("A", harmless))),
      .init(
        "tar: a second archive", .unsafe, "MRT-ARC-010",
        joined(TarBuilder.make(file), TarBuilder.make(Member("b", payload)))),
      .init("tar: bytes behind", .unsafe, "MRT-ARC-002", joined(TarBuilder.make(file), payload)),
      .init(
        "tar: a wrong checksum", .unsafe, "MRT-ARC-001",
        TarBuilder.make(
          unsummed, Member("b", payload))),
      .init("tar: no end", .incomplete, "MRT-ARC-001", TarBuilder.make(file, tail: [])),
      .init("tar: cut", .incomplete, "MRT-ARC-001", TarBuilder.make(file).slice(0..<520)),
      .init(
        "tar: a negative size", .incomplete, "MRT-ARC-001",
        one { $0.patches = [124: [UInt8](repeating: 0xFF, count: 12)] }),
      .init(
        "tar: a size in base 256", .safe, nil,
        one { $0.patches = [124: [0x80] + [UInt8](repeating: 0, count: 10) + [UInt8(harmless.count)]] }),
      .init(
        "tar: two sizes (CVE-2025-62518)", .unsafe, "MRT-ARC-011",
        TarBuilder.make(
          .pax(["size=\(hidden.count)"]),
          outer)),
      .init(
        "tar: a link with data", .unsafe, "MRT-ARC-011",
        TarBuilder.make(Member("l", hidden, type: "2", link: "a"))),
      .init(
        "tar: a sparse file", .safe, nil,
        TarBuilder.make(
          .pax(["GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=s", "GNU.sparse.realsize=6"]),
          Member(
            "GNUSparseFile.0/s",
            map))),
      .init(
        "tar: a sparse map that lies", .incomplete, "MRT-ARC-001",
        TarBuilder.make(.pax(["GNU.sparse.map=0,900", "GNU.sparse.realsize=6"]), Member("s", text))),
      .init(
        "tar: a sparse bomb", .unknown, "MRT-ARC-004",
        TarBuilder.make(.pax(["GNU.sparse.map=0,6", "GNU.sparse.realsize=80000000"]), Member("s", text))),
      .init(
        "tar: a sparse file beyond the limit", .incomplete, "MRT-ARC-003",
        TarBuilder.make(.pax(["GNU.sparse.map=0,6", "GNU.sparse.realsize=8000000000000"]), Member("s", text))),
    ]
  }()

  static let sevens: [ArchiveCase] = {
    func make(
      _ data: Bytes, _ name: String = "a", _ change: (inout SevenZipBuilder) -> Void = { _ in }
    ) -> Bytes {
      var builder = SevenZipBuilder([("z", harmless), (name, data)])
      change(&builder)
      return builder.bytes
    }
    return [
      .init("7z: harmless", .safe, nil, make(text)),
      .init("7z: a payload (nullifAI)", .unsafe, "MRT-PKL-001", make(payload)),
      .init("7z: bytes behind", .unsafe, "MRT-ARC-002", make(text) { $0.tail = payload.array() }),
      .init("7z: bytes between", .unsafe, "MRT-ARC-002", make(text) { $0.gap = payload.array() }),
      .init("7z: an escaping name", .unsafe, "MRT-ARC-006", make(text, "../a")),
      .init(
        "7z: a link out", .unsafe, "MRT-ARC-007",
        make(Bytes(utf8: "/etc/passwd")) { $0.attributes = [0, 0xA1FF_8000] }),
      .init("7z: a name twice", .unknown, "MRT-ARC-009", make(text, "Z")),
      .init("7z: a wrong checksum", .incomplete, "MRT-ARC-001", make(text) { $0.hasChecksum = false }),
      .init(
        "7z: encrypted", .incomplete, "MRT-ARC-005", make(text) { $0.coders = [1, 0x04, 6, 0xF1, 7, 1] }),
      .init("7z: PPMd", .incomplete, "MRT-ARC-005", make(text) { $0.coders = [1, 0x03, 3, 4, 1] }),
      .init(
        "7z: deflate", .unsafe, "MRT-PKL-001",
        make(payload) {
          $0.coders = [1, 0x03, 4, 1, 8]
          $0.packed = CompressionBuilder.deflate(joined(harmless, payload))
        }),
      .init("7z: cut", .incomplete, "MRT-ARC-001", make(text).slice(0..<60)),
    ]
  }()

  @Test(arguments: streams + more + tars + sevens) func anArchiveIsJudged(_ archive: ArchiveCase) {
    let report = archive.bytes.scanned
    #expect(report.verdict == archive.verdict, "\(report.artifacts[0].findings)")
    if let rule = archive.rule {
      #expect(archive.bytes.rules.contains(rule), "\(report.artifacts[0].findings)")
    }
  }

  /// No cut and no flipped bit crashes a parser, and whatever comes out is bounded.
  @Test(arguments: (streams + tars + sevens).filter { $0.bytes.count < 6000 })
  func damageIsReadWithoutACrash(_ archive: ArchiveCase) {
    var random = 0x2545_F491_4F6C_DD1D as UInt64
    for length in stride(from: 1, to: archive.bytes.count, by: archive.bytes.count < 600 ? 1 : 37) {
      #expect(archive.bytes.slice(0..<length).scanned.artifacts.count == 1)
    }
    for _ in 0..<64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1
      let index = Int(random >> 33) % archive.bytes.count
      #expect(
        archive.bytes.flipping(index, UInt8(truncatingIfNeeded: random >> 25) | 1).scanned.artifacts.count
          == 1)
    }
  }

  @Test func membersOfATarAreHadByName() {
    let tar = TarArchive(
      TarBuilder.make(.init("./a", Self.harmless), .init("b", type: "1", link: "a"), .init("./a", Self.text)))
    #expect(tar.entries.map(\.name) == ["./a", "b", "./a"])
    #expect(tar.issues.isEmpty)
  }
}
