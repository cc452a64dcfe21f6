// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser

struct GuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Prepare what stands in front of a model's answers, and try it.",
    subcommands: [GuardCalibrateCommand.self, GuardReplayCommand.self])
}
