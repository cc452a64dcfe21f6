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
        martlet scan model.pt
        martlet sign model/ --key signer.pem
        martlet seal model.onnx -r age1… -o model.onnx.age
        martlet assess robustness model.onnx --data test.npz --radius 0.1
        martlet serve
        martlet log verify
      """,
    version: MartletVersion.text,
    subcommands: [ProtectCommand.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Admit",
        subcommands: [
          ScanCommand.self, ExplainCommand.self, RulesCommand.self, DisassembleCommand.self,
          VerifyCommand.self,
          BomCommand.self,
        ]),
      CommandGroup(
        name: "Sign and seal",
        subcommands: [
          KeygenCommand.self, SignCommand.self, SealCommand.self, OpenCommand.self, RewrapCommand.self,
          InspectCommand.self, AttestCommand.self, BundleCommand.self, VerifyBundleCommand.self,
        ]),
      CommandGroup(
        name: "Assess", subcommands: [AssessCommand.self, DataCommand.self, PrivacyCommand.self]),
      CommandGroup(
        name: "Release",
        subcommands: [
          PolicyCommand.self, ListCommand.self, ShowCommand.self, PushCommand.self, PullCommand.self,
          ApproveCommand.self, ReleaseCommand.self, QuarantineCommand.self, RevokeCommand.self,
          RetireCommand.self, AliasCommand.self, TagCommand.self,
        ]),
      CommandGroup(
        name: "Serve", subcommands: [ServeCommand.self, GuardCommand.self, WatermarkCommand.self]),
      CommandGroup(
        name: "People and keys",
        subcommands: [
          UserCommand.self, TokenCommand.self, RoleCommand.self, GrantCommand.self, AccessCommand.self,
        ]),
      CommandGroup(
        name: "Record and keep",
        subcommands: [
          LogCommand.self, WitnessCommand.self, FsckCommand.self, BackupCommand.self, RestoreCommand.self,
          QuotaCommand.self, RetentionCommand.self, GcCommand.self, DoctorCommand.self,
        ]),
    ])

  static func main() async {
    // Whoever reads our output may go away (`| head`); that is no reason to leave a model half way.
    signal(SIGPIPE, SIG_IGN)
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
    Terminal.complain("martlet: " + (isUsage(error) ? usageReason(error) : "\(error)"))
    Foundation.exit(Exit.impossible.rawValue)
  }

  /// Whether the command line itself was wrong. The parser's own error has no public type.
  private static func isUsage(_ error: any Error) -> Bool {
    error is ValidationError || String(describing: type(of: error)) == "CommandError"
  }

  /// What was wrong with the command line, and which help says how it is right. The whole usage would bury the reason.
  private static func usageReason(_ error: any Error) -> String {
    var reason = message(for: error).split(separator: "\n").map { line in
      line.trimmingPrefix(#/ *- /#)
    }.joined(separator: ", ").replacing(": , ", with: ": ").replacing(":, ", with: ": ")
    let help = fullMessage(for: error).firstMatch(of: #/See '(?<command>martlet[^']*)'/#)?.command
    if reason.hasSuffix(".") { reason.removeLast() }
    return help.map { "\(reason); see `\($0)`" } ?? reason
  }
}

/// What the process ends with.
enum Exit {
  /// Findings, or the policy says no.
  static let refused = ExitCode(1)
  /// It could not be done.
  static let impossible = ExitCode(2)
}

/// Why it could not be done, for what no room has an error of its own.
struct Unusable: Error, CustomStringConvertible {
  let description: String
}

/// How a command prints what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
