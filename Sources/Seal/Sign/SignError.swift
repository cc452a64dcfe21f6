// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence
package import MartletFiles

/// Why something was not signed.
package enum SignError: Error, Equatable, Sendable {
  /// The file is not a private key in PEM form on one of the three curves. `found` says what is.
  case notAKey(found: String)
  case wantsPassphrase
  case wrongPassphrase
  /// The key is encrypted in a way that is not read here.
  case unsupportedEncryption(String)
  /// Somebody wants the passphrase to cost more than a key file may.
  case tooCostly(String)
  case emptyPassphrase
  case notACertificate(String)
  /// The first certificate is about another key than the one that signs.
  case otherCertificate(subject: String)
  case noKey(path: String)
  case taken(path: String)
  case badIgnorePath(String)
  case badShardSize(Int)
  case files(FilesError)
  case model(ManifestError)
}

extension SignError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAKey(let found):
      "expected a private key on P-256, P-384 or P-521 in PEM form, found \(found): make one with `martlet keygen signing`"
    case .wantsPassphrase: "the key is encrypted: give its passphrase with --passphrase or --passphrase-file"
    case .wrongPassphrase: "the passphrase does not open the key, or the key file is damaged"
    case .unsupportedEncryption(let what):
      "the key is encrypted with \(what): expected PBES2 with scrypt or PBKDF2 and AES-CBC, which `openssl pkcs8 -topk8 -v2 "
        + "aes-256-cbc -scrypt` writes"
    case .tooCostly(let what): "the key file asks for \(what) to check a passphrase: no key needs as much"
    case .emptyPassphrase: "expected a passphrase, found an empty one"
    case .notACertificate(let why): "expected certificates in PEM form, the signer's first: \(why)"
    case .otherCertificate(let subject):
      "the first certificate, of \(subject), is about another key: put the certificate of the signing key first"
    case .noKey(let path): "there is no key at \(path): make one with `martlet keygen signing -o \(path)`"
    case .taken(let path):
      "there is something at \(path) already, and a key that is overwritten is lost: choose another name"
    case .badIgnorePath(let path):
      "expected a path relative to the model without `..`, `*`, `?` and `[`, found \(path): a directory stands for all in it"
    case .badShardSize(let size): "expected a shard size of at least 1 byte, found \(size)"
    case .files(let error): "\(error)"
    case .model(let error): "\(error)"
    }
  }
}
