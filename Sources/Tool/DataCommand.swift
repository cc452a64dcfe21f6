// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Seal, verify, compare and describe the data of a model.",
    subcommands: [
      DataSealCommand.self, DataVerifyCommand.self, DataCheckProofCommand.self, DataDiffCommand.self,
      DataDriftCommand.self, DataProfileCommand.self, DataSchemaCommand.self,
    ])
}
