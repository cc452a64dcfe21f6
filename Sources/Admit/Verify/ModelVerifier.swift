// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletEvidence

/// Checks a model on disk against its signature.
///
///     let verifier = ModelVerifier(trusting: .key(try VerificationKey(pem: text)))
///     let verified = try verifier.verify("model/", signature: "model/model.sig")
package struct ModelVerifier: Sendable {
  package struct Options: Sendable {
    /// Relative to the model: what may lie there unsigned, and is not looked at. A directory stands for all in it.
    package var ignoring: [String]
    /// Accept signatures from before OMS 1.0, which cover less.
    package var allowsLegacy: Bool
    /// Accept files that were not signed. Those that were must all be there.
    package var ignoresUnsigned: Bool

    package init(ignoring: [String] = [], allowsLegacy: Bool = false, ignoresUnsigned: Bool = false) {
      self.ignoring = ignoring
      self.allowsLegacy = allowsLegacy
      self.ignoresUnsigned = ignoresUnsigned
    }
  }

  private let trust: Trust
  private let options: Options

  package init(trusting trust: Trust, _ options: Options = .init()) {
    self.trust = trust
    self.options = options
  }

  /// - Parameters:
  ///   - path: a file or a directory.
  ///   - signature: a file, inside of the directory or elsewhere. It is never part of the model.
  ///   - cache: spares reading files that are as they were. Without it every byte is read.
  /// - Throws: ``SignatureError``.
  package func verify(
    _ path: String, signature: String, cache: DigestCache? = nil
  ) throws(SignatureError) -> VerifiedModel {
    let bytes: Bytes
    do throws(BytesError) { bytes = try Bytes(contentsOf: signature) } catch { throw .unreadable(error) }
    // Who signed is checked before the model is read: whoever cannot sign cannot make us work.
    let (statement, signer) = try UnverifiedBundle(bytes).open(trust, allowsLegacy: options.allowsLegacy)
    var ignored: [ModelPath] = []
    for text in options.ignoring {
      guard let path = ModelPath(text), !path.names.isEmpty else { throw .badIgnorePath(text) }
      ignored.append(path)
    }
    if let inside = ModelTree.path(of: signature, in: path) { ignored.append(inside) }
    var tree: ModelTree
    do throws(ManifestError) {
      tree = try ModelTree(
        at: path,
        .init(
          ignoring: ignored, settingAside: .alwaysIgnored + statement.ignored,
          allowsLinks: statement.allowsLinks))
    } catch {
      throw .model(error)
    }
    if options.ignoresUnsigned {
      let signed = statement.files
      tree.keep { signed.contains(Array($0.utf8)) || $0 == "." }
    } else {
      try checkUnsigned(tree)
    }
    return try compare(statement, signer, tree, cache)
  }

  private func compare(
    _ statement: SignedStatement, _ signer: Signer, _ tree: ModelTree, _ cache: DigestCache?
  ) throws(SignatureError) -> VerifiedModel {
    let known = cache?.known(tree, statement.serialization) ?? [:]
    let started = cache?.now() ?? 0
    let hash: ModelHash
    let manifest: Manifest
    do throws(ManifestError) {
      hash = try ModelHash(of: tree, statement.serialization, reusing: known)
      manifest = try hash.manifest()
    } catch {
      throw .model(error)
    }
    try statement.compare(manifest, name: tree.name, ignoresUnsigned: options.ignoresUnsigned)
    if hash.read > 0 { cache?.remember(hash, of: tree, asOf: started) }
    return VerifiedModel(
      signer: signer, subject: statement.subject, digest: statement.root,
      serialization: statement.serialization, files: hash.files.count,
      bytes: hash.files.reduce(0) { $0 + $1.facts.size }, read: hash.read)
  }

  private func checkUnsigned(_ tree: ModelTree) throws(SignatureError) {
    for aside in tree.aside {
      let objection: String?
      do throws(ManifestError) {
        objection = try UnsignedFile(aside).objection { () throws(ManifestError) in
          try tree.read(aside, atMost: Limits.unsignedFile)
        }
      } catch {
        throw .model(error)
      }
      if let objection { throw .unsignedCode(path: aside.name, reason: objection) }
    }
  }
}

/// A model on disk that is the one that somebody trusted has signed. Made only by ``ModelVerifier``.
package struct VerifiedModel: Sendable {
  package let signer: Signer
  /// The name the signer gave the model.
  package let subject: String
  /// The root digest that was signed.
  package let digest: Digest
  package let serialization: Serialization
  package let files: Int
  package let bytes: Int
  /// How many of the bytes were read; the others were known.
  package let read: Int

  fileprivate init(
    signer: Signer, subject: String, digest: Digest, serialization: Serialization, files: Int, bytes: Int,
    read: Int
  ) {
    self.signer = signer
    self.subject = subject
    self.digest = digest
    self.serialization = serialization
    self.files = files
    self.bytes = bytes
    self.read = read
  }
}
