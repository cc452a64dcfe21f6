// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEncrypt
import MartletEvidence
import MartletRegistry

/// An admitted model whose files lie encrypted in the store, under a version number.
struct SealedModel: Sendable {
  let version: Int
  let format: String

  fileprivate init(version: Int, format: String) {
    self.version = version
    self.format = format
  }
}

extension ProtectRun {
  /// Encrypts every file for the store's recipient and enters the version. The plaintext is read from the same memory
  /// that was scanned and digested, and must still have the same digest.
  func seal(_ admitted: AdmittedModel) throws -> (SealedModel, ProtectReport.Stage) {
    let recipient = store.identity.recipient
    for (file, resource) in zip(artifact.files, artifact.manifest.resources) {
      _ = try store.blobs.put(plaintext: file.bytes, expecting: resource.digest, to: [recipient])
    }
    let now = Date()
    let fact = SealFact(
      at: now, sealed: true, format: "age-encryption.org/v1", recipients: ["\(recipient)"],
      resources: artifact.manifest.resources)
    let evidence = store.evidence(fact, about: digest, named: model)
    let version = try leave(
      .seal, outcome: .passed, [evidence], reason: nil, at: now,
      checking: {
        try checkRoom()
        for resource in artifact.manifest.resources where try !store.blobs.contains(resource.digest) {
          throw BlobError.missing(resource.digest)
        }
      }
    ) {
      try store.registry.admit(
        model: model, digest: digest, format: admitted.format, manifest: artifact.manifest,
        evidence: admitted.evidence + [evidence], submitter: order.principal, at: now)
    }
    let stage = ProtectReport.Stage(
      stage: .seal, outcome: .passed,
      summary: [
        "\(Wording.bytes(artifact.size)) encrypted with age for \("\(recipient)".prefix(16))…",
        "version \(version.number) of \(model)",
      ], findings: [], evidence: [evidence.id])
    return (SealedModel(version: version.number, format: admitted.format), stage)
  }
}
