// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletInference
import NIOCore
import NIOHTTPTypes

extension InferenceDoor {
  /// Writes the answer. The state says whether more of the body is to come.
  func respond(
    to question: Question, _ result: Result<AnswerBody, Refusal>, _ context: ChannelHandlerContext
  ) {
    var fields = service.fields
    let status: HTTPResponse.Status
    let body: ByteBuffer
    switch result {
    case .success(let answer):
      status = .ok
      if let length = answer.jsonLength {
        fields[.contentType] = "application/octet-stream"
        fields[.inferenceHeaderContentLength] = String(length)
      } else {
        fields[.contentType] = "application/json"
      }
      body = context.channel.allocator.buffer(bytes: answer.bytes)
    case .failure(let refusal):
      status = refusal.status
      for field in refusal.headers { fields.append(field) }
      fields[.contentType] = "application/json"
      body = context.channel.allocator.buffer(bytes: refusal.body)
    }
    fields[.date] = service.date.text
    fields[.contentLength] = String(body.readableBytes)
    let isLast = isQuiescing || question.head.headerFields[.connection]?.lowercased() == "close"
    if isQuiescing { fields[.connection] = "close" }
    context.write(wrapOutboundOut(.head(HTTPResponse(status: status, headerFields: fields))), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: nil)
    let written: EventLoopPromise<Void>? = isLast ? context.eventLoop.makePromise() : nil
    if let written {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    service.note(
      Answered(
        method: .post, path: nil, route: "infer",
        status: status.code,
        asker: question.asker, trace: question.trace, duration: .now - question.begun,
        access: question.access,
        model: question.address.model))
    if case .answering = state {
      state = .passing
      releaseHeld(context)
    }
  }
}
