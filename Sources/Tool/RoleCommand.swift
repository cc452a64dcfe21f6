// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess

struct RoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role",
    abstract: "Say which roles there are, and what each may do.",
    subcommands: [List.self, Show.self])

  private struct Line: Encodable {
    let role: Role
    let actions: ActionSet
    let meaning: String

    init(_ role: Role) {
      self.role = role
      actions = role.actions
      meaning = role.meaning
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the roles.",
      discussion: """
        EXAMPLES
          martlet role list
        """)

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      guard format == .text else { return try Terminal.document(Role.allCases.map(Line.init)) }
      for role in Role.allCases {
        Terminal.say(
          role.meaning, after: role.rawValue.padding(toLength: 15, withPad: " ", startingAt: 0), width: 15)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Say what a role may do.",
      discussion: """
        EXAMPLES
          martlet role show approver
        """)

    @Argument(help: "viewer, predictor, submitter, assessor, approver, operator, auditor or administrator.")
    var role: Role

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      guard format == .text else { return try Terminal.document(Line(role)) }
      Terminal.say("\(role.rawValue): \(role.meaning)")
      Terminal.say("actions: " + role.actions.map(\.rawValue).joined(separator: ", "))
    }
  }
}
