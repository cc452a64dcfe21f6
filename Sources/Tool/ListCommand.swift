// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the models of the store with their versions.",
    discussion: """
      EXAMPLES
        martlet list
        martlet list --format json
      """)

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    let versions = try Store.reading(.standard()).summaries()
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

struct ShowCommand: ParsableCommand {
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

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    let registry = try Store.reading(.standard())
    let name = try VersionName(name)
    let version = try registry.version(name)
    let versions = try registry.summaries(
      of: version.model, number: name.which == .newest ? nil : version.number)
    guard format == .text else { return try Terminal.document(versions) }
    let names = Dictionary(
      uniqueKeysWithValues: try registry.accounts().map { ($0.principal.id, $0.principal.name) })
    for version in versions { Self.show(version, names) }
  }

  private static func show(_ version: VersionSummary, _ names: [String: String]) {
    Terminal.say("\(version.model):\(version.version)  \(Terminal.paint(version.state.rawValue, .bold))")
    Terminal.say("  digest     \(version.digest.hex)")
    Terminal.say("  files      \(version.format), \(Wording.bytes(version.bytes))")
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
