// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// What a statement says. The stages' facts become predicates, and predicates become evidence.
package protocol EvidencePredicate: Codable, Sendable {
  /// The name under which a policy speaks of it, such as `scan` in `scan.verdict == safe`.
  static var name: String { get }
  /// When the fact was established. It is signed with the rest, so that a policy can ask for fresh evidence.
  var at: Date { get }
}

extension EvidencePredicate {
  /// The in-toto predicate type.
  package static var type: String { predicateTypePrefix + name + predicateTypeSuffix }
}

private let predicateTypePrefix = "urn:martlet:evidence:"
private let predicateTypeSuffix = ":v1"

/// The name a policy uses for a predicate type: `scan` for `urn:martlet:evidence:scan:v1`; `nil` for a type that is
/// not Martlet's.
package func evidenceName(ofPredicateType type: String) -> String? {
  guard type.hasPrefix(predicateTypePrefix), type.hasSuffix(predicateTypeSuffix) else { return nil }
  let name = type.dropFirst(predicateTypePrefix.count).dropLast(predicateTypeSuffix.count)
  return name.isEmpty ? nil : String(name)
}

/// An in-toto Statement v1 about one model version
/// (https://github.com/in-toto/attestation, `spec/v1/statement.md`).
package struct Statement<Content: EvidencePredicate>: Codable, Sendable {
  /// What it is about: a name for people and the digest that counts.
  package struct Subject: Codable, Sendable, Equatable {
    package let name: String
    package let digest: [String: String]
  }

  package let type: String
  package let subject: [Subject]
  package let predicateType: String
  package let predicate: Content

  enum CodingKeys: String, CodingKey {
    case type = "_type"
    case subject, predicateType, predicate
  }

  package init(about digest: Digest, named name: String, _ predicate: Content) {
    type = statementType
    subject = [Subject(name: name, digest: ["sha256": digest.hex])]
    predicateType = Content.type
    self.predicate = predicate
  }

  /// The bytes that are signed: JSON with sorted keys.
  package func payload() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    // Predicates are plain values of our own: encoding them cannot fail, but for a NaN, which is a mistake in
    // the stage that measured it.
    return Array(try! encoder.encode(self))
  }
}

/// `_type` of every statement.
package let statementType = "https://in-toto.io/Statement/v1"
