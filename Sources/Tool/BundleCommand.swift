// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletLifecycle

struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Take all evidence of a model away in one file, with proofs that the log knows it.",
    discussion: """
      Whoever has the file can check it with `martlet verify-bundle` on any machine, offline and without a store.

      Exit status: 0 written; 2 it could not be done.

      EXAMPLES
        martlet bundle digits -o digits.evidence.json
        martlet bundle Examples/digits/digits.onnx -o digits.evidence.json
      """)

  @Argument(
    help:
      "The model: its name in the store (the newest version counts), a digest (64 hex digits), a file or a directory.",
    completion: .file())
  var model: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the bundle goes.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let digest: Digest
    let evidence: Int
    let records: Int
    let file: String
  }

  func run() throws {
    let bundle = try collect()
    try DurableFile.replace(output, with: bundle.encoded().span)
    guard format == .text else {
      return try Terminal.document(
        Document(
          digest: bundle.digest, evidence: bundle.evidenceCount, records: bundle.recordCount, file: output))
    }
    Terminal.say(
      "\(Terminal.paint("bundled", .green))  \(bundle.evidenceCount) pieces of evidence and \(bundle.recordCount) records about "
        + bundle.digest.hex)
    Terminal.say("         \(output)")
  }

  private func collect() throws -> UnverifiedEvidenceBundle {
    do throws(any Error) {
      return try UnverifiedEvidenceBundle(of: model, in: .standard())
    } catch let error as BundleError {
      guard case .nothingKnown = error, FileManager.default.fileExists(atPath: model) else { throw error }
      return try UnverifiedEvidenceBundle(about: NamedDigest(model).digest, in: .standard())
    }
  }
}
