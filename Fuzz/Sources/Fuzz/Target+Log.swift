// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletLog
import MartletMerkle

/// What others hand to a log, a witness or a reader of either. The keys are those of the seeds, so that signatures are looked
/// at. What is parsed must be written as it was.
extension Target {
  static let log: [String: Body] = [
    "signed-note": { bytes in
      guard let cosigned = try? logKey.cosignedCheckpoint(from: bytes.array()) else { return }
      precondition(cosigned.encoded == bytes.array(), "a note is written as it was read")
      _ = try? witnesses.check(cosigned)
    },
    "tlog-proof": { bytes in
      guard let proof = try? TlogProof(parsing: bytes.array()) else { return }
      precondition(proof.encoded == bytes.array(), "a proof is written as it was read")
      let entry = proof.extra ?? []
      _ = try? proof.verify(entry: entry.span, key: logKey, policy: witnesses)
    },
    "add-checkpoint": { bytes in
      guard let request = try? AddCheckpointRequest(parsing: bytes.array()) else { return }
      precondition(request.encoded == bytes.array(), "a request is written as it was read")
      guard let offered = try? logKey.cosignedCheckpoint(from: request.checkpoint).checkpoint else { return }
      let proof = ConsistencyProof(from: request.old, to: offered.size, path: request.proof)
      try? proof.verify(fromRoot: offered.root, toRoot: offered.root)
    },
    "verifier-key": { bytes in
      let text = String(decoding: bytes.array(), as: UTF8.self)
      if let key = try? LogVerifierKey(text) { _ = try? LogVerifierKey(key.text) }
      if let key = try? WitnessVerifierKey(text) { _ = try? WitnessVerifierKey(key.text) }
    },
  ]

  private static let logKey = try! LogVerifierKey(
    "fuzz.example/log+5f02dd63+AXV7Q/2hfDRcXbRsmrVlSDBz0i5g/Tl5Et+cMIlbwf9b")
  private static let witnesses = try! WitnessPolicy([
    WitnessVerifierKey("witness.example+125b00b8+BKZqqTvKHh8Kd//YDrF6i6kzRA0CR1GR4XTmfxKkljwP")
  ])
}
