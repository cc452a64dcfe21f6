// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletClient
import MartletLifecycle
import MartletRegistry

struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Say who may do what, and why.",
    subcommands: [Explain.self])

  struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Decide as a door would, and name every grant that was looked at.",
      discussion: """
        The resource is a model's name, or * for the store itself: its principals and its log.

        Exit status: 0 allowed; 1 denied; 2 it could not be decided.

        EXAMPLES
          martlet access explain anna approve scoring-eu
          martlet access explain line-4 predict digits --format json
          martlet access explain anna administer '*'
        """)

    @Argument(help: "Who, as `martlet user list` shows it.")
    var user: String

    @Argument(help: "view, predict, submit, assess, approve, operate, audit or administer.")
    var action: Action

    @Argument(help: "A model's name, or * for the store itself.")
    var resource: String

    @Option(help: ArgumentHelp("Who submitted the version that it is about.", valueName: "user"))
    var submitter: String?

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Document: Encodable {
      struct Line: Encodable {
        let grant: String
        let effect: String
      }
      let user: String
      let action: Action
      let resource: String
      let allowed: Bool
      let reason: String
      let grants: [Line]
    }

    func run() async throws {
      let (user, action, submitter) = (user, action, submitter)
      let about: Resource = resource == "*" ? .everything : .model(resource)
      let explained = try await registry.withDoor {
        try await $0.explainAccess(of: user, to: action, on: about, submitter: submitter)
      }
      try show(
        Document(
          user: user, action: action, resource: resource, allowed: explained.allowed,
          reason: explained.reason,
          grants: explained.grants.map { .init(grant: $0.grant, effect: $0.meaning) }))
      if !explained.allowed { throw Exit.refused }
    }

    private func show(_ document: Document) throws {
      guard format == .text else { return try Terminal.document(document) }
      let answer = document.allowed ? "allowed" : "denied"
      Terminal.say(Terminal.paint("\(answer): \(document.reason)", document.allowed ? .green : .red))
      for line in document.grants { Terminal.say("  \(line.grant): \(line.effect)") }
    }
  }
}
