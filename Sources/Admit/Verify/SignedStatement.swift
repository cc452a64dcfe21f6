// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats

/// The statement inside a model signature: which files were signed, with which digests
/// (OMS 1.0, `https://model_signing/signature/v1.0`).
struct SignedStatement {
  struct Resource: Equatable {
    let name: String
    let digest: Digest
  }

  let subject: String
  /// In the order in which they were signed.
  let resources: [Resource]
  /// SHA-256 over the digests in that order.
  let root: Digest
  let serialization: Serialization
  let allowsLinks: Bool
  /// What the signer left out.
  let ignored: [ModelPath]

  /// - Throws: ``SignatureError``: `notJSON`, `malformed`, `unsupported`, `olderPredicate`, and one case for each rule about
  ///   the resources and ignored paths.
  init(_ payload: [UInt8], allowsLegacy: Bool) throws(SignatureError) {
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.read(Bytes(payload).span) } catch { throw .notJSON(error) }
    guard json["_type"]?.string == statementType else {
      throw .malformed("the payload is no in-toto Statement v1")
    }
    switch json["predicateType"]?.string {
    case OMS.predicateType: try self.init(json)
    case OMS.olderPredicateType:
      guard allowsLegacy else { throw .olderPredicate }
      try self.init(legacy: json)
    case let other:
      throw .malformed("expected the predicate type \(OMS.predicateType), found \(other ?? "none")")
    }
  }

  private init(_ json: JSONValue) throws(SignatureError) {
    guard let subjects = json["subject"]?.array, subjects.count == 1,
      let name = subjects[0]["name"]?.string, !name.isEmpty,
      let root = subjects[0]["digest"]?["sha256"]?.string.flatMap({ Digest(hex: $0) })
    else { throw .malformed("expected one subject with a name and a SHA-256 digest") }
    guard let predicate = json["predicate"], let parameters = predicate["serialization"],
      case .bool(let allowsLinks)? = parameters["allow_symlinks"]
    else { throw .malformed("the statement lacks its serialization") }
    serialization = try Self.serialization(parameters)
    ignored = try Self.ignored(parameters["ignore_paths"])
    resources = try Self.resources(predicate["resources"], serialization)
    subject = name
    self.root = root
    self.allowsLinks = allowsLinks
    guard root == Self.root(of: resources) else { throw .otherRoot }
  }

  /// Before OMS 1.0 the files were the subjects, and nothing was said about how they were found.
  private init(legacy json: JSONValue) throws(SignatureError) {
    let entries = (json["subject"]?.array ?? []).map { entry in
      JSONValue.object([
        .init(name: "name", value: entry["name"] ?? .null),
        .init(name: "digest", value: entry["digest"]?["sha256"] ?? .null),
        .init(name: "algorithm", value: .string("sha256")),
      ])
    }
    serialization = .files
    resources = try Self.resources(.array(entries), .files)
    root = Self.root(of: resources)
    subject = "model"
    allowsLinks = false
    ignored = []
  }

  /// The files that were signed, whole or in shards.
  var files: Set<[UInt8]> {
    Set(resources.compactMap { serialization.file(ofResource: $0.name).map { Array($0.utf8) } })
  }

  static func root(of resources: [Resource]) -> Digest {
    .of(resources.flatMap(\.digest.bytes))
  }

  private static func serialization(_ parameters: JSONValue) throws(SignatureError) -> Serialization {
    guard let hash = parameters["hash_type"]?.string else { throw .malformed("the statement names no hash") }
    guard hash == "sha256" else { throw .unsupported("its files are hashed with \(hash), expected sha256") }
    switch (parameters["method"]?.string, parameters["shard_size"]) {
    case ("files", nil): return .files
    case ("shards", let size?):
      // The reference tool writes all numbers with a fraction: 1000000.0.
      guard let size = size.number.flatMap({ Int(exactly: $0) }), size > 0 else {
        throw .malformed("the shard size is not a positive whole number")
      }
      return .shards(size: size)
    case ("files", _), ("shards", nil): throw .malformed("a shard size stands with shards, and only there")
    case (let method, _): throw .unsupported("its files are serialised as \(method ?? "nothing")")
    }
  }

  private static func ignored(_ value: JSONValue?) throws(SignatureError) -> [ModelPath] {
    guard let value else { return [] }
    guard let entries = value.array else { throw .malformed("the ignored paths are no list") }
    var paths: [ModelPath] = []
    for entry in entries {
      guard let text = entry.string else { throw .malformed("an ignored path is no text") }
      guard let path = ModelPath(text) else { throw .ignoredPathLeadsOut(text) }
      // The model itself would leave nothing to sign.
      guard !path.names.isEmpty else { throw .ignoredPathLeadsOut(text) }
      paths.append(path)
    }
    return paths
  }
}
