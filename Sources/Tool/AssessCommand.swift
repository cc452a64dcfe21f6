// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser

struct AssessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Find out how a model stands up to attacks, and what its data are worth.",
    subcommands: [
      AssessRobustnessCommand.self, AssessCorruptionsCommand.self, AssessPrivacyCommand.self,
      AssessIntegrityCommand.self, AssessBackdoorCommand.self, AssessTheftCommand.self,
      AssessReplayCommand.self, AssessGradientCommand.self,
    ])
}
