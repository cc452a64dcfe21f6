// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletClient
import MartletEncrypt
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct PullCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Write a version's files outside of the store, verified.",
    discussion: """
      Every file is opened and hashed first, and its name is the one in the signed evidence. The output appears whole or not at \
      all, and only its owner can read it. A quarantined or revoked version is not given. With --sealed the files stay encrypted \
      for the store's sealing key.

      EXAMPLES
        martlet pull digits -o digits.onnx
        martlet pull digits:3 -o digits.onnx.age --sealed
        martlet pull digits@champion -o champion.onnx
        martlet pull digits -o digits.onnx --server https://models.example.org:8443
      """)

  @Argument(
    help: ArgumentHelp(
      "MODEL, MODEL:3 or MODEL@alias; the newest released where no version is said.", valueName: "model"))
  var name: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file or directory to write.", valueName: "path"),
    completion: .file())
  var output: String

  @Flag(help: "Leave the files encrypted, as age files.")
  var sealed = false

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    CoreDumps.forbid()
    Interruption.discardsUnfinished()
    let name = try VersionName(name)
    let output = PathKind.trimmed(output)
    if try PathKind.of(output) != nil {
      throw Unusable(description: "\(output) is there already: choose another output, or move that away")
    }
    try PathKind.prepare(output, replacing: false)
    let sealed = sealed
    let version = try await registry.withDoor {
      try await $0.pull(name, to: output, isSealed: sealed)
    }
    switch format {
    case .text:
      Terminal.say(
        "\(output) is \(version.model):\(version.version), \(version.digest.short)\(sealed ? ", sealed" : "")"
      )
    case .json:
      try Terminal.document([
        "path": output, "model": version.model, "version": "\(version.version)", "digest": version.digest.hex,
      ])
    }
  }
}
