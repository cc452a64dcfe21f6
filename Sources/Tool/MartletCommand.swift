// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletLifecycle

@main
struct MartletCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "martlet",
    abstract: "Protects machine-learning models, from the file that arrives to every answer it gives.",
    discussion: """
      The store is in $MARTLET_HOME, ~/.martlet when that is not set.

      Exit status: 0 clean; 1 findings, or the policy says no; 2 it could not be done.

      EXAMPLES
        martlet protect Examples/digits/digits.onnx --data Examples/digits/digits.npz
        martlet serve
        martlet log verify
      """,
    version: MartletVersion.text,
    subcommands: [ProtectCommand.self, ServeCommand.self, TokenCommand.self, LogCommand.self])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      finish(error)
    }
  }

  /// Ends the process with the status that the kind of error has.
  private static func finish(_ error: any Error) -> Never {
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    if exitCode(for: error).isSuccess {
      print(fullMessage(for: error))
      Foundation.exit(0)
    }
    let isUsage = error is ValidationError || String(describing: type(of: error)) == "CommandError"
    Terminal.complain(isUsage ? fullMessage(for: error) : "martlet: \(error)")
    Foundation.exit(Exit.impossible.rawValue)
  }
}

/// What the process ends with.
enum Exit {
  /// Findings, or the policy says no.
  static let refused = ExitCode(1)
  /// It could not be done.
  static let impossible = ExitCode(2)
}

/// How a command prints what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
