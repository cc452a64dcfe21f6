// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats

/// The statement inside a model signature: which files were signed, with which digests
/// (OMS 1.0, `https://model_signing/signature/v1.0`).
struct SignedManifest {
  let subject: String
  private let root: Digest
  private let manifest: Manifest

  static let predicateType = "https://model_signing/signature/v1.0"

  init(_ payload: [UInt8]) throws(SignatureError) {
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.read(Bytes(payload).span) } catch { throw .notJSON(error) }
    guard json["_type"]?.string == statementType else {
      throw .malformed("the payload is no in-toto Statement v1")
    }
    guard json["predicateType"]?.string == Self.predicateType else {
      throw .malformed(
        "expected the predicate type \(Self.predicateType), found \(json["predicateType"]?.string ?? "none")")
    }
    guard let subjects = json["subject"]?.array, subjects.count == 1, let name = subjects[0]["name"]?.string,
      let root = subjects[0]["digest"]?["sha256"]?.string.flatMap({ Digest(hex: $0) })
    else { throw .malformed("expected one subject with a SHA-256 digest") }
    guard let predicate = json["predicate"], let method = predicate["serialization"] else {
      throw .malformed("the statement lacks its serialization")
    }
    guard method["method"]?.string == "files", method["hash_type"]?.string == "sha256" else {
      throw .unsupported("the files are serialised in another way than `files` with SHA-256")
    }
    try Self.checkIgnored(method["ignore_paths"])
    subject = name
    self.root = root
    manifest = try Self.manifest(predicate["resources"])
    guard manifest.root == root else { throw .malformed("the root digest is not that of the resources") }
  }

  /// Whether the model is the one that was signed, file by file.
  func matches(_ found: Manifest) throws(SignatureError) {
    for resource in manifest.resources {
      guard let file = found.resource(resource.name) else { throw .differs("\(resource.name) is missing") }
      guard file.digest == resource.digest else { throw .differs("\(resource.name) was changed") }
    }
    for file in found.resources where manifest.resource(file.name) == nil {
      throw .differs("\(file.name) was added")
    }
  }

  private static func manifest(_ value: JSONValue?) throws(SignatureError) -> Manifest {
    guard let entries = value?.array, !entries.isEmpty else { throw .malformed("it lists no resources") }
    var resources: [Manifest.Resource] = []
    for entry in entries {
      guard let name = entry["name"]?.string, entry["algorithm"]?.string == "sha256",
        let digest = entry["digest"]?.string.flatMap({ Digest(hex: $0) })
      else { throw .malformed("a resource lacks its name or its SHA-256 digest") }
      resources.append(.init(name: name, digest: digest, size: 0))
    }
    let manifest: Manifest
    do throws(ManifestError) { manifest = try Manifest(resources) } catch { throw .malformed("\(error)") }
    guard manifest.resources == resources else { throw .malformed("the resources are not sorted by name") }
    return manifest
  }

  /// Ignored paths widen nothing here: a file that is in the model and not in the statement is refused all the same.
  /// But a path that leads out of the model is a sign of a forged statement.
  private static func checkIgnored(_ value: JSONValue?) throws(SignatureError) {
    for path in value?.array ?? [] {
      guard let path = path.string, !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
        throw .malformed("an ignored path leads out of the model")
      }
    }
  }
}
