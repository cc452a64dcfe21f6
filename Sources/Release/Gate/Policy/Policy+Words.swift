// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Policy {
  /// A heading and the sentences below it.
  package struct Passage: Codable, Sendable, Equatable {
    package let heading: String
    package let sentences: [String]
  }

  /// The policy in words.
  package var words: [Passage] {
    var passages = [
      Passage(heading: "To be admitted", sentences: admit.map(\.words)),
      Passage(
        heading: "To be released",
        sentences: rules(for: .release).map(\.words) + (approvals.map { [$0.words] } ?? [])),
      Passage(heading: "To go on answering", sentences: rules(for: .serve).map(\.words)),
      Passage(
        heading: "Who may say so", sentences: signers.sorted { $0.key < $1.key }.map { $1.words(named: $0) }),
      Passage(heading: "Exceptions", sentences: exceptions.map(\.words)),
      Passage(heading: "When a released version no longer satisfies", sentences: [onViolation.words]),
    ]
    if !environments.isEmpty {
      let known = environments.joined(separator: ", ")
      passages.insert(
        Passage(heading: "Where", sentences: ["in the environments \(known), and nowhere else"]), at: 0)
    }
    return passages.filter { !$0.sentences.isEmpty }
  }
}

extension Policy.Rule {
  var words: String {
    var text =
      switch demand {
      case .value(let requirement):
        "\(requirement.place) must be \(requirement.comparison.words) \(requirement.value.words)"
      case .presence(let kind): "there must be evidence of the kind \(kind)"
      }
    if let maximumAge { text += ", by evidence that is at most \(PolicyTime.words(seconds: maximumAge)) old" }
    if !signers.isEmpty { text += ", signed by \(signers.joined(separator: " or "))" }
    if !environments.isEmpty { text += ", in \(environments.joined(separator: " and "))" }
    if onFailure == .warn { text += "; otherwise it only warns" }
    if let because { text += ", because \(because)" }
    if !references.isEmpty { text += " [\(references.map(\.title).joined(separator: "; "))]" }
    return (id.map { "\($0): " } ?? "") + text
  }
}

extension Requirement.Comparison {
  var words: String {
    switch self {
    case .equal: "equal to"
    case .notEqual: "other than"
    case .atLeast: "at least"
    case .atMost: "at most"
    case .more: "more than"
    case .less: "less than"
    }
  }
}

extension Policy.ApprovalRule {
  var words: String {
    var text = "\(count) must approve it"
    if !roles.isEmpty { text += ", each with the role \(roles.joined(separator: " or "))" }
    if notSubmitter { text += ", and not the one who submitted it" }
    if let maximumAge { text += "; an approval holds for \(PolicyTime.words(seconds: maximumAge))" }
    return text + "; it is for one digest on one set of evidence"
  }
}

extension Policy.Signer {
  func words(named name: String) -> String {
    var text = "\(name): the key \(keyID)"
    if let notAfter { text += ", for what is dated before \(PolicyTime.words(notAfter))" }
    if let revoked { text += ", revoked from \(PolicyTime.words(revoked)) on" }
    return text
  }
}

extension Policy.Exemption {
  var words: String {
    let version = digest.map { " with the digest \($0)" } ?? ""
    return
      "`\(rule)` for the model \(model)\(version), until \(PolicyTime.words(expires)), by \(owner): \(reason)"
  }
}

extension Policy.ViolationRule {
  var words: String {
    switch (action, grace) {
    case (.warn, _): "the log says so, and it goes on answering"
    case (.quarantine, nil): "it is quarantined at once"
    case (.quarantine, let grace?):
      "it is quarantined: after \(PolicyTime.words(seconds: grace)) when only time has passed, at once for any other reason"
    }
  }
}
