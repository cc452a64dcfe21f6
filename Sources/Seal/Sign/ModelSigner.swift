// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
import MartletFiles

/// Signs models after OpenSSF Model Signing 1.0, so that every OMS tool can verify them.
///
///     let signer = ModelSigner(key: try SigningKeyFile.read("signer.pem") { nil })
///     let signed = try signer.sign("model/", into: "model/model.sig")
package struct ModelSigner: ~Copyable {
  /// What to leave out of the signature and how to write the rest down.
  package struct Options: Sendable {
    /// Relative to the model; a directory stands for all in it.
    package var ignoring: [String]
    package var serialization: Serialization
    package var allowsLinks: Bool

    package init(ignoring: [String] = [], serialization: Serialization = .files, allowsLinks: Bool = false) {
      self.ignoring = ignoring
      self.serialization = serialization
      self.allowsLinks = allowsLinks
    }
  }

  /// What was signed.
  package struct Signed: Sendable {
    package let name: String
    package let manifest: Manifest
    package let files: Int
    /// The signature: a Sigstore bundle, as JSON.
    package let bundle: [UInt8]
  }

  private let key: SigningKey
  private let chain: CertificateChain?

  /// - Parameter certificates: PEM, the signer's first; without them the signature names the key only.
  package init(key: consuming SigningKey, certificates: String? = nil) throws(SignError) {
    chain = if let certificates { try CertificateChain(pem: certificates, for: key) } else { nil }
    self.key = key
  }

  /// Reads and signs a model, and writes the signature in one step: a crash leaves the old one or the new.
  /// - Parameter output: where the signature goes. It is never part of the model.
  /// - Throws: ``SignError``: `model`, `files`, `badIgnorePath`, `badShardSize`.
  package func sign(_ path: String, into output: String, _ options: Options = .init()) throws(SignError)
    -> Signed
  {
    let signed = try sign(path, options, output: output)
    do throws(FilesError) { try DurableFile.replace(output, with: signed.bundle.span) } catch {
      throw .files(error)
    }
    return signed
  }

  /// As ``sign(_:into:_:)``, and writes nothing.
  func sign(_ path: String, _ options: Options, output: String) throws(SignError) -> Signed {
    if let size = options.serialization.shardSize, size < 1 { throw .badShardSize(size) }
    var ignored: [ModelPath] = .alwaysIgnored
    for text in options.ignoring {
      guard let path = ModelPath(text), !path.names.isEmpty, !text.contains(where: { "*?[".contains($0) })
      else {
        throw .badIgnorePath(text)
      }
      ignored.append(path)
    }
    if let inside = ModelTree.path(of: output, in: path) { ignored.append(inside) }
    do throws(ManifestError) {
      let tree = try ModelTree(
        at: path, .init(ignoring: ignored, settingAside: [], allowsLinks: options.allowsLinks))
      let manifest = try ModelHash(of: tree, options.serialization).manifest()
      let statement = SigningStatement(
        name: tree.name, manifest: manifest, options.serialization, allowsLinks: options.allowsLinks,
        ignored: tree.isDirectory ? ignored.map(\.text) : [])
      let bundle = SigningBundle(
        envelope: key.envelope(statement.payload(), keyID: ""), hint: KeyHint.of(pem: key.publicPEM), chain)
      return Signed(name: tree.name, manifest: manifest, files: tree.files.count, bundle: bundle.encoded())
    } catch {
      throw .model(error)
    }
  }
}
