// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletClient
import MartletLifecycle

struct GuardShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show whom the guards have flagged, why, and how much of each budget is used.",
    discussion: """
      Somebody is there as a key, as the tenant whose keys they are, and as the network they ask from. The states go up: log (it is \
      written down), coarsen (answers say less), hold (nothing is answered until an operator has looked). Drift, which is that many \
      have changed at once, stays at log.

      On the machine of the store it reads what a server has written there, also while it runs.

      EXAMPLES
        martlet guard show
        martlet guard show digits --all
        martlet guard show --server https://models.example:8443 --format json
      """)

  @Argument(help: "The model (default: every model).")
  var model: String?

  @Flag(help: "Also who is not flagged.")
  var all = false

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    let (model, all) = (model, all)
    let clients = try await registry.withDoor { try await $0.guardedClients(of: model, everybody: all) }
    guard format == .text else { return try Terminal.document(clients) }
    for client in clients { Terminal.say(client.line) }
    if clients.isEmpty { Terminal.say(all ? "nobody has asked yet" : "nobody is flagged") }
  }
}

struct GuardClearCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Let somebody off whom a guard has flagged, after a look.",
    discussion: """
      Ends the evidence against a key, a tenant or a network, and the bound on false flags begins anew for them. What they have used \
      of their budget stays used. It is recorded, with the reason.

      A question counts for all three, so that whoever is held by key and by tenant is let off by clearing both.

      Without --server a running server hears of it within a second, and otherwise the next one that starts.

      EXAMPLES
        martlet guard clear digits --key 2bQ8vYk1LmZ0 --reason "a load test of ours"
        martlet guard clear digits --tenant 5f3c…   as `martlet guard show` has it
        martlet guard clear digits --network 192.0.2.0/24 --server https://models.example:8443
      """)

  @Argument(help: "The model.")
  var model: String

  @Option(help: ArgumentHelp("A key, by its id; may be repeated.", valueName: "id"))
  var key: [String] = []

  @Option(
    help: ArgumentHelp("A tenant, by the id or the name of the principal; may be repeated.", valueName: "id"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("A network; may be repeated.", valueName: "network"))
  var network: [String] = []

  @Option(help: "Why, for the record.")
  var reason: String?

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    guard !(key + tenant + network).isEmpty else {
      throw ValidationError("whom? name them with --key, --tenant or --network")
    }
    guard (key + tenant + network).allSatisfy({ (1...64).contains($0.utf8.count) }) else {
      throw ValidationError("a key, tenant or network has 1 to 64 bytes")
    }
    guard (reason ?? "").count <= 200 else { throw ValidationError("--reason has at most 200 letters") }
  }

  func run() async throws {
    let (model, reason) = (model, reason)
    var wanted: [ClearedClient] = key.map { ClearedClient(kind: .key, name: $0, reason: reason) }
    wanted += tenant.map { ClearedClient(kind: .tenant, name: $0, reason: reason) }
    wanted += network.map { ClearedClient(kind: .network, name: $0, reason: reason) }
    let named = wanted
    let cleared = try await registry.withDoor { door in
      let known = try await door.guardedClients(of: model, everybody: true)
      var cleared: [GuardedClient] = []
      for client in named {
        // People know the name of a tenant, and guards its id.
        let owned = known.filter { $0.kind == .tenant && $0.owner == client.name }
        let name = client.kind == .tenant && owned.count == 1 ? owned[0].name : client.name
        cleared.append(
          try await door.clear(
            ClearedClient(kind: client.kind, name: name, reason: client.reason), of: model))
      }
      return cleared
    }
    guard format == .text else { return try Terminal.document(cleared) }
    for client in cleared { Terminal.say("cleared   \(client.line)") }
  }
}

extension GuardedClient {
  /// One line of a listing.
  fileprivate var line: String {
    let who = "\(kind.rawValue) \(name)" + (owner.map { " (\($0))" } ?? "")
    let used =
      budget.map { budget in
        let until = renewsAt.map { ", full again \($0.formatted(.iso8601))" } ?? ""
        return "\(spent) of \(budget) used\(until)"
      } ?? "\(queries) questions"
    let why = flag.map { "; \($0.kind.rawValue): \($0.reason)" } ?? ""
    return
      "\(state.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0))  \(model)  \(who)  \(used)\(why)"
  }
}
