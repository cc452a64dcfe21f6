// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser

struct KeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen",
    abstract: "Make keys, in files that only you can open.",
    subcommands: [KeygenSigningCommand.self, KeygenSealingCommand.self, KeygenWitnessCommand.self])
}
