// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletAccess
import MartletClient
import MartletEvidence
import MartletGate
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

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ change: Lifecycle.StateChange) async throws {
    let name = try VersionName(name)
    let reason = reason
    let version = try await registry.withDoor { try await $0.change(name, change, reason: reason) }
    switch format {
    case .text: Terminal.say("\(version.model):\(version.version) is \(version.state.rawValue)")
    case .json:
      try Terminal.document([
        "model": version.model, "version": "\(version.version)", "state": version.state.rawValue,
      ])
    }
  }
}

struct QuarantineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Take a version out of service until it is decided about again.",
    discussion: """
      Servers stop answering with it within a second. `martlet protect` of the same files decides anew.

      EXAMPLES
        martlet quarantine digits:3 --reason "answers drift since Monday"
      """)

  @OptionGroup var options: StateOptions

  func run() async throws { try await options.run(.quarantine) }
}

struct RevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take a version out of service for good.",
    discussion: """
      Servers stop answering with it within a second. What is revoked never comes back: the same files are refused from now on, \
      under whatever name.

      EXAMPLES
        martlet revoke digits:3 --reason "its training data was poisoned"
      """)

  @OptionGroup var options: StateOptions

  func run() async throws { try await options.run(.revoke) }
}

struct RetireCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire",
    abstract: "Take a version out of service that is not needed any more.",
    discussion: """
      It can come back: `martlet protect` of the same files decides anew.

      EXAMPLES
        martlet retire digits:1 --reason "replaced by digits:2"
      """)

  @OptionGroup var options: StateOptions

  func run() async throws { try await options.run(.retire) }
}

struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Ask the gate about a version on the evidence there is.",
    discussion: """
      Nothing is scanned or measured anew, so that approvals of the evidence go on counting. A version that the policy allows \
      answers within a second.

      Exit status: 0 released; 1 refused, with the reasons; 2 it could not be done.

      EXAMPLES
        martlet release digits:3
        martlet release digits --environment production
      """)

  @Argument(
    help: ArgumentHelp(
      "MODEL, MODEL:3 or MODEL@alias; the newest where no version is said.", valueName: "model"))
  var name: String

  @Option(help: "Whose policy decides (default: the store's).")
  var environment: String?

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    let name = try VersionName(name)
    let environment = environment
    let decision = try await registry.withDoor { try await $0.release(name, in: environment) }
    if format == .json {
      try Terminal.document(decision)
    } else {
      for reason in decision.reasons {
        Terminal.say("\(reason.satisfied ? "yes" : "no ")  \(reason.text)")
      }
      Terminal.say("\(self.name) is \(decision.released ? "released" : "not released")")
    }
    if !decision.released { throw Exit.refused }
  }
}

struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Agree to a version, on the evidence there is now.",
    discussion: """
      The agreement is bound to the digest and to the evidence that the policy rests on: with other files or other evidence it \
      is void. It is recorded under whoever runs the command on the store's machine. `martlet release` asks the gate then.

      EXAMPLES
        martlet approve digits
        martlet approve digits:3 --format json
      """)

  @Argument(
    help: ArgumentHelp(
      "MODEL, MODEL:3 or MODEL@alias; the newest where no version is said.", valueName: "model"))
  var name: String

  @Option(help: "Whose policy is to be satisfied (default: the store's).")
  var environment: String?

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    let name = try VersionName(name)
    let environment = environment
    let (approval, isOwn) = try await registry.withDoor { door in
      let approval = try await door.approve(name, in: environment)
      return (approval, try await door.version(name).submitter == approval.principal)
    }
    guard format == .text else { return try Terminal.document(approval) }
    Terminal.say(
      "\(approval.principal) approves \(approval.model) \(approval.digest.short) on the evidence \(approval.evidence.short)"
    )
    if isOwn {
      Terminal.say(
        "\(approval.principal) submitted the version: it counts only where the policy lets people approve their own"
      )
    }
  }
}
