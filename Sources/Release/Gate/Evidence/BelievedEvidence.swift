// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletBytes
package import MartletEvidence
package import MartletFormats

/// A statement whose signature, subject and type were checked. Only the gate makes one.
package struct BelievedEvidence: Sendable {
  package let id: Digest
  /// Such as `scan`; for a statement of a type that is not Martlet's, its type.
  package let name: String
  /// What the statement calls the digest it is about.
  package let subject: String
  package let at: Date
  package let predicate: JSONValue
  /// The id of the key that signed it.
  package let signer: String
  private let payload: [UInt8]

  init?(payload: [UInt8], id: Digest, about digest: Digest, signer: String) {
    guard let statement = try? JSONReader.read(Bytes(payload).span),
      statement["_type"]?.string == statementType,
      let subjects = statement["subject"]?.array, subjects.count == 1,
      subjects[0]["digest"]?["sha256"]?.string == digest.hex,
      let subject = subjects[0]["name"]?.string,
      let type = statement["predicateType"]?.string,
      let predicate = statement["predicate"], predicate.members != nil
    else { return nil }
    let time = predicate["at"]?.string.flatMap { try? Date($0, strategy: .iso8601) }
    if let name = evidenceName(ofPredicateType: type) {
      guard let time else { return nil }
      self.name = name
      at = time
    } else {
      // Somebody's statement, of a type that is not Martlet's: it need not say when, and is then too old for every policy.
      name = type
      at = time ?? .distantPast
    }
    self.id = id
    self.subject = subject
    self.predicate = predicate
    self.signer = signer
    self.payload = payload
  }

  /// A piece that a policy's test describes, and nobody signed.
  init(imagined name: String, at time: Date, predicate: JSONValue, signer: String, id: Digest) {
    self.id = id
    self.name = name
    subject = "imagined"
    at = time
    self.predicate = predicate
    self.signer = signer
    payload = []
  }

  /// The predicate as a fact; `nil` when it is of another kind, or was written by a Martlet that said it in another way.
  package func fact<Fact: EvidencePredicate>(_ type: Fact.Type = Fact.self) -> Fact? {
    guard name == Fact.name else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try? decoder.decode(Statement<Fact>.self, from: Data(payload)).predicate
  }
}
