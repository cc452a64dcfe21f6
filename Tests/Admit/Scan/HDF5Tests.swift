// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import Testing

@testable import MartletScan

@Suite struct HDF5Tests {
  typealias Case = (name: String, bytes: Bytes, verdict: Verdict, rule: String)
  private typealias Build = HDF5Builder

  private static let plain = Build.dataset([
    Build.type(Build.int32), Build.vector(4), Build.compact(.init(repeating: 1, count: 16)),
  ])
  private static let payload = PickleBuilder.system().array()

  /// Files that are not safe, and what says so.
  static let hostile: [Case] = [
    ("CVE-2026-1669 external storage", Build.stored(in: "/etc/passwd"), .unsafe, "MRT-HDF-003"),
    ("external storage beside the file", Build.stored(in: "weights.bin"), .unsafe, "MRT-HDF-003"),
    ("virtual dataset of the host", Build.virtual(of: "/etc/shadow"), .unsafe, "MRT-HDF-003"),
    ("virtual dataset beside the file", Build.virtual(of: "part.h5"), .unknown, "MRT-HDF-004"),
    (
      "external link out of the folder", Build.file([Build.external("x", file: "../../key.h5", path: "/")]),
      .unsafe, "MRT-HDF-003"
    ),
    (
      "external link of a Keras model",
      Build.file([
        Build.attribute("keras_version", Array("3.9.0".utf8)),
        Build.external("x", file: "b.h5", path: "/"),
      ]), .unsafe, "MRT-HDF-003"
    ),
    (
      "external link beside the file", Build.file([Build.external("x", file: "b.h5", path: "/")]), .unknown,
      "MRT-HDF-004"
    ),
    (
      "filter that needs a plugin",
      Build.dataset([
        Build.type(Build.int32), Build.vector(4), Build.compact(.init(repeating: 1, count: 16)),
        Build.filter(31337),
      ]), .unknown, "MRT-HDF-005"
    ),
    ("pickle in the user block", userBlock(payload), .unsafe, "MRT-HDF-006"),
    ("something in the user block", userBlock([1, 2, 3]), .unknown, "MRT-HDF-006"),
    ("pickle behind the end", Bytes(plain.array() + payload), .unsafe, "MRT-HDF-006"),
    ("cut off", plain.slice(0..<plain.count - 20), .incomplete, "MRT-HDF-001"),
    (
      "pickle in an opaque attribute",
      Build.file([Build.attribute("blob", payload, type: Build.opaque(payload.count))]),
      .unsafe, "MRT-PKL-001"
    ),
    (
      "pickle in a dataset of text",
      Build.dataset([Build.type(Build.text(payload.count)), Build.scalar, Build.compact(payload)]), .unsafe,
      "MRT-PKL-001"
    ),
    (
      "pickle in a dataset of bytes",
      Build.dataset([
        Build.type([0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0]), Build.vector(payload.count),
        Build.compact(payload),
      ]), .unsafe, "MRT-PKL-001"
    ),
    (
      "CVE-2016-4330 array of too many dimensions",
      Build.dataset([
        Build.type([0x3A, 0, 0, 0, 4, 0, 0, 0, 200]), Build.scalar, Build.compact([0, 0, 0, 0]),
      ]),
      .unsafe, "MRT-HDF-002"
    ),
    (
      "CVE-2016-4331 precision beyond the size",
      Build.dataset([
        Build.type([0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 0xFF, 0]), Build.scalar, Build.compact([0, 0, 0, 0]),
      ]), .unsafe, "MRT-HDF-002"
    ),
    (
      "CVE-2016-4332 message that cannot be shared", Build.file([(0x0A, 2, [3, 2] + Build.number(48, 8))]),
      .unsafe, "MRT-HDF-002"
    ),
    (
      "CVE-2016-4333 member of too many dimensions",
      Build.dataset([
        Build.type(
          [0x16, 1, 0, 0, 8, 0, 0, 0] + Array("a\0\0\0\0\0\0\0".utf8) + [0, 0, 0, 0, 9]
            + [UInt8](repeating: 0, count: 27) + Build.int32),
        Build.scalar, Build.compact(.init(repeating: 0, count: 8)),
      ]), .unsafe, "MRT-HDF-002"
    ),
    (
      "compact dataset larger than its bytes",
      Build.dataset([Build.type(Build.int32), Build.vector(1000), Build.compact([0, 0, 0, 0])]), .unsafe,
      "MRT-HDF-002"
    ),
    (
      "contiguous dataset outside of the file",
      Build.dataset([
        Build.type(Build.int32), Build.vector(4),
        (8, 0, [3, 1] + Build.number(1 << 40, 8) + Build.number(16, 8)),
      ]), .incomplete, "MRT-HDF-001"
    ),
    ("link to nowhere", Build.file([Build.link("x", 1 << 50)]), .incomplete, "MRT-HDF-001"),
    ("header that continues in itself", continuing(), .incomplete, "MRT-HDF-001"),
    ("link of the user's own kind", Build.file([(6, 0, [1, 8, 99, 1, 120, 0, 0])]), .unknown, "MRT-HDF-004"),
    ("groups without end", deep(), .incomplete, "MRT-HDF-007"),
    ("name that leaves its group", Build.file([Build.link("..", 48)]), .unsafe, "MRT-KER-005"),
  ]

