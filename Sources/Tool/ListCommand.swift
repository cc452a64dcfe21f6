// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletClient
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the models of the store with their versions.",
    discussion: """
      EXAMPLES
        martlet list
        martlet list --format json
        martlet list --server https://models.example.org:8443
      """)

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    let versions = try await registry.withDoor { try await $0.versions() }
    guard format == .text else { return try Terminal.document(versions) }
    for version in versions {
      let name = "\(version.model):\(version.version)"
      let aliases = version.aliases.map { " @\($0)" }.joined()
      Terminal.say(
        "\(version.state.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0))  \(version.digest.short)  \(name)\(aliases)"
      )
    }
  }
}

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a model's versions with states, evidence, approvals, aliases, tags and lineage.",
    discussion: """
      What the database says is shown; `martlet fsck` proves that it agrees with blobs and log.

      EXAMPLES
        martlet show digits
        martlet show digits:3
        martlet show digits@champion --format json
      """)

  @Argument(help: ArgumentHelp("MODEL, MODEL:3 or MODEL@alias.", valueName: "model"))
  var name: String

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    let name = try VersionName(name)
    let (versions, names) = try await registry.withDoor { door in
      let versions =
        if name.which == .newest { try await door.versions(of: name.model) } else {
          [try await door.version(name)]
        }
      // Names are for administrators: others see ids.
      let people = (try? await door.principals()) ?? []
      return (versions, Dictionary(people.map { ($0.id, $0.name) }) { first, _ in first })
    }
    guard format == .text else { return try Terminal.document(versions) }
    for version in versions { Self.show(version, names) }
  }

  private static func show(_ version: VersionSummary, _ names: [String: String]) {
    Terminal.say("\(version.model):\(version.version)  \(Terminal.paint(version.state.rawValue, .bold))")
    Terminal.say("  digest     \(version.digest.hex)")
    let removed = version.filesRemovedAt.map { ", removed \($0.formatted(.iso8601)) under a retention rule" }
    Terminal.say("  files      \(version.format), \(Wording.bytes(version.bytes))\(removed ?? "")")
    let submitter = version.submitter.map { " by \(names[$0] ?? $0)" } ?? ""
    Terminal.say("  entered    \(version.createdAt.formatted(.iso8601))\(submitter)")
    if !version.aliases.isEmpty { Terminal.say("  aliases    \(version.aliases.joined(separator: ", "))") }
    for (name, value) in version.tags.sorted(by: { $0.key < $1.key }) {
      Terminal.say("\(name)=\(value)", after: "  tag        ", width: 13)
    }
    if let data = version.lineage?.data { Terminal.say("  data       \(data.hex)") }
    if let parent = version.lineage?.parent { Terminal.say("  parent     \(parent.hex)") }
    for piece in version.evidence {
      Terminal.say("  evidence   \(piece.at.formatted(.iso8601))  \(piece.kind)  \(piece.id.short)")
    }
    for approval in version.approvals {
      let who = names[approval.principal] ?? approval.principal
      Terminal.say(
        "  approval   \(approval.at.formatted(.iso8601))  \(who), on the evidence \(approval.evidence.short)")
    }
  }
}
