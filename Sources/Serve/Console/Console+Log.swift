// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEvidence
import MartletLifecycle
import MartletLog

extension Console {
  func mountLog<Context: RequestContext>(on router: Router<Context>) {
    router.get("log") { request, _ in
      let search = try LogSearch(request.uri)
      return try await show(request) { visitor in try logPage(visitor, search) }
    }
    router.get("log/{index}") { request, context in
      let index = context.parameters.get("index") ?? ""
      return try await show(request) { visitor in try proofPage(index, visitor) }
    }
    router.get("log/{index}/proof") { request, context in
      let index = context.parameters.get("index") ?? ""
      return try await show(request) { visitor in
        let (number, proof, _) = try proof(index, visitor)
        return .file(proof.encoded, named: "entry-\(number).tlog-proof")
      }
    }
  }

  private func logPage(_ visitor: Visitor, _ search: LogSearch) throws -> Response {
    try require(.audit, .everything, visitor)
    let chrome = Chrome("Log", visitor, at: .log, forms)
    do {
      let names = try lifecycle.principalNames()
      let page: MartletLifecycle.LogPage
      if search.isEmpty {
        page = try lifecycle.logPage(before: search.before, count: Self.entriesOfAPage)
      } else {
        page = try lifecycle.logPage(
          matching: search.filter(names), before: search.before, atMost: Int(Self.entriesOfAPage))
      }
      return .page(
        LogPageView(chrome: chrome, page, search: search, names: names, key: lifecycle.logVerifierKey))
    } catch let error as LogError {
      return .page(
        LogPageView(chrome: chrome, damage: error, search: search), status: .internalServerError)
    }
  }

  private func proofPage(_ index: String, _ visitor: Visitor) throws -> Response {
    let (number, proof, record) = try proof(index, visitor)
    // It was made from the log a moment ago, and is checked as whoever gets it would check it.
    let policy = try WitnessPolicy()
    let entry = proof.extra ?? []
    let verified = try proof.verify(entry: entry.span, key: lifecycle.store.log.reader.key, policy: policy)
    return .page(
      ProofPage(
        chrome: Chrome("Entry \(number)", visitor, at: .log, forms), number, proof, record,
        names: try lifecycle.principalNames(), checkpoint: verified.checkpoint,
        witnesses: try cosigners(proof), key: lifecycle.logVerifierKey))
  }

  private func cosigners(_ proof: TlogProof) throws -> Int {
    let lines = String(decoding: proof.checkpoint, as: UTF8.self).split(separator: "\n")
    return max(0, lines.count { $0.hasPrefix("— ") } - 1)
  }

  /// The entry with its proof, for whoever may audit the store, or the model that it is about.
  private func proof(
    _ index: String, _ visitor: Visitor
  ) throws -> (index: UInt64, proof: TlogProof, record: Record?) {
    let mayAll = visitor.asker.may(.audit, .everything).allowed
    guard mayAll || visitor.asker.mayAnywhere(.audit) else {
      try require(.audit, .everything, visitor)
      throw ConsoleRefusal.forbidden
    }
    guard let number = UInt64(index), let proof = try lifecycle.proof(of: number) else {
      if !mayAll { try require(.audit, .everything, visitor) }
      throw ConsoleRefusal.notFound
    }
    let record = proof.extra.flatMap { try? Record(entry: $0) }
    if !mayAll {
      // What is there and is not the visitor's looks like what is not there.
      try require(.audit, record?.model.map(Resource.model) ?? .everything, visitor)
    }
    return (number, proof, record)
  }

  private static let entriesOfAPage: UInt64 = 50
}
