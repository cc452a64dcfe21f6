// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats

/// Why a model signature is refused.
package enum SignatureError: Error, Equatable, Sendable {
  /// The signature file is not JSON as we accept it.
  case notJSON(JSONError)
  /// A part of the bundle or of the statement is missing, repeated or not what OMS 1.0 has there.
  case malformed(String)
  /// It is signed in a way that needs more than a public key.
  case unsupported(String)
  case notAKey
  /// The bundle names another key than the one it is to be checked with.
  case otherKey(hint: String, expected: String)
  /// The signature does not fit the bytes and the key.
  case doesNotFit
  /// The model is not the one that was signed.
  case differs(String)
}

extension SignatureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let error): "the signature file is not a signature bundle: \(error)"
    case .malformed(let what): "the signature bundle is malformed: \(what)"
    case .unsupported(let what): "the signature cannot be checked with a public key: \(what)"
    case .notAKey: "expected a P-256, P-384 or P-521 public key in PEM form, found something else"
    case .otherKey(let hint, let expected):
      "the model was signed with another key: the bundle names \(hint.prefix(12))…, the key given is \(expected.prefix(12))…"
    case .doesNotFit:
      "the signature does not fit: it was made with another key, or the signed statement was changed"
    case .differs(let what): "the model is not the one that was signed: \(what)"
    }
  }
}
