// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import Testing

@testable import MartletScan

/// A rule that nothing flags is not tested, and one that flags an ordinary file cries wolf.
@Suite struct RuleCoverageTests {
  private static let more: [Bytes] = {
    let npy = (try? Fixture.bytes("array.npy").array()) ?? []
    let tensors = (try? Fixture.bytes("weights.safetensors").array()) ?? []
    var names = PickleBuilder(protocol: 2)
    for index in 0...Limits.pickleGlobals { PickleBuilder.Part.global("m", "n\(index)").write(&names.bytes) }
    var nested = ContainerTests.payload
    for level in 0..<12 { nested = ZipBuilder.make([.init("level \(level)", nested)]) }
    let archive = ZipBuilder.make([.init("a", ContainerTests.harmless)])
    return [
      Bytes(npy.dropLast()), Bytes(npy + [0]), Bytes(tensors.dropLast()), Bytes(names.bytes), nested,
      archive.slice(0..<archive.count - 1), Bytes([UInt8]()), Bytes([0, 0xFF]), Bytes(utf8: "import os\n"),
      Bytes(ContainerTests.payload.array() + archive.array()), Bytes([0xFF, 0xD8, 0xFF, 0]),
    ]
  }()

  /// What needs a folder, or a model that only the ONNX tests build, is shown to its rule as a parser would.
  private static let parsed: [ParsedArtifact] = {
    var onnx = ONNXFacts()
    for kind: ONNXFacts.Kind in [
      .pythonOperator, .customDomain, .externalEscape, .externalUnavailable, .externalData, .unknownFields,
      .tensorSize,
      .broken, .shadowedOperator,
    ] { onnx.note(kind, "detail") }
    return [.onnx(onnx), .file(.unreadable("reason")), .file(.escapingLink(target: "/")), .file(.special)]
  }()

  @Test func everyRuleIsFlaggedBySomething() {
    var flagged = Set(Self.parsed.flatMap { Catalog.findings(in: $0) }.map(\.rule))
    let files = (PickleVector.all + PickleMachineTests.all).map(\.bytes) + ContainerTests.lies.map(\.2) + Self.more
    for bytes in files { flagged.formUnion(bytes.rules) }
    let silent = Catalog.cards.map(\.code).filter { !flagged.contains($0) }
    #expect(silent == [])
  }

  @Test func noRuleFlagsAnOrdinaryFile() throws {
    for name in Fixture.names { #expect(try Fixture.bytes(name).rules == [], "\(name)") }
  }
}
