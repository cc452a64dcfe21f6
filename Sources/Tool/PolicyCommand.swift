// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletGate
import MartletLifecycle

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check, explain, test and set what a model must satisfy.",
    discussion: """
      A policy is a YAML file (docs/policy.md), or one that comes with Martlet: default, minimal, internal, regulated.

      EXAMPLES
        martlet policy check release.yaml
        martlet policy explain release.yaml --model digits
        martlet policy test release.yaml --evidence cases.json
        martlet policy show regulated > release.yaml
        martlet policy set release.yaml
        martlet policy reevaluate
      """,
    subcommands: [
      Check.self, Explain.self, Test.self, List.self, Show.self, Set.self, Reevaluate.self,
    ])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say whether a file is a policy, and what in it is likely to be a mistake.",
      discussion: """
        Warns of kinds of evidence that no stage leaves, of rules that can never hold, of exceptions that are over, and of \
        signers whom nobody asks or who are revoked.

        Exit status: 0 a policy, with or without warnings; 1 with --strict, warnings; 2 no policy.

        EXAMPLES
          martlet policy check release.yaml
          martlet policy check release.yaml --strict --format json
        """)

    @Argument(help: "A YAML file, or the name of a policy that comes with Martlet.", completion: .file())
    var policy: String

    @Flag(help: "End with 1 when there are warnings.")
    var strict = false

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Document: Encodable {
      let name: String
      let digest: String
      let rules: Int
      let warnings: [String]
    }

    func run() throws {
      let policy = try PolicySource.read(policy)
      let warnings = policy.warnings(knowing: .martlet, at: Date())
      if format == .json {
        try Terminal.document(
          Document(
            name: policy.name, digest: policy.digest.hex, rules: policy.allRules.count, warnings: warnings))
      } else {
        for warning in warnings {
          Terminal.say(warning, after: Terminal.paint("warning", .yellow) + "  ", width: 9)
        }
        let count = Wording.count(policy.allRules.count, "rule")
        Terminal.say(
          "\(Terminal.paint(policy.name, .bold)) is a policy with \(count), digest \(policy.digest.hex)")
      }
      if strict, !warnings.isEmpty { throw Exit.refused }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the policies that come with Martlet.")

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Line: Encodable {
      let name: String
      let digest: String
      let rules: Int
      let approvals: Int
    }

    func run() throws {
      let lines = Policy.readyMade.map {
        Line(
          name: $0.name, digest: $0.digest.hex, rules: $0.allRules.count, approvals: $0.approvals?.count ?? 0)
      }
      guard format == .text else { return try Terminal.document(lines) }
      for line in lines {
        let approvals = line.approvals == 0 ? "" : ", \(Wording.count(line.approvals, "approval"))"
        Terminal.say(
          "\(line.name.padding(toLength: 10, withPad: " ", startingAt: 0))  \(Wording.count(line.rules, "rule"))\(approvals)"
        )
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print a policy that comes with Martlet, to begin one's own with.",
      discussion: """
        EXAMPLES
          martlet policy show regulated > release.yaml
        """)

    @Argument(help: "default, minimal, internal or regulated.")
    var name: String

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      guard let policy = Policy.readyMade(name) else {
        throw ValidationError("there is no policy \(name): `martlet policy list` has those there are")
      }
      switch format {
      case .text: Terminal.raw(policy.text)
      case .json:
        try Terminal.document(["name": policy.name, "digest": policy.digest.hex, "text": policy.text])
      }
    }
  }
}
