// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletInterface
import MartletLifecycle
import MartletLog

extension APIRoutes {
  func answerAboutLog(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    switch question.operation.id {
    case .getCheckpoint:
      return .text(try await onThread { try lifecycle.store.log.reader.snapshot().file })
    case .listEntries:
      let before = try question.number("before", in: 0...1 << 53, otherwise: 1 << 53)
      let limit = try question.number("limit", in: 1...1_000, otherwise: 100)
      let page = try await onThread {
        try lifecycle.logPage(before: UInt64(before), count: UInt64(limit))
      }
      return try .json(
        EntriesDocument(
          size: page.checkpoint.size, entries: page.entries.map { .init(index: $0.index, record: $0.record) })
      )
    case .proveEntry:
      let index = UInt64(try question.number("index"))
      let proof = try await onThread { () throws -> [UInt8]? in try lifecycle.proof(of: index)?.encoded }
      guard let proof else { throw Refusal.notFound }
      return .text(proof)
    default: throw Refusal.notFound
    }
  }
}

private struct EntriesDocument: Encodable {
  struct Entry: Encodable {
    let index: UInt64
    let record: Record?
  }

  let size: UInt64
  let entries: [Entry]
}
