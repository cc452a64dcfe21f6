// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletMaterials

struct BomCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bom",
    abstract: "Write what a model is made of, as its bytes say it: a bill of materials in CycloneDX.",
    discussion: """
      A CycloneDX 1.6 ML-BOM in JSON: every file with its digest and format; tensors, their types and the number of \
      parameters; licences; the producer, operator sets, inputs and outputs of ONNX models; the architecture and \
      quantisation of GGUF files; what pickles import, and the packages that loading them needs. The same bytes make the \
      same document every time.

      It does not say whether the model is harmless: `martlet scan` does. A file that cannot be read is listed with the \
      reason. A signature in the model, model.sig, is no part of it.

      Exit status: 0 written; 2 it could not be done.

      EXAMPLES
        martlet bom model/ -o model.cdx.json
        martlet bom model.gguf | jq '.metadata.component.properties'
      """)

  @Argument(help: "The model: a file or a directory.", completion: .file())
  var model: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write it here instead of to standard output.", valueName: "file"), completion: .file()
  )
  var output: String?

  @Option(help: "What the document calls the model (default: the name of the file or directory).")
  var name: String?

  func run() throws {
    if let output { try refuseInside(output) }
    let artifact = try Artifact(opening: model, excluding: SignatureFile.namesInside)
    let bill = BillOfMaterials(
      of: artifact, named: try name ?? ModelTree(at: model).name, by: MartletVersion.text)
    let document = try bill.encoded()
    if let output {
      try DurableFile.replace(output, with: document.span)
    } else {
      Terminal.raw(String(decoding: document, as: UTF8.self))
    }
  }

  /// A bill in the model would be a file of it, and change the digest that it speaks of.
  private func refuseInside(_ output: String) throws {
    let same =
      URL(fileURLWithPath: output).resolvingSymlinksInPath().path
      == URL(fileURLWithPath: model).resolvingSymlinksInPath().path
    guard !same, ModelTree.path(of: output, in: model) == nil else {
      throw Unusable(
        description:
          "expected a place for the bill outside of the model, found \(output), where it would be one of the model's own "
          + "files: name another one with --output")
    }
  }
}
