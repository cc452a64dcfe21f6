// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletBytes
import MartletInterface
import MartletLifecycle
import MartletRegistry

extension APIRoutes {
  func answerAboutPushes(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let principal = try question.principal
    if question.operation.id == .beginPush {
      let offer = try await document(PushOffer.self, question)
      try question.context.require(.submit, .model(offer.model), recorder: recorder)
      let (known, status) = try await onThread { try lifecycle.beginPush(offer, by: principal) }
      if let known { return try .json(known) }
      return try .json(status, status: .accepted)
    }
    let push = try question.parameter("push")
    let model = try await onThread { try lifecycle.modelOfPush(push, by: principal) }
    try question.context.require(.submit, .model(model), recorder: recorder)
    switch question.operation.id {
    case .showPush: return try .json(await onThread { try lifecycle.pushStatus(push, by: principal) })
    case .putPiece:
      let file = try question.number("file")
      let piece = try question.number("piece")
      let body = try await bytes(question, atMost: Lifecycle.pieceSize)
      let bytes = Bytes(body.readableBytesView)
      try await onThread {
        try lifecycle.push(bytes, id: push, file: file, piece: piece, by: principal)
      }
      return Response(status: .noContent)
    case .completePush:
      let report = try await onThread { try lifecycle.completePush(push, by: principal) }
      return try .json(report, status: report.refusal == nil ? .ok : .unprocessableContent)
    case .cancelPush:
      try await onThread { try lifecycle.cancelPush(push, by: principal) }
      return Response(status: .noContent)
    default: throw Refusal.notFound
    }
  }
}
