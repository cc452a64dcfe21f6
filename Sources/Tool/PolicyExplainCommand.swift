// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletGate
import MartletLifecycle
import MartletRegistry

extension PolicyCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Say in words what a policy asks, or what it would say about a model now.",
      discussion: """
        With --model it decides about the newest version of a model in the store, rule by rule, and says what to do about \
        each no. Nothing is changed, and nothing is recorded.

        Exit status: 0 explained, or yes; 1 with --model, no; 2 it could not be done.

        EXAMPLES
          martlet policy explain regulated
          martlet policy explain release.yaml --model digits
        """)

    @Argument(help: "A YAML file, or the name of a policy that comes with Martlet.", completion: .file())
    var policy: String

    @Option(help: "A model of the store.")
    var model: String?

    @Option(help: "Where the model is used, for policies that tell environments apart.")
    var environment: String?

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Document: Encodable {
      let name: String
      let digest: String
      let passages: [Policy.Passage]
    }

    private struct Answer: Encodable {
      let model: String
      let version: Int
      let digest: String
      let decisions: [Decision]
    }

    func run() throws {
      let policy = try PolicySource.read(policy)
      guard let model else { return try explain(policy) }
      // An explanation makes no store.
      _ = try Store.reading(.standard())
      let lifecycle = Lifecycle(store: try Store(.standard()))
      let (version, decisions) = try lifecycle.explain(policy, model: model, in: environment)
      if format == .json {
        try Terminal.document(
          Answer(model: model, version: version.number, digest: version.digest.hex, decisions: decisions))
      } else {
        Terminal.say(
          "\(Terminal.paint(model, .bold)) version \(version.number), by the policy \(policy.name)")
        for decision in decisions {
          let step = decision.transition == .release ? "to be released" : "to go on answering"
          Terminal.say(
            "\(step): \(decision.released ? Terminal.paint("yes", .green) : Terminal.paint("no", .red))")
          DecisionPrinter.show(decision)
        }
      }
      if !decisions.allSatisfy(\.released) { throw Exit.refused }
    }

    private func explain(_ policy: Policy) throws {
      guard format == .text else {
        return try Terminal.document(
          Document(name: policy.name, digest: policy.digest.hex, passages: policy.words))
      }
      Terminal.say("The policy \(Terminal.paint(policy.name, .bold)), digest \(policy.digest.hex)")
      for passage in policy.words {
        Terminal.say("\n\(Terminal.paint(passage.heading, .bold))")
        for sentence in passage.sentences { Terminal.say(sentence, after: "  - ", width: 4) }
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Ask a policy about imagined evidence, and compare with what it should say.",
      discussion: """
        The cases are in a JSON file, or in all JSON files of a folder; docs/policy.md has their form.

        Exit status: 0 all cases pass; 1 some do not; 2 it could not be done.

        EXAMPLES
          martlet policy test release.yaml --evidence cases.json
          martlet policy test release.yaml --evidence policy-tests/ --format json
        """)

    @Argument(help: "A YAML file, or the name of a policy that comes with Martlet.", completion: .file())
    var policy: String

    @Option(help: ArgumentHelp("The cases.", valueName: "json|dir"), completion: .file())
    var evidence: String

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      let policy = try PolicySource.read(policy)
      let now = Date()
      let outcomes = try files().flatMap { file in
        guard let bytes = try WholeFile.read(file, atMost: 16 << 20) else {
          throw Unusable(description: "expected a JSON file of cases at \(file), found nothing")
        }
        do throws(RehearsalError) {
          return try Rehearsal(json: bytes).outcomes(
            of: policy, at: now, editions: EvidenceVocabulary.editions)
        } catch { throw Unusable(description: "\(file): \(error)") }
      }
      let failed = outcomes.count { !$0.passed }
      if format == .json {
        try Terminal.document(outcomes)
      } else {
        for outcome in outcomes {
          let mark = outcome.passed ? Terminal.paint("ok    ", .green) : Terminal.paint("failed", .red)
          Terminal.say(
            outcome.name + (outcome.problem.map { ": \($0)" } ?? ""), after: mark + "  ", width: 8)
        }
        Terminal.say("\(outcomes.count - failed) of \(Wording.count(outcomes.count, "case")) passed")
      }
      if failed > 0 { throw Exit.refused }
    }

    private func files() throws -> [String] {
      switch try Directory.kind(of: evidence) {
      case .directory: break
      case nil:
        throw Unusable(
          description: "expected a JSON file of cases, or a folder of them, at \(evidence), found nothing")
      default: return [evidence]
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: evidence).filter {
        $0.hasSuffix(".json")
      }
      guard !names.isEmpty else {
        throw Unusable(description: "expected JSON files of cases in \(evidence), found none")
      }
      return names.sorted().map { evidence + "/" + $0 }
    }
  }
}
