// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletRegistry

/// The policy that holds, in words, and a place to try another.
struct PolicyPage: Page {
  /// A policy that somebody wants to ask about a version, and what it said.
  struct Trial: Sendable {
    let version: String
    let policy: String
    let text: String?
    let environment: String?
    var failure: String?
    fileprivate(set) var answer: Answer?

    init(version: String, policy: String, text: String?, environment: String?) {
      (self.version, self.policy, self.text, self.environment) = (version, policy, text, environment)
    }

    /// - Parameter decisions: about its release and about its going on to answer.
    mutating func answer(_ decisions: [Decision], by policy: Policy, about version: ModelVersion) {
      let steps = zip(["Its release", "Going on to answer"], decisions).map { title, decision in
        Step(
          title: title, tone: decision.released ? "good" : "bad", word: decision.released ? "yes" : "no",
          decision: DecisionView(decision, at: nil, decision.released ? "Allowed" : "Not allowed"))
      }
      answer = Answer(
        policy: policy.name, model: version.model, number: version.number, path: version.path, steps: steps)
    }
  }

  struct Answer: Sendable {
    let policy: String
    let model: String
    let number: Int
    let path: String
    let steps: [Step]
  }

  struct Step: Sendable {
    let title: String
    let tone: String
    let word: String
    let decision: DecisionView
  }

  struct Passage: Sendable {
    let heading: String
    let sentences: [String]
  }

  static let template = Templates.Name.policy
  /// What the form says for a policy that was typed in.
  static let ownText = "text"

  let chrome: Chrome
  let name: String
  let digest: String
  let environment: String?
  let passages: [Passage]
  let source: String
  let token: String
  let versions: [OptionView]
  let hasVersions: Bool
  let policies: [OptionView]
  let typed: String
  let isTyped: Bool
  let failure: String?
  let answer: Answer?

  init(
    chrome: Chrome, _ policy: Policy, environment: String?, versions: [ModelVersion], token: String,
    trial: Trial?
  ) {
    self.chrome = chrome
    name = policy.name
    digest = policy.digest.hex
    self.environment = environment
    passages = policy.words.map { words in
      Passage(heading: words.heading, sentences: words.sentences.map(Wording.sentence))
    }
    source = policy.text
    self.token = token
    self.versions = versions.map {
      let name = "\($0.model):\($0.number)"
      return OptionView(
        name, "\($0.model), version \($0.number) (\($0.state.rawValue))", chosen: trial?.version)
    }
    hasVersions = !versions.isEmpty
    policies =
      [OptionView("", "\(policy.name), which holds", chosen: trial?.policy ?? "")]
      + Policy.readyMade.map { OptionView($0.name, "\($0.name), of Martlet", chosen: trial?.policy) }
      + [OptionView(Self.ownText, "the text below", chosen: trial?.policy)]
    typed = trial?.text ?? policy.text
    isTyped = trial?.policy == Self.ownText
    failure = trial?.failure
    answer = trial?.answer
  }
}
