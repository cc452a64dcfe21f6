// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletScan
import Testing

/// Inputs under which a fuzzer once brought a parser or the scanner to a stop. `Scripts/fuzz` puts them where these tests
/// look; they must only come back, with whatever verdict.
struct FailCaseTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Fuzz").standardizedFileURL

  /// `<target>/<file>` in a folder of `Fuzz`.
  static func names(_ part: String) -> [String] {
    let root = folder.appendingPathComponent(part)
    let targets = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return targets.sorted().flatMap { target in
      ((try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(target).path)) ?? [])
        .sorted().map { "\(part)/\(target)/\($0)" }
    }
  }

  @Test(
    "Every input that a fuzzer found, and every seed, comes back",
    arguments: names("FailCases") + names("Seeds"))
  func comesBack(_ name: String) throws {
    let bytes = try Bytes(contentsOf: Self.folder.appendingPathComponent(name).path)
    let report = bytes.scanned
    #expect(report.artifacts.count == 1)
    // A crash may hide behind what the front of a file says it is: the same bytes as a member of an archive.
    #expect(ZipBuilder.make([.init("member", bytes)]).scanned.artifacts.count == 1)
  }

  @Test("The fuzzer's folders are there")
  func thereAreSeeds() {
    #expect(!Self.names("Seeds").isEmpty)
  }
}
