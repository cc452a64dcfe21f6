// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletScan
import Testing

/// The ways in which zip archives mislead scanners, each under its name.
@Suite struct ZipLiesTests {
  static let harmless = ContainerTests.harmless
  static let payload = ContainerTests.payload

  private static func archive(_ data: Bytes = payload, _ change: (inout ZipBuilder.Member) -> Void) -> Bytes {
    var member = ZipBuilder.Member("data.pkl", data)
    change(&member)
    return ZipBuilder.make([.init("a", harmless), member])
  }

  static let cases: [ArchiveCase] = {
    let plain = ZipBuilder.make([.init("a", harmless)])
    let evil = ZipBuilder.make([.init("data.pkl", payload)])
    let directory = evil.count - 22 - 46 - 8
    var patched = evil.array()
    patched[directory] = 0
    var shared = evil.array()
    // The directory lists the member twice.
    shared.insert(contentsOf: Array(shared[directory..<evil.count - 22]), at: directory)
    shared[shared.count - 14] = 2
    shared[shared.count - 12] = 2
    shared[shared.count - 10] = 108
    var method = evil.array()
    method[directory + 10] = 97
    method[8] = 97
    var cases: [ArchiveCase] = [
      .init("a directory that breaks off", .unsafe, "MRT-ZIP-008", Bytes(patched)),
      .init("no directory", .unsafe, "MRT-ZIP-008", evil.slice(0..<directory)),
      .init("members that share bytes", .unsafe, "MRT-ZIP-010", Bytes(shared)),
      .init("an unknown method", .unsafe, "MRT-ZIP-004", Bytes(method)),
      .init("a second archive behind", .unsafe, "MRT-ZIP-003", ArchivesTests.joined(evil, plain)),
      .init(
        "an archive in the comment", .unsafe, "MRT-ZIP-007",
        ZipBuilder.make([.init("a", harmless)], comment: evil.array())),
      .init(
        "a comment in words", .safe, nil,
        ZipBuilder.make([.init("a", harmless)], comment: Array("made by hand\n".utf8))),
      .init(
        "a pickle between members", .unsafe, "MRT-ZIP-003", archive(harmless) { $0.gap = payload.array() }),
      .init(
        "names that differ in case", .unknown, "MRT-ZIP-002",
        ZipBuilder.make([.init("A", harmless), .init("a", harmless)])),
      .init(
        "names that differ in empty parts", .unknown, "MRT-ZIP-002",
        ZipBuilder.make([.init("d/a", harmless), .init("d//./a", harmless)])),
      .init("a name with a NUL", .unsafe, "MRT-ZIP-006", archive(harmless) { $0.name = "a\0.txt" }),
      .init("a name with a drive", .unsafe, "MRT-ZIP-006", archive(harmless) { $0.name = "C:/a" }),
      .init("a local name that goes up", .unsafe, "MRT-ZIP-006", archive(harmless) { $0.localName = "../x" }),
      .init(
        "a link out", .unsafe, "MRT-ARC-007",
        archive(Bytes(utf8: "/etc/passwd")) { $0.mode = 0xA1FF }),
      .init(
        "GHSA-7q5r-7gvp-wc82: another local name", .unsafe, "MRT-ZIP-001", archive { $0.localName = "x.txt" }),
      .init("GHSA-mjqp-26hc-grxg: a wrong checksum", .unsafe, "MRT-ZIP-004", archive { $0.crc = 5 }),
    ]
    for flag: UInt16 in [0x1, 0x20, 0x40, 0x2000] {
      cases.append(
        .init(
          "GHSA-w8jq-xcqf-f792: flag \(flag) in the directory", .unsafe, nil,
          archive {
            $0.flags = flag; $0.localFlags = 0
          }))
      cases.append(
        .init(
          "GHSA-w8jq-xcqf-f792: flag \(flag) in the local header", .unsafe, "MRT-ZIP-001",
          archive { $0.localFlags = flag }))
    }
    return cases
  }()

  @Test(arguments: cases) func aLieIsFound(_ archive: ArchiveCase) {
    let report = archive.bytes.scanned
    #expect(report.verdict == archive.verdict, "\(report.artifacts[0].findings)")
    if let rule = archive.rule {
      #expect(archive.bytes.rules.contains(rule), "\(report.artifacts[0].findings)")
    }
  }

  /// 3 kB of archives that lie over each other, and of compressed members that hold the same again, unfold to 100,000 parts.
  @Test func archivesThatUnfoldForEverAreLookedAtForAWhile() throws {
    let file = FailCaseTests.folder.appendingPathComponent("FailCases/scan-archives/unfolding.zip")
    let report = Scanner().scan(bytes: try Bytes(contentsOf: file.path), name: "a.zip")
    let findings = report.artifacts[0].findings
    #expect(report.verdict == .unsafe)
    #expect(findings.count < 500)
    #expect(findings.contains { $0.rule == "MRT-FIL-006" })
  }

  /// 5 kB whose directory names one compressed member sixty times, each of which becomes 2 MB.
  @Test func oneBombUnderManyNamesIsInflatedForAWhile() throws {
    let file = FailCaseTests.folder.appendingPathComponent(
      "FailCases/scan-archives/bomb-under-many-names.zip")
    let report = Scanner().scan(bytes: try Bytes(contentsOf: file.path), name: "a.zip")
    let findings = report.artifacts[0].findings
    #expect(report.verdict == .unsafe)
    #expect(findings.contains { $0.rule == "MRT-ZIP-010" })
    let notInflated = findings.filter { $0.message.contains("was not inflated") }.count
    #expect(notInflated == 60 - (64 << 20) / (2 << 20))
  }
}
