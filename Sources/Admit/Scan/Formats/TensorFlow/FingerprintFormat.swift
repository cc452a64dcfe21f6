// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// `fingerprint.pb` of a SavedModel: five numbers, a version and a name.
struct FingerprintFormat: ScannedFormat {
  let name = "tensorflow-fingerprint"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count <= 512, let fields = ProtoReader.fields(of: bytes, limit: 8) else { return false }
    var seen: Set<Int> = []
    for field in fields {
      switch (field.number, field.wire) {
      case (1...5, .varint): break
      case (6, .bytes): guard isVersion(bytes.slice(field.range)) else { return false }
      case (7, .bytes): guard field.range.count <= 64, isPlain(bytes.slice(field.range)) else { return false }
      default: return false
      }
      guard seen.insert(field.number).inserted else { return false }
    }
    return seen.isSuperset(of: [1, 2, 3]) && seen.contains(6)
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String { name }

  private func isVersion(_ bytes: Bytes) -> Bool {
    guard let fields = ProtoReader.fields(of: bytes, limit: 8) else { return false }
    return fields.allSatisfy { (1...3).contains($0.number) && $0.wire == .varint }
  }

  private func isPlain(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    for index in span.indices where span[index] < UInt8(ascii: "-") || span[index] > UInt8(ascii: "z") {
      return false
    }
    return true
  }
}
