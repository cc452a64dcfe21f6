// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletDatasets
import MartletEvidence
import MartletFiles
import MartletIntegrity
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletSign

struct AssessIntegrityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "integrity",
    abstract: "Look for manipulated rows in training data: wrong and turned labels, backdoors, duplicates.",
    discussion: """
      Labels are judged by learners that have not seen the row and by the rows next to it; labels of one class that were turned into \
      another have a test of their own. Rows of a class that lie apart from it on one side, and whose like has other labels, may be \
      there for a backdoor: what they have in common is shown. With a model, its last layer is looked at too, or the one that --layer \
      names. In tables, values that go with one label are told. Nothing is proved: look at the rows.

      --remove writes the data without the suspicious rows, and a signed manifest that names the original and what was left out. \
      Where the store has the model, the result is kept as evidence of the kind `integrity`.

      Exit status: 0 no finding; 1 findings; 2 it could not be done.

      EXAMPLES
        martlet assess integrity --data train.npz
        martlet assess integrity --data train.csv --label risk --format html -o integrity.html
        martlet assess integrity --data train.npz --model digits.onnx --remove clean.npz --key data.pem
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Option(
    help: ArgumentHelp("An npz file with x and y, or x_train and y_train, or a table.", valueName: "file"),
    completion: .file())
  var data: String

  @Option(
    help: ArgumentHelp(
      "The column with the labels (default: y, label, target or class).", valueName: "column"))
  var label: String?

  @OptionGroup var reading: DataOptions

  @Option(
    help: ArgumentHelp(
      "A model that was trained on the data: an ONNX file, or a directory with one.", valueName: "model"),
    completion: .file())
  var model: String?

  @Option(
    help: ArgumentHelp(
      "The tensor of the model to look at (default: what goes into its last matrix product).",
      valueName: "tensor"))
  var layer: String?

  @Option(help: "The share of wrong labels that is no finding.")
  var allowedWrong = 0.03

  @Flag(help: "Write the scores of all rows too, with --format json.")
  var scores = false

  @Option(help: "The same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Write the data without the suspicious rows here, and a manifest beside them.", valueName: "file"),
    completion: .file())
  var remove: String?

  @Option(
    help: ArgumentHelp("The private key (PEM) that signs the manifest, with --remove.", valueName: "pem"),
    completion: .file())
  var key: String?

  @OptionGroup var passphrase: PassphraseOptions

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    guard (remove == nil) == (key == nil) else {
      throw ValidationError("--remove and --key go together: the manifest of what was left out is signed")
    }
    guard layer == nil || model != nil else { throw ValidationError("--layer goes with --model") }
    guard (0...1).contains(allowedWrong) else {
      throw ValidationError("--allowed-wrong must be from 0 to 1, found \(allowedWrong)")
    }
    guard remove != data else { throw ValidationError("--remove must name another file than --data") }
    for file in [remove, output].compactMap({ $0 }) { try DataCommands.checkFolder(of: file) }
  }

  func run() throws {
    var options = IntegrityAssessment.Options()
    (options.seed, options.allowedWrong) = (seed, allowedWrong)
    let assessed = try AssessedData(
      path: data, label: label, reading: reading.reading, model: model, layer: layer, options: options
    ) { Terminal.progress("looking at \($0)") }
    Terminal.clearProgress()
    let evidence = try evidence(of: assessed)
    let cleaned = try remove.map { try write(assessed, to: $0) }
    let document = IntegrityDocument(
      assessed, evidence: evidence, cleaned: cleaned, hasScores: scores)
    switch format {
    case .json: try write(String(decoding: document.encoded(), as: UTF8.self) + "\n")
    case .html:
      var facts = [("data", assessed.digest.hex), ("Martlet", MartletVersion.text)]
      if let digest = assessed.model { facts.insert(("model", digest.hex), at: 0) }
      try write(assessed.report.page(of: assessed.name, facts: facts).html())
    case .text: try write(IntegrityListing(assessed, document).text)
    }
    if !assessed.report.isClean { throw Exit.refused }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
  }

  /// A store is not made for this.
  private func evidence(of assessed: AssessedData) throws -> StoredEvidence? {
    guard assessed.model != nil, (try? Store.reading(.standard())) != nil else { return nil }
    return try Lifecycle(store: try Store(.standard())).keep(assessed)
  }

  /// The data without the suspicious rows, and the manifest that links both.
  private func write(_ assessed: AssessedData, to file: String) throws -> IntegrityDocument.Cleaned {
    let signer = try SigningFiles.key(key ?? "", passphrase)
    let name = Digest.of(signer.publicDER).hex
    let gone = assessed.report.suspicious.map(\.place).sorted()
    let bytes = try CleanedData.bytes(of: data, without: gone)
    try DurableFile.replace(file, with: bytes.span)
    let manifest = file + ".manifest.json"
    let (made, _) = try DataSeal.seal(
      file, into: manifest, options: reading.reading, keepsRows: true,
      parent: .init(digest: assessed.digest, rows: assessed.rowCount, removed: gone), at: Date()
    ) { payload in signer.envelope(payload, keyID: name) }
    return .init(file: file, manifest: manifest, rows: made.rows, digest: made.digest)
  }
}
