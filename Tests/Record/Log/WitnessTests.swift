// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletLog
import MartletMerkle
import Testing

/// A witness in a directory of its own, which watches the logs it is told.
struct WitnessScratch {
  let place: LogScratch
  let witness: Witness
  var verifier: WitnessVerifierKey { witness.verifierKey }
  var directory: String { place.home + "/witness" }

  init(watching logs: [LogVerifierKey], name: String = "witness.test") throws {
    place = try LogScratch()
    try WitnessKey(generatingFor: name).write(to: place.home + "/witness-key")
    witness = try Self.open(place, logs)
  }

  func reopen(watching logs: [LogVerifierKey]) throws -> Witness { try Self.open(place, logs) }

  private static func open(_ place: LogScratch, _ logs: [LogVerifierKey]) throws -> Witness {
    try Witness(
      directory: place.home + "/witness", key: WitnessKey(contentsOf: place.home + "/witness-key"),
      watching: logs)
  }

  /// As a witness behind HTTP answers.
  static func answer(_ witness: Witness, _ body: [UInt8], at time: UInt64 = 1_700_000_000) -> WitnessAnswer {
    do throws(WitnessRefusal) {
      return WitnessAnswer(status: 200, body: try witness.addCheckpoint(body, at: time))
    } catch {
      guard case .conflict(let size) = error else { return WitnessAnswer(status: error.status, body: []) }
      return WitnessAnswer(status: 409, body: Array("\(size)\n".utf8))
    }
  }

  func cosign(_ log: LogScratch) async throws -> Cosignature {
    try await log.cosigning.cosign(by: verifier) { Self.answer(witness, $0) }
  }
}

extension LogScratch {
  var cosigning: Cosigning { Cosigning(directory: directory, key: verifier) }

  /// A request as the log's own client makes it.
  func request(old: UInt64) throws -> [UInt8] {
    let reader = reader
    return AddCheckpointRequest(
      old: old, proof: try reader.consistencyProof(from: old).path, checkpoint: try reader.signedCheckpoint()
    ).encoded
  }

  func append(_ range: Range<Int>) throws { _ = try open().append(range.map(Self.entry)) }
}

@Suite struct WitnessTests {
  @Test func aGrowingLogIsCosigned() async throws {
    let log = try LogScratch(size: 3)
    let scratch = try WitnessScratch(watching: [log.verifier])
    let policy = try WitnessPolicy([scratch.verifier])
    for size in [3, 300, 301, 301] {
      try log.append(Int(try log.reader.checkpoint().size)..<size)
      let cosignature = try await scratch.cosign(log)
      #expect(cosignature.witness == "witness.test")
      #expect(cosignature.time == 1_700_000_000)
      let cosigned = try #require(try log.reader.cosigned())
      #expect(cosigned.checkpoint.size == UInt64(size))
      #expect(try policy.check(cosigned).count == 1)
      #expect(try log.verify().problems == [])
    }
  }

  /// The log's owner signs two histories of one size and shows each to somebody else.
  @Test func aSplitViewIsRefusedAndKept() async throws {
    let log = try LogScratch(size: 5)
    let other = try log.copy()
    try log.append(5..<8)
    _ = try other.open().append((0..<3).map { _ in [9] })
    let scratch = try WitnessScratch(watching: [log.verifier])
    _ = try await scratch.cosign(log)

    await #expect(throws: LogError.self) { try await scratch.cosign(other) }
    #expect(try other.reader.cosigned() == nil)
    #expect(throws: WitnessRefusal.inconsistent(ProofFlaw.wrongRoot.rawValue)) {
      try scratch.witness.addCheckpoint(other.request(old: 8), at: 1)
    }
    // Both signed checkpoints are there to be shown.
    let kept = try Directory.names(in: scratch.directory).filter { $0.hasSuffix(".conflict") }
    let name = try #require(kept.first)
    let conflict = try #require(try WholeFile.read(scratch.directory + "/" + name, atMost: 1 << 16))
    #expect(try log.verifier.checkpoint(from: conflict).root == other.reader.checkpoint().root)

