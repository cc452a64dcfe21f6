// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletLifecycle
import MartletRegistry

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Add, list, disable and erase people and services, and give people passwords.",
    discussion: """
      Whoever is added may do nothing yet: `martlet grant add` gives rights, `martlet token create` a key.

      EXAMPLES
        martlet user add anna
        martlet user password anna
        martlet grant add anna approver --models 'scoring-*'
      """,
    subcommands: [
      Add.self, List.self, Disable.self, Enable.self, Erase.self, UserPasswordCommand.self,
      UserTOTPCommand.self,
    ])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add a person, or a service.",
      discussion: """
        EXAMPLES
          martlet user add anna
          martlet user add line-4 --service
        """)

    @Argument(help: "The name, 1 to 128 bytes.")
    var name: String

    @Flag(help: "It is a service; otherwise a person.")
    var service = false

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      let kind: Principal.Kind = service ? .service : .person
      let added = try Lifecycle(store: Store(.standard())).addPrincipal(named: name, kind: kind)
      switch format {
      case .text: Terminal.say("\(name) is added, and may do nothing yet: martlet grant add '\(name)' ROLE")
      case .json: try Terminal.document(added)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List people and services, with what they may do.",
      discussion: """
        EXAMPLES
          martlet user list
          martlet user list --format json
        """)

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Line: Encodable {
      let id: String
      let name: String
      let kind: Principal.Kind
      let added: Date
      let disabled: Date?
      let password: Bool
      let code: Bool
      let grants: [String]

      init(_ account: Account) {
        id = account.principal.id
        name = account.principal.name
        kind = account.principal.kind
        added = account.createdAt
        disabled = account.disabledAt
        password = account.hasPassword
        code = account.hasTOTP
        grants = account.grants.map(\.description).sorted()
      }
    }

    func run() throws {
      let lines = try Store.reading(.standard()).accounts().map(Line.init)
      guard format == .text else { return try Terminal.document(lines) }
      for line in lines {
        let kind = line.kind.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
        let notes = [
          line.disabled == nil ? nil : "disabled", line.password ? "password" : nil, line.code ? "code" : nil,
        ].compactMap { $0 }
        let grants = line.grants.isEmpty ? "may do nothing" : line.grants.joined(separator: ", ")
        Terminal.say("\(kind)  \(line.name): \(([grants] + notes).joined(separator: "; "))")
      }
    }
  }

  struct Disable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable",
      abstract: "Make every credential of somebody worthless, until they are enabled, and sign them out.",
      discussion: """
        EXAMPLES
          martlet user disable anna
        """)

    @OptionGroup var who: Who

    func run() throws {
      try who.lifecycle().disable(who.name)
      try who.say("disabled", "\(who.name) is disabled: none of their credentials works")
    }
  }

  struct Enable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable",
      abstract: "Let the credentials of somebody who was disabled work again.",
      discussion: """
        EXAMPLES
          martlet user enable anna
        """)

    @OptionGroup var who: Who

    func run() throws {
      try who.lifecycle().enable(who.name)
      try who.say("enabled", "\(who.name) is enabled")
    }
  }

  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Take somebody's name and every credential out of the store, for good.",
      discussion: """
        The log keeps the id, which then stands for somebody nobody can name: it stays intact, and what was decided stays
        explained.

        EXAMPLES
          martlet user erase anna
        """)

    @OptionGroup var who: Who

    func run() throws {
      let id = try who.lifecycle().erase(who.name)
      try who.say("erased", "\(who.name) is erased; in the log they are \(id)")
    }
  }

  /// One principal, by name.
  struct Who: ParsableArguments {
    @Argument(help: "The name, as `martlet user list` shows it.")
    var name: String

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func lifecycle() throws -> Lifecycle { Lifecycle(store: try Store(.standard())) }

    /// Says what was done.
    func say(_ state: String, _ text: String) throws {
      switch format {
      case .text: Terminal.say(text)
      case .json: try Terminal.document(["name": name, "state": state])
      }
    }
  }
}
