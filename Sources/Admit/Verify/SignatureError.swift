// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
package import MartletEvidence
package import MartletFormats

/// Why a model signature is refused, or could not be checked.
package enum SignatureError: Error, Equatable, Sendable {
  // The bundle.

  /// The signature file is not JSON as we accept it: cut short, with more behind its end, or with a name that stands twice.
  case notJSON(JSONError)
  /// A part of the bundle or of the statement is missing or not what OMS 1.0 has there.
  case malformed(String)
  /// It is signed in a way that Martlet does not check.
  case unsupported(String)
  /// It names a key where certificates were asked for, or the other way round.
  case otherKind(found: String, expected: String)

  // The signer.

  case notAKey
  case noTrustRoots(String)
  /// The bundle names another key than the one it is to be checked with.
  case otherKey(hint: String, expected: String)
  /// The signature does not fit the bytes and the key.
  case doesNotFit
  case badCertificate(String)
  case tooManyCertificates(limit: Int)
  case expired(subject: String, at: String)
  case notYetValid(subject: String, from: String)
  /// The signer's certificate is not for digital signatures.
  case wrongKeyUsage(subject: String)
  /// The signer's certificate is not for signing code and models: that of a web server, say.
  case notForCodeSigning(subject: String)
  /// The certificates do not lead to a trusted root, or not in a way that RFC 5280 allows.
  case untrusted(String)
  case otherIdentity(pattern: String, found: [String])

  // The statement.

  case noResources
  case duplicateName(String)
  case unsorted(String, after: String)
  /// A file that was signed would lie outside of the model.
  case resourceLeadsOut(String)
  case ignoredPathLeadsOut(String)
  /// The root digest of the statement is not that of its resources.
  case otherRoot
  case olderPredicate

  // The model.

  /// The model is not the one that was signed.
  case differs([Difference])
  /// An unsigned file, where OMS or the signer leave files out, that could carry code.
  case unsignedCode(path: String, reason: String)
  case badIgnorePath(String)
  case model(ManifestError)
  case unreadable(BytesError)

  /// How one file differs from what was signed.
  package enum Difference: Error, Equatable, Sendable {
    case added(String)
    case changed(String)
    case missing(String)
  }

  /// Whether the answer is no. Otherwise there is none: the question could not be asked.
  package var isRefusal: Bool {
    switch self {
    case .notAKey, .noTrustRoots, .badIgnorePath, .unreadable, .unsupported: false
    case .model(let error):
      switch error {
      case .unreadable, .directory, .tooMany, .tooDeep, .changed: false
      default: true
      }
    default: true
    }
  }
}
