// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Closes connections and streams that keep the server waiting: whose next request does not come, or whose body comes too
/// slowly. A head that trickles in is no request yet, so that it counts as one that does not come.
final class SlowClientGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ConnectionSettings
  private let metrics: ServerMetrics
  private var timer: Scheduled<Void>?
  /// When it was begun to wait for the next head.
  private var waitingSince: NIODeadline?
  /// When the head of a request came whose end has not.
  private var readingSince: NIODeadline?
  private var received = 0
  /// Requests without an answer.
  private var unanswered = 0

  init(_ limits: ConnectionSettings, metrics: ServerMetrics) {
    self.limits = limits
    self.metrics = metrics
  }

  func handlerAdded(context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    waitingSince = .now()
    schedule(context)
  }

  func channelActive(context: ChannelHandlerContext) {
    waitingSince = .now()
    schedule(context)
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      unanswered += 1
      received = 0
      waitingSince = nil
      readingSince = .now()
    case .body(let buffer): received += buffer.readableBytes
    case .end: readingSince = nil
    }
    context.fireChannelRead(data)
  }

  /// A request was answered that did not come by here.
  func hasAnswered() { waitingSince = .now() }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      unanswered -= 1
      if unanswered <= 0 { waitingSince = .now() }
    }
    context.write(data, promise: promise)
  }

  /// Until when somebody has to have done something; `nil` while it is the server's turn.
  private var deadline: NIODeadline? {
    if let readingSince {
      let earned = Int64(received / max(1, limits.slowestBody))
      let allowed = min(limits.head + .seconds(earned), limits.request)
      return readingSince + allowed
    }
    return waitingSince.map { $0 + limits.idle }
  }

  private func schedule(_ context: ChannelHandlerContext) {
    guard timer == nil else { return }
    // What is waited for may change meanwhile to something with less time.
    let wake = min(deadline ?? .distantFuture, .now() + limits.head)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: wake) {
      let (slow, context) = bound.value
      slow.timer = nil
      if let deadline = slow.deadline, deadline <= .now() {
        slow.metrics.connectionRefused()
        context.close(promise: nil)
      } else {
        slow.schedule(context)
      }
    }
  }
}

@available(*, unavailable)
extension SlowClientGuard: Sendable {}
