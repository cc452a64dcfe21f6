// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Files that hold numbers of what lies beside them, and records.
@Suite struct DataFileTests {
  /// A folder with files by their paths, which is gone when `body` ends.
  private func folder(_ files: [String: Bytes], _ body: (URL) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("data \(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    for (name, bytes) in files {
      let url = root.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes.array()).write(to: url)
    }
    try body(root)
  }

  private static let numbers = Bytes([0x01, 0xFE, 0x80, 0x3F, 0, 0, 0xC0, 0x7F, 0x99, 0xB1])
  private static let array =
    #"{"zarr_format":2,"shape":[2,2],"chunks":[1,2],"dtype":"<f4","compressor":null,"filters":null}"#
  private static let second = Bytes(utf8: array)
  private static let third = Bytes(
    utf8: #"{"zarr_format":3,"node_type":"array","shape":[2],"codecs":[{"name":"bytes"}]}"#)

  @Test func chunksOfArraysAreNumbers() throws {
    try folder([
      "a/.zarray": Self.second, "a/0.0": Self.numbers, "a/1.0": Self.numbers, "b/zarr.json": Self.third,
      "b/c/0": Self.numbers,
      "c/.zmetadata": Bytes(
        utf8: "{\"zarr_consolidated_format\":1,\"metadata\":{\"x/.zarray\":\(Self.array)}}"),
      "c/x/0.1": Self.numbers,
    ]) { root in
      let report = try Scanner().scan(path: root.path)
      #expect(report.verdict == .safe, "\(report)")
    }
  }

  @Test func whatIsNoChunkIsJudged() throws {
    try folder([
      "a/.zarray": Self.second, "a/0.0": ContainerTests.payload, "a/other": Self.numbers,
      "a/1.x": Self.numbers, "d/0.0": Self.numbers,
    ]) { root in
      let report = try Scanner().scan(path: root.path)
      let verdicts = report.artifacts.map { ($0.path.dropFirst(root.path.count + 1), $0.verdict) }
      #expect(
        verdicts.map { "\($0) \($1)" } == [
          "a/.zarray safe", "a/0.0 unsafe", "a/1.x unknown", "a/other unknown", "d/0.0 unknown",
        ])
    }
  }

  @Test func aBlobOfTheHubIsJudgedUnderItsName() throws {
    try folder(["m/blobs/aa": Bytes(utf8: "text\n"), "m/blobs/bb": Bytes(utf8: "more\n")]) { root in
      let snapshot = root.appendingPathComponent("m/snapshots/1")
      try FileManager.default.createDirectory(at: snapshot, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: snapshot.appendingPathComponent("README").path, withDestinationPath: "../../blobs/aa")
      let report = try Scanner().scan(path: root.path)
      #expect(
        report.artifacts.map { String($0.path.dropFirst(root.path.count + 1)) } == [
          "m/blobs/bb", "m/snapshots/1/README",
        ])
      #expect(report.verdict == .safe)
    }
  }

  // MARK: Stores

  /// A part of an OCDBT store, unpacked.
  private static func part(_ magic: [UInt8], _ body: [UInt8]) -> [UInt8] {
    let frame = magic + HostileBytes.number(UInt64(18 + body.count)) + [0, 0] + body
    return frame + HostileBytes.number(crc(frame))
  }

  /// A manifest with one version, whose tree begins in `file`.
  private static func manifest(_ file: String, node: [UInt8]) -> Bytes {
    let name = Array(file.utf8)
    let head = [UInt8](repeating: 7, count: 16) + [0, 0, 0, 4, 0]
    let files = [1, UInt8(name.count), 0] + name
    let version: [UInt8] =
      [1, 1, 0, 0, 0, UInt8(node.count), 1, 1, 0] + [UInt8](repeating: 0, count: 8) + [0]
    return Bytes(part([0x0C, 0xDB, 0x3A, 0x2A], head + files + version))
  }

  /// A node with one key.
  private static func node(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let entry = [UInt8(key.utf8.count)] + Array(key.utf8) + [UInt8(value.count), 0] + value
    return part([0x0C, 0xDB, 0x20, 0xDE], [0, 0, 1] + entry)
  }

  @Test func aStoreOfArraysIsReadThroughItsTree() throws {
    let plain = Self.node("a/.zarray", Array(#"{"zarr_format":2,"filters":null}"#.utf8))
    let pickled = Self.node("a/.zarray", Array(#"{"zarr_format":2,"filters":[{"id":"pickle"}]}"#.utf8))
    for (file, node, verdict) in [("d/1", plain, Verdict.safe), ("d/1", pickled, .unsafe)] {
      try folder(["manifest.ocdbt": Self.manifest(file, node: node), file: Bytes(node)]) { root in
        let report = try Scanner().scan(path: root.path)
        #expect(report.verdict == verdict, "\(report)")
      }
    }
    // Alone, or with a part that is not there or is somewhere else, it proves nothing.
    #expect(Self.manifest("d/1", node: plain).rules == ["MRT-ORB-002"])
    #expect(Self.manifest("../../d/1", node: plain).rules == ["MRT-ORB-002"])
    // A number as long as the part leaves no room for what it would hold.
    let padded = [0x0C, 0xDB, 0x3A, 0x2A] + HostileBytes.number(UInt64(18)) + [0, 0x80, 0x80, 0x80, 0x80, 0]
    #expect(Bytes(padded).verdict != .safe)
    let manifest = Self.manifest("d/1", node: plain)
    for index in 0..<manifest.count { #expect(manifest.flipping(index, 0xFF).verdict != .safe) }
    try folder(["manifest.ocdbt": manifest, "d/1": Bytes(plain + [0x80]), "d/2": Bytes(plain)]) { root in
      // What the tree does not reach is nobody's part.
      let report = try Scanner().scan(path: root.path)
      #expect(report.verdict == .unknown)
    }
  }

  // MARK: Records

  /// RFC 3720, bit by bit.
  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    return ~crc
  }

  /// The same with the masking of record files.
  private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    let crc = crc(bytes)
    return HostileBytes.number((crc >> 15 | crc << 17) &+ 0xA282_EAD8)
  }

  private static func record(_ bytes: [UInt8]) -> [UInt8] {
    let length = HostileBytes.number(UInt64(bytes.count))
    return length + checksum(length) + bytes + checksum(bytes)
  }

  private static let head = GraphBuilderProto.event(3, Array("brain.Event:2".utf8))

  private enum GraphBuilderProto {
    static func event(_ field: Int, _ contents: [UInt8]) -> [UInt8] {
      let built = Proto { $0.put(field, contents) }
      return [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F] + built.bytes
    }
  }

  @Test func recordsAreReadOneByOne() {
    let plain = Self.record([0x0A, 2, 0x0A, 0]) + Self.record([0x0A, 2, 0x0A, 0])
    #expect(Bytes(plain).scanned.artifacts[0].format == "tfrecord")
    #expect(Bytes(plain).verdict == .safe)
    let events = Self.record(Self.head) + Self.record(GraphBuilderProto.event(5, [0x0A, 0]))
    #expect(Bytes(events).scanned.artifacts[0].format == "tfevents")
    #expect(Bytes(events).verdict == .safe, "\(Bytes(events).scanned)")
    for length in 1..<events.count where length != Self.record(Self.head).count {
      #expect(Bytes(events).slice(0..<length).verdict != .safe, "cut after \(length)")
    }
    var damaged = events
    damaged[20] ^= 1
    #expect(Bytes(damaged).verdict == .incomplete)
  }

  @Test func aGraphInAnEventIsLookedAt() {
    let graph = GraphBuilder.graph([GraphBuilder.node("WriteFile")])
    let events = Self.record(Self.head) + Self.record(GraphBuilderProto.event(4, graph.bytes))
    #expect(Bytes(events).verdict == .unsafe)
    #expect(Bytes(Self.record(ContainerTests.payload.array())).verdict == .unsafe)
  }
}
