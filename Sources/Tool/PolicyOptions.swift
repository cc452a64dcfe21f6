// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletGate

/// Which policy a command is to follow, and where.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A policy: a YAML file, or one that comes with Martlet (default: the store's; see `martlet policy --help`).",
      valueName: "file|name"), completion: .file())
  var policy: String?

  @Option(help: "Where the model is used, for policies that tell environments apart.")
  var environment: String?

  /// Nil when none was named.
  func read() throws -> Policy? { try policy.map(PolicySource.read) }
}

/// A policy as somebody names it: one that comes with Martlet, or a file.
enum PolicySource {
  static func read(_ name: String) throws -> Policy {
    if let policy = Policy.readyMade(name) { return policy }
    let text: String
    do { text = try String(contentsOfFile: name, encoding: .utf8) } catch {
      let known = Policy.readyMade.map(\.name).joined(separator: ", ")
      throw ValidationError(
        "cannot read the policy \(name): expected a YAML file or one of \(known), found none that is text")
    }
    return try Policy(yaml: text)
  }
}

/// Shows decisions, rule by rule.
enum DecisionPrinter {
  /// Five columns: what a rule came to.
  static func mark(_ reason: Decision.Reason) -> String {
    if reason.satisfied { return Terminal.paint("yes", .green) + "  " }
    return reason.refuses ? Terminal.paint("no", .red) + "   " : Terminal.paint("warn", .yellow) + " "
  }

  static func show(_ decision: Decision) {
    for reason in decision.reasons {
      let name = reason.id.map { "\($0): " } ?? ""
      Terminal.say(name + reason.text, after: "  " + mark(reason), width: 7)
    }
    guard decision.released, let until = decision.validUntil else { return }
    Terminal.say("  until \(until.formatted(.iso8601)), if nothing happens before")
  }
}
