// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import HTTPTypes
import Hummingbird
import MartletInference
import MartletLifecycle
import NIOCore
import NIOHTTPTypes

/// Answers questions to models where the connection is served, without handing them to another thread: a small model answers
/// faster than that would take. Everything else goes through to the router.
///
/// It stands behind the HTTP codec of a connection (HTTP/1.1) or a stream (HTTP/2). A question is access first: who asks is
/// recognised and allowed before the body is read. What has to wait for the database, a model that takes long, and large bodies are
/// left to threads that may wait; meanwhile nothing more is read from the connection, and answers keep the order of requests.
final class InferenceDoor: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  enum State {
    /// Nothing of ours is going on.
    case passing
    /// Access or the model is being looked up; what comes is kept.
    case deciding(Question)
    case taking(Question, Admitted)
    /// Answered before the end of the body, the rest of which is thrown away.
    case discarding
    /// The body is complete, and the model works.
    case answering(Question)
  }

  struct Question {
    let address: ModelAddress
    let head: HTTPRequest
    let trace: TraceContext?
    let begun: ContinuousClock.Instant
    var body = ByteBuffer()
    var isComplete = false
    var asker: String?
    /// How long it took to let the asker in.
    var access: Duration?
  }

  struct Admitted {
    let admission: Admission
    let form: QuestionForm

    var model: HostedModel { admission.model }
  }

  let service: DoorService
  var state = State.passing
  /// Tells a late answer to a question that is gone from one that is awaited.
  var generation = 0
  /// Requests of the router that are not answered yet.
  var passed = 0
  /// What came while it was not its turn.
  private var held: CircularBuffer<HTTPRequestPart> = []
  private var wantsRead = false
  /// Where the connection comes from, for the guard; asked for once.
  private var network: String??
  var isQuiescing = false
  private var heldInputClosed = false
  private var hasFailed = false

  init(_ service: DoorService) {
    self.service = service
  }

  // MARK: What comes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if held.isEmpty, isTurn(of: part) { return take(part, context) }
    held.append(part)
  }

  func read(context: ChannelHandlerContext) {
    if isBusy || !held.isEmpty { wantsRead = true } else { context.read() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    hasFailed = true
    guard isOurs else { return context.fireErrorCaught(error) }
    forget()
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    forget()
    held = []
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent where isOurs: isQuiescing = true
    case ChannelEvent.inputClosed where isBusy || !held.isEmpty: heldInputClosed = true
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: What goes out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    context.write(data, promise: promise)
    if case .end = part {
      passed -= 1
      context.flush()
      releaseHeld(context)
    }
  }

  /// The network that questions on this connection are counted for.
  func network(_ context: ChannelHandlerContext) -> String? {
    if let network { return network }
    let found = context.channel.networkGroup
    network = .some(found)
    return found
  }

  // MARK: Turns

  /// Whether all that has come is answered.
  var isIdle: Bool { !isOurs && passed == 0 && held.isEmpty && !hasFailed }

  /// Whether a question is being dealt with.
  private var isOurs: Bool { if case .passing = state { false } else { true } }

  /// Whether nothing more may come until somebody else is ready.
  private var isBusy: Bool {
    switch state {
    case .deciding, .answering: true
    default: false
    }
  }

  private func isTurn(of part: HTTPRequestPart) -> Bool {
    switch state {
    case .answering: return false
    case .passing:
      guard case .head(let head) = part else { return true }
      return passed == 0 || head.method != .post || ModelAddress(inferencePath: head.path ?? "") == nil
    // What comes after the end of a question is the next one's.
    case .deciding(let question): return !question.isComplete
    case .taking, .discarding: return true
    }
  }

  func releaseHeld(_ context: ChannelHandlerContext) {
    var hasTaken = false
    while let next = held.first, isTurn(of: next) {
      take(held.removeFirst(), context)
      hasTaken = true
    }
    // Whoever stands behind looks at what has come only then.
    if hasTaken { context.fireChannelReadComplete() }
    guard held.isEmpty, !isBusy else { return }
    if heldInputClosed {
      heldInputClosed = false
      context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }
    if wantsRead {
      wantsRead = false
      context.read()
    }
  }

  private func forget() {
    if case .taking(_, let admitted) = state { admitted.model.leave() }
    generation += 1
    state = .passing
  }
}

@available(*, unavailable)
extension InferenceDoor: Sendable {}
