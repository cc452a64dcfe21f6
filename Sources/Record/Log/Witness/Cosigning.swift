// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle

/// What a witness answered to `add-checkpoint`.
package struct WitnessAnswer: Sendable {
  /// The HTTP status.
  package let status: Int
  package let body: [UInt8]

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

/// Asks witnesses to sign a log's newest checkpoint, and keeps what they sign beside it, in the file `cosigned`.
package struct Cosigning: Sendable {
  private let directory: LogDirectory
  private let reader: LogReader
  private let key: LogVerifierKey

  /// How often to ask again when the witness has moved on meanwhile.
  private static let attempts = 4

  package init(directory: String, key: LogVerifierKey) {
    self.directory = LogDirectory(directory)
    self.key = key
    reader = LogReader(directory: directory, key: key)
  }

  /// Has one witness sign the current checkpoint.
  /// - Parameter send: carries a request to the witness and returns its answer.
  /// - Throws: ``LogError/witnessRefused(name:reason:)``, also when the witness has seen another history of this log or more of
  ///   it than there is; ``LogError``; what `send` throws.
  package func cosign(
    by witness: WitnessVerifierKey, send: ([UInt8]) async throws -> WitnessAnswer
  ) async throws -> Cosignature {
    var snapshot = try reader.snapshot()
    let file = snapshot.file
    let size = snapshot.checkpoint.size
    var old = try lastSize(by: witness)
    for _ in 0..<Self.attempts {
      let proof = try snapshot.consistencyProof(from: old, to: size)
      let answer = try await send(
        AddCheckpointRequest(old: old, proof: proof.path, checkpoint: file).encoded)
      switch answer.status {
      case 200: return try keep(answer.body, by: witness, on: file)
      case 409: old = try Self.size(in: answer, of: witness, atMost: size)
      default: throw LogError.witnessRefused(name: witness.name, reason: Self.reason(answer.status))
      }
    }
    throw LogError.witnessRefused(
      name: witness.name, reason: "it names another size each time; ask again when nobody else asks it")
  }

  /// The size that the witness has signed last, as far as is known here.
  private func lastSize(by witness: WitnessVerifierKey) throws(LogError) -> UInt64 {
    guard let cosigned = try reader.cosigned(), try cosigned.cosignature(by: witness) != nil else { return 0 }
    return cosigned.checkpoint.size
  }

  private static func size(
    in answer: WitnessAnswer, of witness: WitnessVerifierKey, atMost size: UInt64
  ) throws(LogError) -> UInt64 {
    guard let line = String(validating: answer.body, as: UTF8.self), line.hasSuffix("\n"),
      let old = HashLines.number(String(line.dropLast()), after: "")
    else { throw .witnessRefused(name: witness.name, reason: "expected a size, found something else") }
    guard old <= size else {
      throw .witnessRefused(
        name: witness.name,
        reason: "it has signed for \(old) entries and the log has \(size): an older copy was put in its place"
      )
    }
    return old
  }

  private func keep(
    _ body: [UInt8], by witness: WitnessVerifierKey, on file: [UInt8]
  ) throws(LogError) -> Cosignature {
    let offered = try key.cosignedCheckpoint(from: file)
    let lines: [SignedNote.Signature]
    do throws(CheckpointFlaw) { lines = try SignedNote.signatures(parsing: body) } catch {
      throw .witnessRefused(name: witness.name, reason: "expected signature lines, but \(error.rawValue)")
    }
    guard let cosignature = try witness.cosignature(in: lines, over: offered.note.text) else {
      throw .witnessRefused(
        name: witness.name, reason: "expected a signature of \(witness.key.label), found none; check its key")
    }
    try directory.keepCosigned(offered.adding(lines.filter(witness.key.claims)), key: key)
    return cosignature
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 400: "it does not understand the request (400); it may be of another version of the protocol"
    case 403: "it knows another key for this log (403): give it log.pub"
    case 404: "it does not watch this log (404): give it log.pub, and check the address"
    case 422:
      "it has signed another history of this log (422): what was signed before is not the beginning of what is here now"
    default: "it answered with status \(status); try again later"
    }
  }
}
