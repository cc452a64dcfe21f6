// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletDatasets
import MartletEvidence
import MartletSign

struct DataSealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Sign what the rows of a dataset are, so that nobody can change them unnoticed.",
    discussion: """
      Hashes every row in a form that says its types, builds a tree over them (RFC 6962), and signs its root with the columns and \
      what is in them, as an in-toto statement in a DSSE envelope. Beside the manifest goes a file with a digest and short tags of \
      every row: with it `martlet data verify` names what changed, and proves one row without the others.

      The digest of the data that is printed is the same for the same rows, whatever the file is called: `martlet tag MODEL --data \
      DIGEST` makes it the lineage of a model.

      Exit status: 0 sealed; 2 it could not be done, and nothing was written.

      EXAMPLES
        martlet keygen signing -o data.pem
        martlet data seal train.csv --key data.pem -o train.manifest.json
        martlet data seal pictures/ --key data.pem -o pictures.manifest.json
        martlet data seal train.csv --text postcode --key data.pem -o train.manifest.json
      """)

  @Argument(
    help: "The data: an npz, npy, csv, tsv or jsonl file, packed with gzip or not, or a folder of pictures.",
    completion: .file())
  var data: String

  @Option(help: ArgumentHelp("The private key (PEM).", valueName: "pem"), completion: .file())
  var key: String

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var reading: DataOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the manifest goes.", valueName: "file"),
    completion: .file())
  var output: String

  @Flag(
    help:
      "Write no file with digests of the rows: the manifest then says whether something changed, not what.")
  var noRows = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let digest: Digest
    let rows: Int
    let root: Digest
    let columns: [Column]
    let bytes: Int
    let manifest: String
    let seconds: Double
  }

  func validate() throws { try DataCommands.checkFolder(of: output) }

  func run() throws {
    let signer = try SigningFiles.key(key, passphrase)
    let name = Digest.of(signer.publicDER).hex
    let clock = ContinuousClock()
    let start = clock.now
    let (manifest, bytes) = try DataSeal.seal(
      data, into: output, options: reading.reading, keepsRows: !noRows, at: Date(),
      progress: DataCommands.progress("sealing")
    ) { payload in signer.envelope(payload, keyID: name) }
    Terminal.clearProgress()
    let seconds = (clock.now - start) / .seconds(1)
    guard format == .text else {
      return try Terminal.document(
        Document(
          digest: manifest.digest, rows: manifest.rows, root: manifest.root, columns: manifest.columns,
          bytes: bytes, manifest: output, seconds: seconds))
    }
    Terminal.say(
      "\(Terminal.paint("sealed", .green))    \(manifest.rows) rows of \(manifest.columns.count) column\(manifest.columns.count == 1 ? "" : "s"), root \(manifest.root.hex)"
    )
    Terminal.say("digest    \(manifest.digest.hex)")
    Terminal.say("manifest  \(output)" + (noRows ? "" : ", and \(output).rows"))
  }
}
