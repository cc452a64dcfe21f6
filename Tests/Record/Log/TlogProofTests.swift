// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLog
import MartletMerkle
import Testing

@Suite struct TlogProofTests {
  static func proof(_ log: LogScratch, of index: UInt64, extra: [UInt8]? = nil) throws -> TlogProof {
    let reader = log.reader
    return TlogProof(
      extra: extra, index: index, path: try reader.inclusionProof(of: index).path,
      checkpoint: try reader.signedCheckpoint())
  }

  @Test(arguments: [1, 2, 257, 600]) func aProofReadsBackAndHolds(size: Int) throws {
    let log = try LogScratch(size: size)
    for index in [0, UInt64(size) / 2, UInt64(size) - 1] {
      let entry = LogScratch.entry(Int(index))
      for extra in [nil, [], entry] as [[UInt8]?] {
        let proof = try Self.proof(log, of: index, extra: extra)
        let parsed = try TlogProof(parsing: proof.encoded)
        #expect(parsed == proof)
        let proved = try parsed.verify(entry: entry.span, key: log.verifier, policy: WitnessPolicy())
        #expect(proved.checkpoint.size == UInt64(size))
      }
      #expect(throws: LogError.proofRefused(.wrongRoot)) {
        try Self.proof(log, of: index).verify(entry: [0].span, key: log.verifier, policy: WitnessPolicy())
      }
    }
  }

  @Test func itsTextIsThatOfTheSpecification() throws {
    let log = try LogScratch(size: 3)
    let text = String(decoding: try Self.proof(log, of: 2, extra: [1, 2, 3]).encoded, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[..<3] == ["c2sp.org/tlog-proof@v1", "extra AQID", "index 2"])
    #expect(lines[3].count == 44)
    #expect(lines[4] == "")
    #expect(lines[5] == "martlet.test/log")
    #expect(text.hasSuffix(String(decoding: try log.reader.signedCheckpoint(), as: UTF8.self)))
  }

  @Test func everyChangedByteIsRefused() throws {
    let log = try LogScratch(size: 5)
    let entry = LogScratch.entry(2)
    let bytes = try Self.proof(log, of: 2).encoded
    func holds(_ bytes: [UInt8]) -> Bool {
      let proved = try? TlogProof(parsing: bytes).verify(
        entry: entry.span, key: log.verifier, policy: WitnessPolicy())
      return proved != nil
    }
    #expect(holds(bytes))
    for position in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[position] ^= 1 << bit
        #expect(!holds(changed))
      }
      #expect(!holds(Array(bytes[..<position])))
    }
  }

  @Test(arguments: [
    "", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2\nindex 0\n\n",
    "c2sp.org/tlog-proof@v1\nindex 00\n\n",
    "c2sp.org/tlog-proof@v1\nindex 0\n", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
    "c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n", "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n",
    "c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 0\n\n",
    "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n",
  ])
  func malformedProofsSayWhy(text: String) {
    let error = #expect(throws: LogError.self) { try TlogProof(parsing: Array(text.utf8)) }
    guard case .malformedProof = error else {
      Issue.record("expected malformedProof, found \(String(describing: error))")
      return
    }
  }

  @Test func aQuorumIsAskedFor() async throws {
    let log = try LogScratch(size: 5)
    let scratch = try WitnessScratch(watching: [log.verifier])
    let policy = try WitnessPolicy([scratch.verifier])
    let entry = LogScratch.entry(1)
    #expect(throws: LogError.tooFewCosignatures(wanted: 1, found: [])) {
      try Self.proof(log, of: 1).verify(entry: entry.span, key: log.verifier, policy: policy)
    }
    _ = try await scratch.cosign(log)
    let proof = TlogProof(
      extra: nil, index: 1, path: try log.reader.inclusionProof(of: 1).path,
      checkpoint: try log.read("cosigned"))
    let proved = try proof.verify(entry: entry.span, key: log.verifier, policy: policy)
    #expect(proved.cosignatures.map(\.witness) == ["witness.test"])
  }
}
