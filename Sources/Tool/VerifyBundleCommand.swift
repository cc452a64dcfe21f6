// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletGate
import MartletLifecycle
import MartletLog

struct VerifyBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-bundle",
    abstract: "Check a bundle of evidence, offline and without a store.",
    discussion: """
      Checks the log's signature, the proof of every record, the signature on every piece of evidence, and that records and \
      evidence name each other. Trust is the two public keys of the store that made it, log.pub and evidence.pub, which you \
      have from its owner. The bundle has copies of them: --trust-on-first-use accepts those, and then a bundle proves only \
      that it hangs together.

      Exit status: 0 verified; 1 refused, with the reason; 2 it could not be checked.

      EXAMPLES
        martlet verify-bundle digits.evidence.json --log-key log.pub --evidence-key evidence.pub
        martlet verify-bundle digits.evidence.json --trust-on-first-use --format json
      """)

  @Argument(help: "The bundle.", completion: .file())
  var bundle: String

  @Option(help: ArgumentHelp("The public key of the log, log.pub.", valueName: "file"), completion: .file())
  var logKey: String?

  @Option(
    help: ArgumentHelp("The public key of the evidence, evidence.pub.", valueName: "file"),
    completion: .file())
  var evidenceKey: String?

  @Flag(help: "Accept the keys that come with the bundle.")
  var trustOnFirstUse = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Piece: Encodable {
      let id: Digest
      let type: String
      let at: Date?
      let record: UInt64
    }

    let verified: Bool
    var reason: String?
    var digest: Digest?
    var trust: String?
    var log: String?
    var entries: UInt64?
    var evidenceKey: String?
    var evidence: [Piece]?
  }

  func validate() throws {
    guard (logKey == nil) == (evidenceKey == nil) else {
      throw ValidationError("--log-key and --evidence-key go together")
    }
    guard logKey == nil || !trustOnFirstUse else {
      throw ValidationError("expected keys or --trust-on-first-use, found both")
    }
  }

  func run() throws {
    guard let bytes = try WholeFile.read(bundle, atMost: UnverifiedEvidenceBundle.longest) else {
      throw Unusable(description: "there is no file \(bundle)")
    }
    let verified: VerifiedEvidenceBundle
    do throws(BundleError) {
      let bundle = try UnverifiedEvidenceBundle(bytes)
      verified = try bundle.verify(trusting: try trust(in: bundle))
    } catch {
      guard error.isRefusal else { throw error }
      if format == .json {
        try Terminal.document(Document(verified: false, reason: "\(error)"))
      } else {
        Terminal.say("\(error)", after: Terminal.paint("refused", .red) + "  ", width: 9)
      }
      throw Exit.refused
    }
    if format == .json { try Terminal.document(document(verified)) } else { show(verified) }
  }

  private func trust(in bundle: UnverifiedEvidenceBundle) throws(BundleError) -> BundleTrust {
    if trustOnFirstUse { return try BundleTrust(onFirstUse: bundle) }
    guard let logKey, let evidenceKey else { throw bundle.nobodyToTrust }
    return try BundleTrust(log: Self.text(logKey), evidence: Self.text(evidenceKey))
  }

  private static func text(_ path: String) throws(BundleError) -> String {
    let bytes: [UInt8]?
    do throws(FilesError) { bytes = try WholeFile.read(path, atMost: 1 << 16) } catch {
      throw .log(.files(error))
    }
    guard let bytes else { throw .log(.malformedKey(reason: "there is no file at \(path)")) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func document(_ verified: VerifiedEvidenceBundle) -> Document {
    Document(
      verified: true, digest: verified.digest, trust: verified.isFirstUse ? "first use" : "keys given",
      log: verified.checkpoint.origin, entries: verified.checkpoint.size, evidenceKey: verified.evidenceKey,
      evidence: verified.pieces.map { piece in
        let time = piece.evidence.at == .distantPast ? nil : piece.evidence.at
        return .init(id: piece.evidence.id, type: piece.evidence.name, at: time, record: piece.index)
      })
  }

  private func show(_ verified: VerifiedEvidenceBundle) {
    Terminal.say(
      "\(Terminal.paint("verified", .green))  \(verified.pieces.count) pieces of evidence about \(verified.digest.hex)"
    )
    for piece in verified.pieces {
      let time = piece.evidence.at == .distantPast ? "" : ", " + piece.evidence.at.formatted(.iso8601)
      Terminal.say("          \(piece.evidence.name)\(time), record \(piece.index)")
    }
    Terminal.say("log       \(verified.checkpoint.origin), \(verified.checkpoint.size) entries")
    let who = "evidence key \(verified.evidenceKey.prefix(12))…"
    Terminal.say(
      verified.isFirstUse
        ? Terminal.paint("trust", .yellow)
          + "     the keys came with the bundle: whose they are is not checked; \(who)"
        : "trust     the keys given; \(who)")
  }
}
