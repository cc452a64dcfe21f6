// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser

struct GuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Prepare what stands in front of a model's answers, try it, and see whom it has flagged.",
    subcommands: [
      GuardCalibrateCommand.self, GuardKeepCommand.self, GuardReplayCommand.self, GuardShowCommand.self,
      GuardClearCommand.self,
    ])
}
