// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

extension SignatureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let error): "the signature file is not a signature bundle: \(error)"
    case .malformed(let what): "the signature bundle is malformed: \(what)"
    case .unsupported(let what): "the signature cannot be checked: \(what)"
    case .otherKind(let found, let expected): "the signature comes with \(found), and \(expected)"
    case .notAKey: "expected a P-256, P-384 or P-521 public key in PEM form, found something else"
    case .noTrustRoots(let why): "expected root certificates in PEM form: \(why)"
    case .otherKey(let hint, let expected):
      "the model was signed with another key: the bundle names \(hint.prefix(12))…, the key given is \(expected.prefix(12))…"
    case .doesNotFit:
      "the signature does not fit: it was made with another key, or the signed statement was changed"
    case .badCertificate(let what): "a certificate of the signature cannot be read: \(what)"
    case .tooManyCertificates(let limit): "the signature comes with more than \(limit) certificates"
    case .expired(let subject, let date):
      "the certificate of \(subject) expired on \(date): have the model signed again with a valid one"
    case .notYetValid(let subject, let date):
      "the certificate of \(subject) is valid from \(date) on, which is in the future: check the clock, or wait"
    case .wrongKeyUsage(let subject):
      "the certificate of \(subject) is not for signing: expected the key usage digitalSignature"
    case .notForCodeSigning(let subject):
      "the certificate of \(subject) is not for signing models: expected the extended key usage codeSigning"
    case .untrusted(let why): "the certificates do not lead to a trusted root: \(why)"
    case .otherIdentity(let pattern, let found):
      "the signer is \(found.isEmpty ? "nobody that the certificate names" : found.joined(separator: ", ")), expected "
        + pattern
    case .noResources: "the signature covers no file at all"
    case .duplicateName(let name):
      "the signed statement lists \(name) twice, so that it says two things about one file"
    case .unsorted(let name, let before):
      "the signed statement is not in order: \(name) comes after \(before)"
    case .resourceLeadsOut(let name): "the signed statement lists \(name), which is no place in a model"
    case .ignoredPathLeadsOut(let path):
      "the signed statement ignores \(path), which leads out of the model: it may be forged"
    case .otherRoot: "the signed root digest is not that of the signed files"
    case .olderPredicate:
      "the signature is of the format before OMS 1.0, \(OMS.olderPredicateType), which covers less: have the model signed "
        + "again, or accept it with --allow-legacy"
    case .differs(let differences): "the model is not the one that was signed: \(Self.list(differences))"
    case .unsignedCode(let path, let reason):
      "\(path) is not signed and could carry code: \(reason); remove it, or accept it with --ignore"
    case .badIgnorePath(let path):
      "expected a path relative to the model without `..`, found \(path): a directory stands for all in it"
    case .model(let error): "\(error)"
    case .unreadable(let error): "\(error)"
    }
  }

  /// The first few, and how many more there are.
  private static func list(_ differences: [Difference]) -> String {
    let shown = differences.prefix(5).map { "\($0)" }.joined(separator: ", ")
    return differences.count > 5 ? "\(shown), and \(differences.count - 5) more" : shown
  }
}

extension SignatureError.Difference: CustomStringConvertible {
  package var description: String {
    switch self {
    case .added(let name): "\(name) was added"
    case .changed(let name): "\(name) was changed"
    case .missing(let name): "\(name) is missing"
    }
  }
}
