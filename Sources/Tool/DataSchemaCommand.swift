// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletFiles
import MartletFormats
import MartletTables

struct DataSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Draft the schema of a table from its rows, for a person to go over.",
    discussion: """
      Types, bounds and one-hot groups as the data suggest them, what never varies as fixed, and relations that hold in every row as \
      comments: nobody but a person knows which must hold, what can be changed, and in which unit things are. \
      `martlet assess robustness --schema` then tries only changes that keep to it.

      Exit status: 0 written; 2 it could not be done.

      EXAMPLES
        martlet data schema credit.csv --label risk -o schema.yaml
        martlet data schema breast-cancer.npz
      """)

  @Argument(
    help: "A CSV file, or an npz file with x, or x_train and x_test, and feature_names.",
    completion: .file(extensions: ["csv", "npz"]))
  var data: String

  @Option(
    help: ArgumentHelp(
      "The column of the CSV file that is no feature but the right class (default: label, target, y or class).",
      valueName: "column"))
  var label: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the schema here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

  @Option(help: "yaml, or json without the comments.")
  var format: Format = .yaml

  func run() throws {
    let draft = try SchemaDraft(of: try table())
    let text: String
    switch format {
    case .yaml: text = SchemaText.yaml(draft, of: (data as NSString).lastPathComponent)
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      text = String(decoding: try encoder.encode(draft.schema), as: UTF8.self) + "\n"
    }
    guard let output else { return Terminal.raw(text) }
    // What a person has gone over is not written over.
    guard !FileManager.default.fileExists(atPath: output) else {
      throw Unusable(
        description:
          "expected a new file for the schema, found one at \(output): remove it, or write to another place")
    }
    try DurableFile.replace(output, with: Array(text.utf8).span)
    Terminal.say("written   \(output)")
    let relations = draft.candidates.count
    Terminal.say(
      "features  \(draft.schema.width), and \(relations) relation\(relations == 1 ? "" : "s") to confirm, from \(draft.rowCount) rows"
    )
  }

  private func table() throws -> Table {
    let bytes = try Bytes(contentsOf: data)
    do throws(TableError) {
      return Table.isArchive(bytes, named: data)
        ? try Table(npz: bytes) : try Table(csv: bytes, label: label, classes: nil, needsLabels: false)
    } catch {
      var hint = ""
      if label == nil, case .csv(.notANumber(_, _)) = error {
        hint = "; if these are the labels, name the column with --label"
      }
      throw Unusable(description: "\(data): \(error)\(hint)")
    }
  }
}
