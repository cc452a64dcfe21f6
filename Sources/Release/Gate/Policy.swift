// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence
import Yams

/// What must be true of a version's evidence before it may be released.
///
///     name: default
///     release:
///       - require: scan.verdict == safe
///         because: a file that is not proved harmless can run code where it is loaded
///         maximumAge: 90d
///
/// Unknown keys are refused: a rule that is misspelt would otherwise be a rule that is not there.
package struct Policy: Sendable, Equatable {
  /// One thing that must hold.
  package struct Rule: Sendable, Equatable {
    package let require: Requirement
    /// Why the rule is there, for whoever is told no.
    package let because: String?
    /// Seconds. Older evidence counts as missing.
    package let maximumAge: Double?
  }

  package let name: String
  /// All must hold.
  package let release: [Rule]
  /// SHA-256 of the text it was read from: a decision names the very policy it followed.
  package let digest: Digest

  /// Reads a policy.
  /// - Throws: ``PolicyError``.
  package init(yaml: String) throws(PolicyError) {
    guard yaml.utf8.count <= Self.longestText else {
      throw .malformed("it is longer than \(Self.longestText) bytes")
    }
    digest = .of(Array(yaml.utf8))
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch { throw .malformed(Self.reason(error)) }
    let fields = try PolicyFields(root, at: "the policy", allowed: ["name", "release"])
    name = try fields.text("name")
    guard let rules = fields["release"]?.sequence, !rules.isEmpty, rules.count <= Self.mostRules else {
      throw .malformed("`release` must be a list of 1 to \(Self.mostRules) rules")
    }
    var read: [Rule] = []
    for (index, node) in rules.enumerated() {
      let place = "rule \(index + 1) of `release`"
      let rule = try PolicyFields(node, at: place, allowed: ["require", "because", "maximumAge"])
      read.append(
        Rule(
          require: try Requirement(try rule.text("require"), at: place),
          because: try rule.optionalText("because"),
          maximumAge: try rule.optionalText("maximumAge").map { text throws(PolicyError) in
            try Self.seconds(text, at: place)
          }))
    }
    release = read
  }

  /// What is wrong with the YAML, on one line.
  private static func reason(_ error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line), column \(mark.column): \(problem)"
    case .duplicatedKeysInMapping(let keys, _): "the key `\(keys.joined(separator: "`, `"))` stands twice"
    default: "it is no YAML text"
    }
  }

  private static let longestText = 256 << 10
  private static let mostRules = 1_000

  /// `30d`, `12h`, `15m`.
  private static func seconds(_ text: String, at place: String) throws(PolicyError) -> Double {
    let units: [Character: Double] = ["d": 86_400, "h": 3_600, "m": 60]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0,
      count <= 100_000
    else { throw .malformed("\(place): expected an age such as 30d, 12h or 15m, found `\(text)`") }
    return Double(count) * unit
  }
}

/// The keys of one mapping, none unknown and none twice.
private struct PolicyFields {
  private let mapping: Node.Mapping
  private let place: String

  init(_ node: Node?, at place: String, allowed: Set<String>) throws(PolicyError) {
    guard let mapping = node?.mapping else {
      throw .malformed("\(place) must be a mapping of keys to values")
    }
    var seen: Set<String> = []
    for (key, _) in mapping {
      let name = key.string ?? "?"
      guard allowed.contains(name) else {
        throw .malformed(
          "\(place) has the unknown key `\(name)`; known are \(allowed.sorted().joined(separator: ", "))")
      }
      guard seen.insert(name).inserted else { throw .malformed("\(place) has the key `\(name)` twice") }
    }
    self.mapping = mapping
    self.place = place
  }

  subscript(key: String) -> Node? { mapping[Node(key)] }

  func optionalText(_ key: String) throws(PolicyError) -> String? {
    guard let node = self[key] else { return nil }
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw .malformed("\(place): `\(key)` must be a text")
    }
    return scalar.string
  }

  func text(_ key: String) throws(PolicyError) -> String {
    guard let text = try optionalText(key) else { throw .malformed("\(place) lacks the key `\(key)`") }
    return text
  }
}

/// Why a text is not a policy.
package enum PolicyError: Error, Equatable, Sendable {
  case malformed(String)
}

extension PolicyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let what): "the policy cannot be used: \(what)"
    }
  }
}
