// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletEvidence
package import MartletFormats

/// Somebody's statement about a digest, of any in-toto predicate type: SLSA provenance, a test result, a VSA.
///
/// Martlet's own types are refused: what its stages found is for the stages to say, and a policy believes it.
package struct Attestation: Sendable {
  package let subject: Digest
  package let name: String
  /// A URI.
  package let type: String
  /// The in-toto Statement v1 that is signed. The predicate stands in it byte for byte as it was given.
  package let payload: [UInt8]

  private static let longestType = 2048

  /// - Parameters:
  ///   - predicate: a JSON object.
  ///   - name: what the statement calls the model.
  /// - Throws: ``AttestationError``.
  package init(
    about subject: Digest, named name: String, type: String, predicate: [UInt8]
  ) throws(AttestationError) {
    guard Self.isURI(type) else { throw .notAType(type) }
    guard !type.hasPrefix(Self.ours) else { throw .ownType(type) }
    guard predicate.count <= Limits.attestation else { throw .tooLong(limit: Limits.attestation) }
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.read(predicate.span) } catch { throw .notJSON(error) }
    guard json.members != nil else { throw .notAnObject }
    self.subject = subject
    self.name = name
    self.type = type
    let head = [
      #"{"_type":\#(Self.quoted(statementType)),"subject":[{"name":\#(Self.quoted(name)),"#,
      #""digest":{"sha256":"\#(subject.hex)"}}],"predicateType":\#(Self.quoted(type)),"predicate":"#,
    ]
    payload = Array(head.joined().utf8) + predicate + Array("}".utf8)
  }

  private static let ours = "urn:martlet:"

  private static func isURI(_ text: String) -> Bool {
    guard text.utf8.count <= longestType, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      return false
    }
    let scheme = text[..<colon]
    guard let first = scheme.first, first.isASCII, first.isLetter else { return false }
    return scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
      && text.utf8.allSatisfy {
        $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
      && text.utf8.count > scheme.utf8.count + 1
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // A string always encodes.
    return String(decoding: try! encoder.encode(text), as: UTF8.self)
  }
}

/// Why something is not attested.
package enum AttestationError: Error, Equatable, Sendable {
  case notAType(String)
  case ownType(String)
  case notJSON(JSONError)
  case notAnObject
  case tooLong(limit: Int)
  /// The store has nothing under this digest that the statement could go with.
  case unknownDigest(Digest)
}

extension AttestationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAType(let text):
      "expected a predicate type as a URI, such as https://slsa.dev/provenance/v1, found `\(text.prefix(80))`"
    case .ownType(let type): "the type \(type) is Martlet's own: only its stages say such things"
    case .notJSON(let error): "the predicate is not JSON: \(error)"
    case .notAnObject: "expected the predicate as a JSON object, found another value"
    case .tooLong(let limit): "the predicate is longer than \(limit) bytes: attest its digest instead"
    case .unknownDigest(let digest):
      "the store knows no model with the digest \(digest.short)…: protect it first, or name a file with --output"
    }
  }
}

extension Limits {
  /// Bytes of the predicate of somebody's statement.
  package static let attestation = 4 << 20
}
