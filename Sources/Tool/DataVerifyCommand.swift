// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletDatasets
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletRegistry
import MartletVerify

struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Say whether a dataset is what was sealed, and which rows and columns are not.",
    discussion: """
      Without --row every row is read, and what changed, was added, removed or moved is named. With --row only that row is looked \
      at, and --proof writes what proves it to somebody who has neither the data nor the manifest: see `martlet data check-proof`. \
      Columns are named by short tags: one change in 65,536 of a cell is told of its row only.

      --trained records that a version of a model in the store was trained on the data: as its lineage, and as evidence of the kind \
      `data`, which a policy can ask for.

      Exit status: 0 as it was sealed; 1 it was changed; 2 it could not be said.

      EXAMPLES
        martlet data verify train.csv --manifest train.manifest.json --key data.pem.pub
        martlet data verify train.csv --manifest train.manifest.json --key data.pem.pub --row 17 --proof row-17.json
        martlet data verify train.csv --manifest train.manifest.json --key data.pem.pub --trained digits:3
      """)

  @Argument(help: "The data.", completion: .file())
  var data: String

  @Option(help: ArgumentHelp("The manifest of `martlet data seal`.", valueName: "file"), completion: .file())
  var manifest: String

  @Option(
    help: ArgumentHelp("The public key (PEM) that the manifest must be signed with.", valueName: "pem"),
    completion: .file())
  var key: String

  @Option(help: ArgumentHelp("Look at this row only, counted from 0.", valueName: "row"))
  var row: Int?

  @Option(help: ArgumentHelp("Write a proof for the row here.", valueName: "file"), completion: .file())
  var proof: String?

  @Option(
    help: ArgumentHelp(
      "The version that was trained on the data: MODEL, MODEL:3 or MODEL@alias.", valueName: "model"))
  var trained: String?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let intact: Bool
    let digest: Digest
    let rows: Int
    let changes: DataChanges?
    let evidence: Digest?
  }

  func validate() throws {
    guard proof == nil || row != nil else { throw ValidationError("--proof goes with --row") }
    guard trained == nil || row == nil else {
      throw ValidationError("--trained goes without --row: one row says nothing about the others")
    }
    if let proof { try DataCommands.checkFolder(of: proof) }
  }

  func run() throws {
    let (sealed, key) = try DataCommands.sealed(manifest, key: key)
    let rows = try DataCommands.rows(of: manifest, sealed)
    if let row { return try verify(row, sealed, rows) }
    let found = try DataVerification(data, sealed, rows: rows, progress: DataCommands.progress("verifying"))
    Terminal.clearProgress()
    guard found.isIntact else {
      if format == .json {
        try Terminal.document(
          Document(
            intact: false, digest: found.digest, rows: found.rows, changes: found.changes, evidence: nil))
      } else {
        Terminal.say(
          "\(Terminal.paint("changed", .red))   \(data) is not what was sealed as \(found.digest.hex)")
        DataChangesListing(found.changes).say()
      }
      throw Exit.refused
    }
    let evidence = try trained.map { name in
      try Lifecycle(store: try Store(.standard())).keep(
        sealed, signer: key.hint, trained: VersionName(name))
    }
    guard format == .text else {
      return try Terminal.document(
        Document(intact: true, digest: found.digest, rows: found.rows, changes: nil, evidence: evidence?.id))
    }
    Terminal.say("\(Terminal.paint("intact", .green))    \(found.rows) rows, digest \(found.digest.hex)")
    Terminal.say("sealed    \(sealed.manifest.at.ISO8601Format())")
    if let evidence, let trained { Terminal.say("evidence  \(evidence.id.hex) about \(trained)") }
  }

  private func verify(_ row: Int, _ sealed: SealedDataset, _ rows: String?) throws {
    guard let rows else {
      throw Unusable(
        description:
          "expected the digests of the rows at \(manifest).rows, which `martlet data seal` writes beside the manifest: one row is proved with them"
      )
    }
    let made: RowProof
    do throws(DataError) {
      var options = ReadingOptions()
      options.nanIsMissing = true
      made = try RowProof(of: row, in: data, sealed, rows: rows, options: options)
    } catch {
      guard case .proof = error else { throw error }
      if format == .json {
        try Terminal.document(
          Document(intact: false, digest: sealed.manifest.digest, rows: 1, changes: nil, evidence: nil))
      } else {
        Terminal.say("\(Terminal.paint("changed", .red))   row \(row) is not what was sealed")
      }
      throw Exit.refused
    }
    if let proof { try DurableFile.replace(proof, with: made.encoded().span) }
    guard format == .text else {
      return try Terminal.document(
        Document(intact: true, digest: sealed.manifest.digest, rows: 1, changes: nil, evidence: nil))
    }
    Terminal.say(
      "\(Terminal.paint("intact", .green))    row \(row), by \(made.path.count) hashes to the root \(sealed.manifest.root.hex)"
    )
    if let proof { Terminal.say("proof     \(proof)") }
  }
}

struct DataCheckProofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof that a row is in a sealed dataset, and print the row.",
    discussion: """
      Needs neither the data nor the manifest: the proof has the row, the hashes beside its way to the root, and the root as it was \
      signed.

      Exit status: 0 the row is in it; 1 it is not; 2 it could not be said.

      EXAMPLES
        martlet data check-proof row-17.json --key data.pem.pub
      """)

  @Argument(help: "What `martlet data verify --row N --proof FILE` wrote.", completion: .file())
  var proof: String

  @Option(
    help: ArgumentHelp("The public key (PEM) that the manifest must be signed with.", valueName: "pem"),
    completion: .file())
  var key: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Value: Encodable {
      let column: String
      let value: String
    }

    let verified: Bool
    let row: Int
    let digest: Digest
    let cells: [Value]
  }

  func run() throws {
    guard let bytes = try WholeFile.read(proof, atMost: DataCommands.longestManifest) else {
      throw Unusable(description: "there is no proof at \(proof)")
    }
    let proof = try RowProof(bytes)
    let (sealed, _) = try DataCommands.opened(proof.unverifiedManifest, from: self.proof, key: key)
    let cells: [(column: Column, cell: Cell)]
    do throws(DataError) { cells = try proof.verify(sealed) } catch {
      guard case .proof = error else { throw error }
      if format == .json {
        try Terminal.document(
          Document(verified: false, row: proof.row, digest: sealed.manifest.digest, cells: []))
      } else {
        Terminal.say("\(Terminal.paint("refused", .red))   \(error)")
      }
      throw Exit.refused
    }
    guard format == .text else {
      return try Terminal.document(
        Document(
          verified: true, row: proof.row, digest: sealed.manifest.digest,
          cells: cells.map { .init(column: $0.column.name, value: $0.cell.text) }))
    }
    Terminal.say(
      "\(Terminal.paint("verified", .green))  row \(proof.row) of \(sealed.manifest.rows) of \(sealed.name), sealed \(sealed.manifest.at.ISO8601Format())"
    )
    for (column, cell) in cells.prefix(100) { Terminal.say("          \(column.name): \(cell.text)") }
    if cells.count > 100 { Terminal.say("          and \(cells.count - 100) more") }
  }
}