    // Nor does the other history come through when it has grown.
    try other.append(8..<20)
    await #expect(throws: LogError.self) { try await scratch.cosign(other) }
    try log.append(8..<20)
    _ = try await scratch.cosign(log)
  }

  @Test func anOlderCopyIsRefused() async throws {
    let log = try LogScratch(size: 5)
    let old = try log.copy()
    try log.append(5..<8)
    let scratch = try WitnessScratch(watching: [log.verifier])
    _ = try await scratch.cosign(log)
    #expect(throws: WitnessRefusal.conflict(size: 8)) {
      try scratch.witness.addCheckpoint(old.request(old: 5), at: 1)
    }
    let error = await #expect(throws: LogError.self) { try await scratch.cosign(old) }
    #expect(error?.description.contains("signed for 8 entries and the log has 5") == true)
  }

  @Test func whatAWitnessRefuses() throws {
    let log = try LogScratch(size: 5)
    let stranger = try LogScratch("stranger.test/log")
    _ = try stranger.open().append([[1]])
    let impostor = try LogScratch(size: 5)
    let scratch = try WitnessScratch(watching: [log.verifier])
    func refusal(_ body: [UInt8]) -> Int {
      let answer = WitnessScratch.answer(scratch.witness, body)
      return answer.status
    }
    #expect(refusal(try stranger.request(old: 0)) == 404)
    #expect(refusal(try impostor.request(old: 0)) == 403)
    #expect(refusal([]) == 400)
    let checkpoint = try log.reader.signedCheckpoint()
    #expect(refusal(AddCheckpointRequest(old: 6, proof: [], checkpoint: checkpoint).encoded) == 400)
    #expect(refusal(AddCheckpointRequest(old: 3, proof: [], checkpoint: checkpoint).encoded) == 409)
    #expect(refusal(AddCheckpointRequest(old: 0, proof: [.empty], checkpoint: checkpoint).encoded) == 422)
    #expect(refusal(try log.request(old: 0)) == 200)
    #expect(refusal(AddCheckpointRequest(old: 5, proof: [.empty], checkpoint: checkpoint).encoded) == 422)
    let body = String(decoding: try log.request(old: 0), as: UTF8.self)
    for changed in [
      body.replacing("old 0", with: "old 00"), body.replacing("old 0", with: "old -1"),
      body.replacing("old 0\n\n", with: "old 0\n"), body.replacing("old 0", with: "new 0"),
      body.replacing("old 0\n", with: "old 0\nAAAA\n"), body.replacing("old 0\n", with: "old 0\r\n"),
      body.replacing(
        "old 0\n", with: "old 0\n" + String(repeating: "\(String(repeating: "A", count: 43))=\n", count: 64)),
      body + String(repeating: "x", count: AddCheckpointRequest.longest),
    ] { #expect(refusal(Array(changed.utf8)) == 400) }
  }

  @Test func itsMemoryOutlivesItAndIsNotForged() async throws {
    let log = try LogScratch(size: 5)
    let scratch = try WitnessScratch(watching: [log.verifier])
    _ = try await scratch.cosign(log)
    let again = try scratch.reopen(watching: [log.verifier])
    #expect(throws: WitnessRefusal.conflict(size: 5)) { try again.addCheckpoint(log.request(old: 0), at: 1) }
    let file = try #require(try Directory.names(in: scratch.directory).first { $0 != "lock" })
    #expect(
      try again.checkpoint(ofOriginHash: file)
        == WholeFile.read(scratch.directory + "/" + file, atMost: 1 << 16))
    #expect(try again.checkpoint(ofOriginHash: "00") == nil)
    // Somebody puts a checkpoint there that the witness has not signed.
    let forged = try log.reader.signedCheckpoint()
    try DurableFile.replace(scratch.directory + "/" + file, with: forged.span)
    let error = #expect(throws: WitnessRefusal.self) { try again.addCheckpoint(log.request(old: 0), at: 1) }
    #expect(error?.status == 500)
  }

  @Test func aQuorumCountsDifferentWitnessesOnly() async throws {
    let log = try LogScratch(size: 5)
    let first = try WitnessScratch(watching: [log.verifier])
    let second = try WitnessScratch(watching: [log.verifier], name: "second.test")
    let both = [first.verifier, second.verifier]
    _ = try await first.cosign(log)
    let one = try #require(try log.reader.cosigned())
    try WitnessPolicy(both, quorum: 1).check(one)
    #expect(throws: LogError.tooFewCosignatures(wanted: 2, found: ["witness.test"])) {
      try WitnessPolicy(both).check(one)
    }
    _ = try await second.cosign(log)
    try WitnessPolicy(both).check(#require(try log.reader.cosigned()))
    #expect(throws: LogError.self) { try WitnessPolicy(both, quorum: 3) }
    #expect(throws: LogError.self) { try WitnessPolicy([first.verifier, first.verifier]) }
    #expect(throws: LogError.self) { try WitnessVerifierKey(log.verifier.text) }
    #expect(throws: LogError.self) { try LogVerifierKey(first.verifier.text) }
  }

  @Test func aChangedCosignatureIsRefused() async throws {
    let log = try LogScratch(size: 5)
    let scratch = try WitnessScratch(watching: [log.verifier])
    _ = try await scratch.cosign(log)
    let policy = try WitnessPolicy([scratch.verifier])
    let file = try log.read("cosigned")
    for position in file.indices {
      var changed = file
      changed[position] ^= 1
      #expect(throws: LogError.self) { try policy.check(log.verifier.cosignedCheckpoint(from: changed)) }
    }
  }

  /// An older copy of a log, put beside a newer cosigned checkpoint, does not verify.
  @Test func theCosignedCheckpointHoldsTheLog() async throws {
    let log = try LogScratch(size: 5)
    let old = try log.copy()
    let other = try log.copy()
    try log.append(5..<8)
    let scratch = try WitnessScratch(watching: [log.verifier])
    _ = try await scratch.cosign(log)
    _ = try other.open().append((0..<6).map { _ in [9] })
    for forged in [old, other] {
      try forged.write(log.read("cosigned"), to: "cosigned")
      let report = try forged.verify()
      #expect(report.problems.map(\.path) == ["cosigned"])
    }
    #expect(try log.verify().problems == [])
  }

  /// A crash at each call in turn while a witness signs: what it gave away it still knows.
  @Test func aCrashLosesNoSignature() throws {
    let log = try LogScratch(size: 5)
    let older = try log.copy()
    try log.append(5..<9)
    for call in 0..<12 {
      let scratch = try WitnessScratch(watching: [log.verifier])
      _ = try scratch.witness.addCheckpoint(older.request(old: 0), at: 1)
      let cut = PowerCut(at: call)
      let body = try log.request(old: 5)
      let signature = Disk.$interference.withValue({ cut.before($0) }) {
        try? scratch.witness.addCheckpoint(body, at: 2)
      }
      if cut.happened { cut.lose() }
      let answer = WitnessScratch.answer(try scratch.reopen(watching: [log.verifier]), body)
      // Once it was given away, the witness has moved on for good; otherwise it may be asked again, or has moved on too.
      #expect(answer.status == 409 || signature == nil && answer.status == 200)
      if answer.status == 409 { #expect(answer.body == Array("9\n".utf8)) }
    }
  }

  @Test func itsKeyReadsBack() throws {
    let key = try WitnessKey(generatingFor: "witness.example.com/w1")
    #expect(key.verifier.text.hasPrefix("witness.example.com/w1+"))
    #expect(try WitnessVerifierKey(key.verifier.text) == key.verifier)
  }
}
