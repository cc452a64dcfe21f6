// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletScan

/// The ordinary files in `Fixtures`.
enum Fixture {
  static let folder = Bundle.module.resourceURL!.appendingPathComponent("Fixtures")

  static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { !$0.hasSuffix(".py") }.sorted()
  }()

  static func bytes(_ name: String) throws -> Bytes {
    try Bytes(contentsOf: folder.appendingPathComponent(name).path)
  }
}

extension Bytes {
  var scanned: ScanReport { Scanner().scan(bytes: self, name: "test") }
  var verdict: Verdict { scanned.verdict }
  var rules: [String] { scanned.artifacts.flatMap(\.findings).map(\.rule) }
  var constructs: [String] { scanned.artifacts.flatMap(\.findings).compactMap(\.construct) }

  func flipping(_ index: Int, _ mask: UInt8) -> Bytes {
    var copy = array()
    copy[index] ^= mask
    return Bytes(copy)
  }
}