  private static func userBlock(_ block: [UInt8]) -> Bytes {
    var file = block + [UInt8](repeating: 0, count: 512 - block.count) + plain.array()
    // The superblock says where it lies: the library moves the end with it.
    file.replaceSubrange(512 + 12..<512 + 20, with: Build.number(512, 8))
    file.replaceSubrange(512 + 28..<512 + 36, with: Build.number(file.count, 8))
    return Bytes(file)
  }

  private static func continuing() -> Bytes {
    var builder = Build()
    let chunk = builder.raw(Array("OCHK".utf8) + [0x10] + Build.number(16, 2) + [0])
    _ = builder.raw(Build.number(chunk, 8) + Build.number(28, 8) + [0, 0, 0, 0])
    let root = builder.object([Build.group, (0x10, 0, Build.number(chunk, 8) + Build.number(28, 8))])
    return builder.finish(root: root)
  }

  private static func deep() -> Bytes {
    var builder = Build()
    var inner = builder.object([Build.group])
    for _ in 0..<200 { inner = builder.object([Build.group, Build.link("g", inner)]) }
    return builder.finish(root: inner)
  }

  @Test(arguments: hostile) func isNotSafe(_ vector: Case) {
    let report = vector.bytes.scanned
    #expect(report.verdict == vector.verdict, "\(vector.name): \(report.artifacts[0].findings)")
    #expect(vector.bytes.rules.contains(vector.rule), "\(vector.name): \(report.artifacts[0].findings)")
  }

  @Test func aPlainFileIsSafe() {
    #expect(Self.plain.verdict == .safe, "\(Self.plain.scanned.artifacts[0].findings)")
    #expect(Self.plain.scanned.artifacts[0].format == "hdf5")
  }

  @Test func aGroupMayHoldItself() {
    let file = Build.file([Build.link("self", 48)])
    #expect(file.verdict == .safe, "\(file.scanned.artifacts[0].findings)")
  }

  @Test(arguments: hostile) func damageIsReadWithoutACrash(_ vector: Case) {
    var random = SeededRandom(seed: 11)
    for _ in 0..<40 {
      let index = Int(random.next() % UInt64(vector.bytes.count))
      _ = vector.bytes.flipping(index, UInt8(truncatingIfNeeded: random.next() | 1)).verdict
      _ = vector.bytes.slice(0..<index).verdict
    }
  }
}

/// SplitMix64, so that a test sees the same numbers every time.
private struct SeededRandom {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
