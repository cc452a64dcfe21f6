// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletFiles
import MartletMerkle

/// Watches logs of others: signs a checkpoint only when it continues the one it has signed before, so that a log which shows
/// different histories to different readers finds no witness for the second (C2SP tlog-witness).
///
/// For each log it keeps one file, the newest checkpoint with its own signature: durable before the signature is given
/// away. Whoever removes or rolls back these files makes the witness forget; keep them where the log's operators have no
/// hand.
package final class Witness: Sendable {
  private let directory: String
  private let key: WitnessKey
  private let logs: [String: [LogVerifierKey]]
  private let patience: Duration

  /// - Parameters:
  ///   - directory: where the witness keeps what it has signed; made when it is not there.
  ///   - logs: the keys of the logs that it watches. A log may have several.
  /// - Throws: ``LogError/files(_:)``.
  package init(
    directory: String, key: consuming WitnessKey, watching logs: [LogVerifierKey],
    patience: Duration = .seconds(10)
  ) throws(LogError) {
    self.directory = LogDirectory(directory).path
    self.key = key
    self.logs = Dictionary(grouping: logs, by: \.name)
    self.patience = patience
    try files { () throws(FilesError) in
      try Directory.make(directory, mode: 0o700)
      try DurableFile.sweep(directory)
    }
  }

  package var verifierKey: WitnessVerifierKey { key.verifier }

  /// Answers `add-checkpoint`: the signature line, once what it says is durable.
  /// - Parameter time: now, in seconds since 1970.
  /// - Throws: ``WitnessRefusal``; nothing is signed then.
  package func addCheckpoint(_ body: [UInt8], at time: UInt64) throws(WitnessRefusal) -> [UInt8] {
    let request = try AddCheckpointRequest(parsing: body)
    let offered = try open(request.checkpoint)
    guard request.old <= offered.checkpoint.size else {
      throw .malformed(
        "its old size \(request.old) is beyond the size \(offered.checkpoint.size) of its checkpoint")
    }
    let outcome: Result<[UInt8], WitnessRefusal>
    do throws(LogError) {
      let lock = try files { () throws(FilesError) in
        try FileLock.acquire(directory + "/lock", purpose: "the witness", waitingAtMost: patience)
      }
      defer { extendLifetime(lock) }
      outcome = try sign(offered, request, at: time)
    } catch { throw .unavailable(error) }
    return try outcome.get()
  }

  /// The newest checkpoint that it has signed of the log whose origin has this SHA-256, in lower-case hexadecimal; nil when
  /// there is none.
  /// - Throws: ``LogError``.
  package func checkpoint(ofOriginHash hash: String) throws(LogError) -> [UInt8]? {
    guard let origin = logs.keys.first(where: { Self.hash($0) == hash }) else { return nil }
    return try last(of: origin)?.encoded
  }

  /// Believes a checkpoint when a key that is known for its origin has signed it.
  private func open(_ file: [UInt8]) throws(WitnessRefusal) -> CosignedCheckpoint {
    let origin: String
    do throws(CheckpointFlaw) {
      origin = try Checkpoint(parsing: SignedNote(parsing: file).text).origin
    } catch { throw .malformed("its checkpoint is none: \(error.rawValue)") }
    guard let keys = logs[origin] else { throw .unknownLog }
    for key in keys {
      do throws(LogError) { return try key.cosignedCheckpoint(from: file) } catch {
        if case .badSignature = error { throw .notSigned }
      }
    }
    throw .notSigned
  }

  /// The checks that need what was signed before, and the signature. The caller holds the lock.
  private func sign(
    _ offered: CosignedCheckpoint, _ request: AddCheckpointRequest, at time: UInt64
  ) throws(LogError) -> Result<[UInt8], WitnessRefusal> {
    let checkpoint = offered.checkpoint
    let known = try last(of: checkpoint.origin)?.checkpoint
    let size = known?.size ?? 0
    guard request.old == size else { return .failure(.conflict(size: size)) }
    do throws(ProofFlaw) {
      try ConsistencyProof(from: size, to: checkpoint.size, path: request.proof).verify(
        fromRoot: known?.root ?? .empty, toRoot: checkpoint.root)
    } catch {
      if size == checkpoint.size, request.proof.isEmpty { try keepConflict(offered) }
      return .failure(.inconsistent(error.rawValue))
    }
    let line = try key.cosign(checkpoint, at: time)
    try write(offered.onlyOrigin.adding([line]), to: path(of: checkpoint.origin))
    return .success(SignedNote.encode([line]))
  }

  private func last(of origin: String) throws(LogError) -> CosignedCheckpoint? {
    let path = path(of: origin)
    let found = try files { () throws(FilesError) in
      try WholeFile.read(path, atMost: SignedNote.longest)
    }
    guard let found else { return nil }
    for key in logs[origin] ?? [] {
      guard let cosigned = try? key.cosignedCheckpoint(from: found),
        (try? cosigned.cosignature(by: verifierKey)) != nil
      else { continue }
      return cosigned
    }
    throw .damaged(
      path: path, expected: "a checkpoint of \(origin) with this witness's signature", found: "something else"
    )
  }

  /// Two signed checkpoints of one size and different roots prove that the log has two histories: the second is kept
  /// beside the first, once.
  private func keepConflict(_ offered: CosignedCheckpoint) throws(LogError) {
    let path = path(of: offered.checkpoint.origin) + ".conflict"
    let kept = try files { () throws(FilesError) in try Directory.kind(of: path) }
    if kept == nil { try write(offered.onlyOrigin, to: path) }
  }

  private func write(_ cosigned: CosignedCheckpoint, to path: String) throws(LogError) {
    let bytes = cosigned.encoded
    try files { () throws(FilesError) in try DurableFile.replace(path, with: bytes.span) }
  }

  private func path(of origin: String) -> String { "\(directory)/\(Self.hash(origin))" }

  private static func hash(_ origin: String) -> String {
    hexadecimal(SHA256.hash(data: Array(origin.utf8)))
  }
}
