// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletInference
import MartletLifecycle
import NIOCore
import NIOHTTPTypes
import NIOPosix

extension InferenceDoor {
  func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
    switch (state, part) {
    case (.passing, .head(let head)):
      if head.method == .post, let address = ModelAddress(inferencePath: head.path ?? "") {
        begin(head, address, context)
      } else {
        passed += 1
        context.fireChannelRead(wrapInboundOut(part))
      }
    case (.passing, _): context.fireChannelRead(wrapInboundOut(part))
    case (.deciding(var question), .body(let buffer)):
      question.body.writeImmutableBuffer(buffer)
      state = .deciding(question)
    case (.deciding(var question), .end):
      question.isComplete = true
      state = .deciding(question)
    case (.taking(var question, let admitted), .body(let buffer)):
      // Not two owners of one buffer, which would be copied for it.
      state = .discarding
      if question.body.readableBytes + buffer.readableBytes > admitted.model.settings.body {
        admitted.model.leave()
        return respond(to: question, .failure(.tooLarge), context)
      }
      if question.body.readableBytes == 0 {
        question.body = buffer
      } else {
        question.body.writeImmutableBuffer(buffer)
      }
      state = .taking(question, admitted)
    case (.taking(let question, let admitted), .end): answer(question, admitted, context)
    case (.discarding, .end):
      state = .passing
      releaseHeld(context)
    case (.discarding, _), (.answering, _), (.deciding, .head), (.taking, .head): break
    }
  }

  private func begin(_ head: HTTPRequest, _ address: ModelAddress, _ context: ChannelHandlerContext) {
    let trace = TraceContext(head.headerFields[.traceparent])
    var question = Question(address: address, head: head, trace: trace, begun: .now)
    let authorization = head.headerFields[.authorization]
    let presented = Doorkeeper.Presented(
      authorization: authorization, certificate: authorization == nil ? context.channel.peerIdentity : nil)
    do throws(Refusal) {
      if let asker = service.doorkeeper.recogniseFromMemory(presented) {
        question.asker = asker.principal.id
        if let admission = try service.desk.admitFromMemory(
          asker, address, network: network(context), trace: trace)
        {
          return admit(question, admission, context)
        }
      }
    } catch {
      state = .discarding
      return respond(to: question, .failure(error), context)
    }
    state = .deciding(question)
    generation += 1
    let (service, turn, network) = (service, generation, network(context))
    let promise = context.eventLoop.makePromise(of: (Admission, String).self)
    promise.completeWithTask {
      let asker = try await service.doorkeeper.recognise(presented)
      let admission = try await ServerThreads.asking.runIfActive {
        try service.desk.admit(asker, address, network: network, trace: trace)
      }
      return (admission, asker.principal.id)
    }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { result in
      let (door, context) = bound.value
      guard door.generation == turn, case .deciding(var question) = door.state else { return }
      switch result {
      case .success(let (admission, asker)):
        question.asker = asker
        door.admit(question, admission, context)
      case .failure(let error):
        door.state = question.isComplete ? .answering(question) : .discarding
        door.respond(to: question, .failure(service.refusal(for: error)), context)
      }
      door.releaseHeld(context)
    }
  }

  /// Takes the body of somebody who may ask.
  private func admit(_ question: Question, _ admission: Admission, _ context: ChannelHandlerContext) {
    let model = admission.model
    var question = question
    question.access = .now - question.begun
    let refusal: Refusal
    do throws(Refusal) {
      let form = try QuestionForm(question.head.headerFields)
      // Who announces too much need not send it.
      let announced = question.head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
      if max(announced, question.body.readableBytes) > model.settings.body { throw .tooLarge }
      guard model.enter() else { throw .busy }
      let admitted = Admitted(admission: admission, form: form)
      if question.isComplete { return answer(question, admitted, context) }
      state = .taking(question, admitted)
      if question.head.headerFields[.expect]?.lowercased() == "100-continue" {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
      return
    } catch {
      refusal = error
    }
    state = question.isComplete ? .answering(question) : .discarding
    respond(to: question, .failure(refusal), context)
  }

  private func answer(_ question: Question, _ admitted: Admitted, _ context: ChannelHandlerContext) {
    let (service, admission, form, body) = (service, admitted.admission, admitted.form, question.body)
    let model = admission.model
    state = .answering(question)
    if model.batcher == nil, model.isQuick, body.readableBytes <= Self.quickBody {
      let result = Self.result(service, body, form, admission)
      model.leave()
      return respond(to: question, result, context)
    }
    generation += 1
    let turn = generation
    let promise = context.eventLoop.makePromise(of: Result<AnswerBody, Refusal>.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    promise.futureResult.whenSuccess { result in
      let (door, context) = bound.value
      guard door.generation == turn, case .answering(let question) = door.state else { return }
      door.respond(to: question, result, context)
    }
    ServerThreads.working.submit { _ in
      if let batcher = model.batcher {
        do throws(Refusal) {
          let passage = try Self.read(service, body, form, admission)
          service.desk.answer(passage, with: batcher, of: model) { result in
            model.leave()
            promise.succeed(result)
          }
        } catch {
          model.leave()
          promise.succeed(.failure(error))
        }
      } else {
        let result = Self.result(service, body, form, admission)
        model.leave()
        promise.succeed(result)
      }
    }
  }

  private static func result(
    _ service: DoorService, _ body: ByteBuffer, _ form: QuestionForm, _ admission: Admission
  ) -> Result<AnswerBody, Refusal> {
    unsafe body.withUnsafeReadableBytes { bytes in
      let span = unsafe Span<UInt8>(_unsafeBytes: bytes)
      var memory = EnvelopeMemory()
      do throws(Refusal) {
        return .success(try service.desk.answer(span, form, by: admission, remembering: &memory))
      } catch {
        return .failure(error)
      }
    }
  }

  private static func read(
    _ service: DoorService, _ body: ByteBuffer, _ form: QuestionForm, _ admission: Admission
  ) throws(Refusal) -> Sentry.Passage {
    let result = unsafe body.withUnsafeReadableBytes { bytes -> Result<Sentry.Passage, Refusal> in
      let span = unsafe Span<UInt8>(_unsafeBytes: bytes)
      var memory = EnvelopeMemory()
      do throws(Refusal) {
        return .success(try service.desk.read(span, form, for: admission, remembering: &memory))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Bytes of a body that is read where the connection is served.
  static let quickBody = 64 << 10
}
