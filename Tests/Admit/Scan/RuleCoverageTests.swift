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
    return [
      .notes(ONNXTests.everyKind), .file(.unreadable("reason")), .file(.escapingLink(target: "/")),
      .file(.special),
    ]
  }()

  /// The cases of every family.
  private static let hostile: [[Bytes]] = [
    (PickleVector.all + PickleMachineTests.all).map(\.bytes),
    PickleHoleTests.cases.map { $0.value.pickle },
    ContainerTests.lies.map(\.2),
    HDF5Tests.hostile.map(\.bytes),
    KerasTests.files,
    SkopsTests.files,
    NemoTests.files,
    TensorFlowTests.cases.map(\.bytes),
    LiteTests.cases.map(\.bytes),
    ArchivesTests.streams.map(\.bytes),
    ArchivesTests.more.map(\.bytes),
    ArchivesTests.tars.map(\.bytes),
    ZipLiesTests.cases.map(\.bytes),
    LearnersTests.hostile.map(\.bytes),
    TextTests.covering,
    ONNXHostileTests.cases.map(\.bytes),
    GraphTests.cases.map(\.bytes),
    TorchTests.cases.map(\.bytes),
    MediaTests.active.map { Bytes(utf8: $0.1) },
    [
      Bytes(utf8: "#!/bin/sh\n"),
      Bytes(Array("PAR1arrow.py_extension_type".utf8) + [4, 0, 0, 0] + Array("PAR1".utf8)),
    ],
    more,
  ]

  @Test func everyRuleIsFlaggedBySomething() {
    var flagged = Set(Self.parsed.flatMap { Catalog.findings(in: $0) }.map(\.rule))
    for bytes in Self.hostile.joined() { flagged.formUnion(bytes.rules) }
    flagged.formUnion(TensorFlowTests.parsed.flatMap { Catalog.findings(in: $0) }.map(\.rule))
    let silent = Catalog.cards.map(\.code).filter { !flagged.contains($0) }
    #expect(silent == [])
  }

  @Test func noRuleFlagsAnOrdinaryFile() throws {
    for name in Fixture.names { #expect(try Fixture.bytes(name).rules == [], "\(name)") }
  }
}
