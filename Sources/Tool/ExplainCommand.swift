// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFindings
import MartletScan

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a rule finds, why it matters and what to do.",
    discussion: """
      EXAMPLES
        martlet explain MRT-PKL-001
        martlet explain MRT-PKL-001 --format json
      """)

  @Argument(help: "The code of a rule, such as MRT-PKL-001.")
  var code: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    guard let card = Catalog.card(for: code) else {
      throw ValidationError("there is no rule \(code): `martlet rules` lists them")
    }
    if format == .json { return try Terminal.document(card) }
    Terminal.say("\(Terminal.paint(card.code, .bold))  \(card.name)")
    Terminal.say("severity \(card.severity.rawValue), makes a file \(card.verdict.rawValue)")
    for (title, text) in [("Finds", card.finds), ("Why", card.why), ("Do", card.remedy)] {
      Terminal.say(
        text, after: Terminal.paint(title.padding(toLength: 7, withPad: " ", startingAt: 0), .dim), width: 7)
    }
    let links = card.references + card.atlas.map { "MITRE ATLAS \($0)" } + card.cwe.map { "CWE-\($0)" }
    if !links.isEmpty {
      Terminal.say(links.joined(separator: ", "), after: Terminal.paint("See    ", .dim), width: 7)
    }
  }
}

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules of the scanner, or the packs that --allow takes.",
    discussion: """
      EXAMPLES
        martlet rules
        martlet rules --packs
        martlet rules --format json
      """)

  @Flag(help: "List the packs of third-party classes instead.")
  var packs = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  @Option(
    help: ArgumentHelp("Write the page of every rule into a folder, as Markdown.", valueName: "dir"),
    completion: .directory)
  var pages: String?

  func run() throws {
    if let pages { return try RulePage.write(Catalog.cards, to: pages) }
    if packs { return try showPacks() }
    switch format {
    case .json: try Terminal.document(Catalog.cards)
    case .text:
      for card in Catalog.cards {
        let verdict = card.verdict.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
        Terminal.say("\(card.code)  \(verdict)  \(card.name)")
      }
    }
  }

  private struct Pack: Encodable {
    let name: String
    let isOnByDefault: Bool
    let about: String
  }

  private func showPacks() throws {
    if format == .json {
      return try Terminal.document(
        AllowPacks.all.map { Pack(name: $0.name, isOnByDefault: $0.isOnByDefault, about: $0.about) })
    }
    for pack in AllowPacks.all {
      let name = pack.name.padding(toLength: 14, withPad: " ", startingAt: 0)
      Terminal.say(
        (pack.isOnByDefault ? "on by default. " : "") + pack.about, after: Terminal.paint(name, .bold),
        width: 14)
    }
  }
}
