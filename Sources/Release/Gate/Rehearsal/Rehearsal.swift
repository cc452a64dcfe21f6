// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats

/// Tests of a policy: imagined evidence, and what the policy should say to it. `docs/policy.md` has the form.
package struct Rehearsal: Sendable {
  /// What one case came to.
  package struct Outcome: Codable, Sendable, Equatable {
    package let name: String
    package let passed: Bool
    /// What was expected and what was found; nil when it passed.
    package let problem: String?
  }

  let cases: [RehearsalCase]

  /// Reads the cases of one file.
  /// - Throws: ``RehearsalError``.
  package init(json: [UInt8]) throws(RehearsalError) {
    guard json.count <= Self.longestText else {
      throw .malformed("it is longer than \(Self.longestText) bytes")
    }
    let root: JSONValue
    do throws(JSONError) { root = try JSONReader.read(Bytes(json).span) } catch {
      throw .malformed("\(error)")
    }
    let fields = try RehearsalFields(root, at: "the file", allowed: ["cases"])
    guard let values = fields["cases"]?.array, !values.isEmpty, values.count <= Self.mostCases else {
      throw .malformed("`cases` must be a list of 1 to \(Self.mostCases) cases")
    }
    var cases: [RehearsalCase] = []
    for (index, value) in values.enumerated() { cases.append(try RehearsalCase(value, number: index + 1)) }
    self.cases = cases
  }

  /// Asks `policy` about every case.
  /// - Parameters:
  ///   - time: of the cases that do not say theirs.
  ///   - editions: what `current` stands for.
  /// - Throws: ``RehearsalError`` for a case that speaks of a signer whom the policy does not have.
  package func outcomes(
    of policy: Policy, at time: Date, editions: [String: String]
  ) throws(RehearsalError) -> [Outcome] {
    var outcomes: [Outcome] = []
    for one in cases { outcomes.append(try one.outcome(of: policy, at: time, editions: editions)) }
    return outcomes
  }

  private static let longestText = 16 << 20
  private static let mostCases = 10_000
}

/// Why a text is no test of a policy.
package enum RehearsalError: Error, Equatable, Sendable {
  case malformed(String)
}

extension RehearsalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let what): "the cases cannot be used: \(what)"
    }
  }
}

/// The members of a JSON object, none unknown.
struct RehearsalFields {
  let place: String
  private let value: JSONValue

  init(_ value: JSONValue, at place: String, allowed: Set<String>) throws(RehearsalError) {
    guard let members = value.members else { throw .malformed("\(place) must be an object") }
    for member in members where !allowed.contains(member.name) {
      throw .malformed(
        "\(place) has the unknown key `\(member.name)`; known are \(allowed.sorted().joined(separator: ", "))"
      )
    }
    self.value = value
    self.place = place
  }

  subscript(key: String) -> JSONValue? { value[key] }

  func text(_ key: String) throws(RehearsalError) -> String? {
    guard let value = self[key] else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw .malformed("\(place): `\(key)` must be a text")
    }
    return text
  }

  func texts(_ key: String) throws(RehearsalError) -> [String]? {
    guard let value = self[key] else { return nil }
    guard let values = value.array, values.allSatisfy({ $0.string != nil }) else {
      throw .malformed("\(place): `\(key)` must be a list of texts")
    }
    return values.compactMap(\.string)
  }

  func flag(_ key: String) throws(RehearsalError) -> Bool {
    switch self[key] {
    case nil: return false
    case .bool(let flag): return flag
    default: throw .malformed("\(place): `\(key)` must be true or false")
    }
  }

  func instant(_ key: String) throws(RehearsalError) -> Date? {
    guard let text = try text(key) else { return nil }
    guard let date = PolicyTime.day(text) ?? PolicyTime.instant(text) else {
      throw .malformed("\(place): expected a time such as 2027-03-31T12:00:00Z, found `\(text)`")
    }
    return date
  }

  /// The time that something has: `at`, or `age` before `now`, or now.
  func time(before now: Date) throws(RehearsalError) -> Date {
    if let at = try instant("at") { return at }
    guard let text = try text("age") else { return now }
    guard let seconds = PolicyTime.seconds(text) else {
      throw .malformed("\(place): expected an age such as 30d, 12h or 15m, found `\(text)`")
    }
    return now.addingTimeInterval(-seconds)
  }
}
