// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEncrypt
import MartletEvidence
import MartletInterface
import MartletLifecycle
import MartletRegistry
import NIOCore

extension APIRoutes {
  func answerAboutVersions(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let principal = try question.principal
    switch question.operation.id {
    case .listVersions:
      let asker = try question.asker
      let seen = try await onThread {
        try lifecycle.store.registry.summaries().filter { asker.may(.view, .model($0.model)).allowed }
      }
      return try .json(seen)
    case .showModel:
      let model = try question.model
      let versions = try await onThread { try lifecycle.store.registry.summaries(of: model) }
      guard !versions.isEmpty else { throw Refusal.notFound }
      return try .json(versions)
    case .showVersion: return try await summary(of: try question.version)
    case .getFile: return try await file(question)
    case .setTags:
      let name = try question.version
      let tags = try await document(TagsDocument.self, question)
      try await onThread {
        for (tag, value) in tags.set ?? [:] { _ = try lifecycle.tag(name, tag, value, by: principal) }
        for tag in tags.remove ?? [] { _ = try lifecycle.tag(name, tag, nil, by: principal) }
      }
      return try await summary(of: name)
    case .setLineage:
      let name = try question.version
      let lineage = try await document(Lineage.self, question)
      _ = try await onThread { try lifecycle.setLineage(lineage, of: name, by: principal) }
      return try await summary(of: name)
    case .setAlias:
      let model = try question.model
      let alias = try question.parameter("alias")
      let named = try await document(AliasDocument.self, question).version
      let name = try VersionName(named, of: model)
      _ = try await onThread { try lifecycle.setAlias(alias, to: name, by: principal) }
      return try await summary(of: name)
    case .removeAlias:
      let model = try question.model
      let alias = try question.parameter("alias")
      try await onThread { try lifecycle.removeAlias(alias, of: model, by: principal) }
      return Response(status: .noContent)
    default: throw Refusal.notFound
    }
  }

  /// What the registry says of a version.
  func summary(of name: VersionName) async throws -> Response {
    let registry = lifecycle.store.registry
    let found = try await onThread { () throws -> VersionSummary? in
      let version = try registry.version(name)
      return try registry.summaries(of: version.model, number: version.number).first
    }
    guard let found else { throw Refusal.notFound }
    return try .json(found)
  }

  /// A file is opened and hashed whole before its first byte leaves.
  private func file(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let name = try question.version
    let place = try question.number("file")
    let isSealed = try question.flag("sealed")
    let principal = try question.principal
    let file = try await onThread { () throws -> PulledFile in
      try lifecycle.pullFile(place, of: name, isSealed: isSealed, by: principal)
    }
    let body = ResponseBody(contentLength: file.count) { writer in
      var done = 0
      while done < file.count {
        let piece = done..<min(done + 256 << 10, file.count)
        try await writer.write(file.buffer(piece))
        done = piece.upperBound
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: [.contentType: "application/octet-stream"], body: body)
  }
}

extension PulledFile {
  fileprivate func buffer(_ range: Range<Int>) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(range.count)
    unsafe withUnsafeBytes { unsafe _ = buffer.writeBytes(UnsafeRawBufferPointer(rebasing: $0[range])) }
    return buffer
  }
}

private struct TagsDocument: Decodable {
  let set: [String: String]?
  let remove: [String]?
}

private struct AliasDocument: Decodable { let version: String }
