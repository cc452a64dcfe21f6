// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletGate
import MartletLifecycle

extension PolicyCommand {
  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Make a policy the store's, and decide about all released versions anew.",
      discussion: """
        From then on it decides about what is protected here, and about what is released already: versions that do not satisfy \
        it are treated as the policy says under onViolation. It is signed, and the log says so.

        Exit status: 0 set, and every released version satisfies it; 1 set, and some do not; 2 it could not be done.

        EXAMPLES
          martlet policy set internal
          martlet policy set release.yaml --environment production
        """)

    @Argument(help: "A YAML file, or the name of a policy that comes with Martlet.", completion: .file())
    var policy: String

    @Option(help: "Where it holds, for policies that tell environments apart.")
    var environment: String?

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      let policy = try PolicySource.read(policy)
      let lifecycle = Lifecycle(store: try Store(.standard()))
      let results = try lifecycle.setPolicy(policy, in: environment)
      if format == .text {
        let place = environment.map { " in \($0)" } ?? ""
        Terminal.say(
          "\(Terminal.paint(policy.name, .bold)) is the store's policy\(place), digest \(policy.digest.hex)")
      }
      try ReevaluationPrinter.finish(results, format: format)
    }
  }

  struct Reevaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reevaluate",
      abstract: "Decide about every released version anew, now.",
      discussion: """
        A server does this by itself when something changes or evidence becomes too old. Here it is done once, for stores \
        without a server, or from a timer.

        Exit status: 0 every released version satisfies its policy; 1 some do not; 2 it could not be done.

        EXAMPLES
          martlet policy reevaluate
          martlet policy reevaluate --format json
        """)

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      _ = try Store.reading(.standard())
      let lifecycle = Lifecycle(store: try Store(.standard()))
      try ReevaluationPrinter.finish(lifecycle.reevaluate(), format: format)
    }
  }
}

/// Shows what became of released versions.
private enum ReevaluationPrinter {
  static func finish(_ results: [Reevaluation], format: OutputFormat) throws {
    if format == .json {
      try Terminal.document(results)
    } else {
      if results.isEmpty { Terminal.say("no version is released") }
      for result in results { show(result) }
    }
    if !results.allSatisfy({ $0.outcome == .holds || $0.outcome == .undecided }) {
      throw Exit.refused
    }
  }

  private static func show(_ result: Reevaluation) {
    let name = "\(Terminal.paint(result.model, .bold)) version \(result.version)"
    let until = result.until.map { " until \($0.formatted(.iso8601))" } ?? ""
    switch result.outcome {
    case .holds: Terminal.say("\(name) satisfies its policy\(until)")
    case .violates: Terminal.say("\(name) no longer satisfies its policy, and goes on answering\(until)")
    case .quarantined: Terminal.say("\(name) no longer satisfies its policy, and is quarantined")
    case .notReleased: Terminal.say("\(name) is not released: its newest decision says no, or there is none")
    case .undecided:
      Terminal.say(
        "\(name) was released by a policy that this store does not have: run `martlet protect` on it again, or set one with "
          + "`martlet policy set`")
    }
    if let decision = result.decision, !decision.released { DecisionPrinter.show(decision) }
  }
}
