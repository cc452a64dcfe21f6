// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletAccess
import MartletEvidence
import MartletLifecycle
import MartletRegistry

/// A version that is to change its state, and why.
struct StateOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "MODEL, MODEL:3 or MODEL@alias; the newest where no version is said.", valueName: "model"))
  var name: String

  @Option(help: "Why, for the log: 1 to 1000 bytes.")
  var reason: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ change: Lifecycle.StateChange) throws {
    let name = try VersionName(name)
    let version = try Lifecycle(store: Store(.standard())).change(name, change, reason: reason)
    switch format {
    case .text: Terminal.say("\(version.model):\(version.number) is \(version.state.rawValue)")
    case .json:
      try Terminal.document([
        "model": version.model, "version": "\(version.number)", "state": version.state.rawValue,
      ])
    }
  }
}

struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Take a version out of service until it is decided about again.",
    discussion: """
      Servers stop answering with it within a second. `martlet protect` of the same files decides anew.

      EXAMPLES
        martlet quarantine digits:3 --reason "answers drift since Monday"
      """)

  @OptionGroup var options: StateOptions

  func run() throws { try options.run(.quarantine) }
}

struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take a version out of service for good.",
    discussion: """
      Servers stop answering with it within a second. What is revoked never comes back: the same files are refused from now on,
      under whatever name.

      EXAMPLES
        martlet revoke digits:3 --reason "its training data was poisoned"
      """)

  @OptionGroup var options: StateOptions

  func run() throws { try options.run(.revoke) }
}

struct RetireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire",
    abstract: "Take a version out of service that is not needed any more.",
    discussion: """
      It can come back: `martlet protect` of the same files decides anew.

      EXAMPLES
        martlet retire digits:1 --reason "replaced by digits:2"
      """)

  @OptionGroup var options: StateOptions

  func run() throws { try options.run(.retire) }
}

struct ApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Agree to a version, on the evidence there is now.",
    discussion: """
      The agreement is bound to the digest and to the set of evidence: with other files or other evidence it is void. It is
      recorded under whoever runs the command on the store's machine.

      EXAMPLES
        martlet approve digits
        martlet approve digits:3 --format json
      """)

  @Argument(
    help: ArgumentHelp(
      "MODEL, MODEL:3 or MODEL@alias; the newest where no version is said.", valueName: "model"))
  var name: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    let (approval, isOwn) = try Lifecycle(store: Store(.standard())).approve(try VersionName(name))
    guard format == .text else { return try Terminal.document(approval) }
    Terminal.say(
      "\(approval.principal) approves \(approval.model) \(approval.digest.short) on the evidence \(approval.evidence.short)"
    )
    if isOwn {
      Terminal.say(
        "it counts nowhere: \(approval.principal) submitted the version, and nobody approves their own")
    }
  }
}
