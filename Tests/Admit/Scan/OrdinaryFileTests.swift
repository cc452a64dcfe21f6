// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletScan
import Testing

@Suite struct OrdinaryFileTests {
  @Test func thereAreFixtures() { #expect(Fixture.names.count >= 18) }

  @Test(arguments: Fixture.names) func anOrdinaryFileIsSafe(_ name: String) throws {
    let report = try Fixture.bytes(name).scanned
    #expect(report.verdict == .safe, "\(report.artifacts[0].findings)")
  }

  @Test(arguments: [
    ("plain-0.pkl", "pickle"), ("state.pt", "torch"), ("arrays.npz", "npz"), ("array.npy", "npy"),
    ("weights.safetensors", "safetensors"), ("model.onnx", "onnx"), ("config.json", "json"),
    ("README.txt", "text"),
  ]) func formatsAreNamed(_ name: String, _ format: String) throws {
    #expect(try Fixture.bytes(name).scanned.artifacts[0].format == format)
  }

  @Test func theFolderOfFixturesIsScannedInOrder() throws {
    let report = try Scanner().scan(path: Fixture.folder.path)
    let own = report.artifacts.map { $0.path.dropFirst(Fixture.folder.path.count + 1) }
    #expect(own.filter { !$0.contains("/") && !$0.hasSuffix(".py") }.map(String.init) == Fixture.names.sorted())
    #expect(own.map { Array($0.utf8) } == own.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    // The scripts that made them are code.
    #expect(report.artifacts.allSatisfy { $0.verdict == .safe || $0.path.hasSuffix(".py") })
  }

  @Test func anEmptyFileIsSafeAndSaysSo() {
    #expect(Bytes([UInt8]()).verdict == .safe)
    #expect(Bytes([UInt8]()).rules == ["MRT-FIL-003"])
  }

  @Test func whatNobodyKnowsIsUnknown() {
    #expect(Bytes([0, 1, 2, 3, 0xFE]).rules == ["MRT-FIL-001"])
    #expect(Bytes([0, 1, 2, 3, 0xFE]).verdict == .unknown)
  }
}

/// No cut and no flipped bit may crash a parser, and a cut file is never what the whole one was unless it says so.
@Suite struct DamageTests {
  @Test(arguments: Fixture.names) func everyPrefixIsReadWithoutACrash(_ name: String) throws {
    let bytes = try Fixture.bytes(name)
    for length in Self.positions(in: bytes, 60) where length > 0 {
      let verdict = bytes.slice(0..<length).verdict
      // A few letters in front of a pickle of protocol 0 are just text.
      let isText = name.hasSuffix(".txt") || name.hasSuffix(".md") || name.hasSuffix(".json") || length < 16
      // A message that ends where a field ends, and a list that ends where an item ends, are whole.
      let isList = [
        "logistic.onnx", "optimised.onnx", "quantised.onnx", "paddle.pdiparams", "paddle.pdmodel",
      ].contains(name)
      // Zeros behind the end of a tar archive only fill its last record.
      let isPadding = name.hasSuffix(".tar") && bytes.slice(length..<bytes.count).array().allSatisfy { $0 == 0 }
      if !isText, !isList, !isPadding { #expect(verdict != .safe, "\(length) bytes of \(name)") }
    }
  }

  @Test(arguments: Fixture.names) func everyFlippedBitIsReadWithoutACrash(_ name: String) throws {
    let bytes = try Fixture.bytes(name)
    let whole = bytes.verdict
    #expect(whole == .safe)
    let masks: [UInt8] = [0x01, 0x80, 0xFF]
    for index in Self.positions(in: bytes, 150) {
      let report = bytes.flipping(index, masks[index % masks.count]).scanned
      #expect(report.artifacts.count == 1)
    }
  }

  /// Every position of a small file; of a larger one as many as asked for, the same in every run.
  private static func positions(in bytes: Bytes, _ count: Int) -> [Int] {
    guard bytes.count >= 300 else { return Array(0..<bytes.count) }
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bytes.count))
    }
  }

  @Test(arguments: [UInt8(0), 1, 2, 3, 4, 5]) func aPayloadStaysAPayloadWhateverFollows(_ version: UInt8) {
    let payload = PickleBuilder.system(version)
    let call = payload.count - 1
    // Only the STOP is cut off, or replaced by any byte.
    #expect(payload.slice(0..<call).verdict == .unsafe)
    for byte in UInt8.min...UInt8.max {
      var broken = payload.array()
      broken[call] = byte
      broken += [0xFF, 0xFF]
      #expect(Bytes(broken).verdict == .unsafe, "with \(byte)")
    }
  }
}
