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
    subcommands: [
      ProtectCommand.self, ScanCommand.self, ExplainCommand.self, RulesCommand.self, DisassembleCommand.self,
      KeygenCommand.self, SignCommand.self, VerifyCommand.self, BomCommand.self, AttestCommand.self,
      BundleCommand.self, VerifyBundleCommand.self, SealCommand.self, OpenCommand.self, RewrapCommand.self,
      InspectCommand.self, AssessCommand.self, GuardCommand.self, WatermarkCommand.self, DataCommand.self,
      PolicyCommand.self, ServeCommand.self,
      ListCommand.self, ShowCommand.self, AliasCommand.self, TagCommand.self, ApproveCommand.self,
      ReleaseCommand.self,
      QuarantineCommand.self, RevokeCommand.self, RetireCommand.self, PushCommand.self, PullCommand.self,
      QuotaCommand.self,
      RetentionCommand.self, FsckCommand.self,
      GcCommand.self, BackupCommand.self, RestoreCommand.self, UserCommand.self,
      TokenCommand.self, RoleCommand.self, GrantCommand.self, AccessCommand.self, LogCommand.self,
      WitnessCommand.self, DoctorCommand.self,
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
