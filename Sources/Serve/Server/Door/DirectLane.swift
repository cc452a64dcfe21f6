// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletInference
import NIOCore

/// Answers questions to models out of the bytes of an HTTP/1.1 connection, without a parser that knows all of HTTP, and without
/// its types: for a small model they cost more than the answer.
///
/// It stands between TLS and the parser. Only a question with a plain head (``PlainHead``) is its business, that has come whole, with
/// a key that is known and to a small model that is loaded. All else goes on as it came; of a request with a plain head it knows
/// where it ends, and takes up again behind it once it is answered. Behind what it does not understand it never takes up
/// again: there are no two opinions on one connection about where a request begins.
final class DirectLane: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum State: Equatable {
    /// The next byte is the first of a request, and nobody waits for an answer.
    case between
    /// The parser has a request, of which so many bytes are still to come.
    case passing(Int)
    /// Everything is for the parser, until the end of the connection.
    case through
  }

  private enum Step {
    /// So many bytes were a question.
    case answered(Int, ByteBuffer)
    /// So many bytes are a request for the parser.
    case other(Int)
    case unknown
  }

  let service: DoorService
  private let limits: ConnectionSettings
  private var state = State.between
  /// The head that came last, which most connections send again and again.
  private var known: KnownHead?
  private var memory = EnvelopeMemory()
  /// What stands behind the parser.
  private var behind: (door: InferenceDoor, slow: SlowClientGuard)?

  init(_ service: DoorService, _ limits: ConnectionSettings) {
    self.service = service
    self.limits = limits
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    guard let (door, slow) = found(context) else { return context.fireChannelRead(data) }
    if state == .passing(0), door.isIdle { state = .between }
    var hasAnswered = false
    while state == .between, buffer.readableBytes > 0 {
      switch step(buffer, context, door) {
      case .answered(let count, let answer):
        buffer.moveReaderIndex(forwardBy: count)
        context.write(wrapOutboundOut(answer), promise: nil)
        hasAnswered = true
      case .other(let count):
        let here = min(count, buffer.readableBytes)
        state = .passing(count - here)
        // What was answered before goes out before.
        if hasAnswered { context.flush() }
        guard let part = buffer.readSlice(length: here) else { break }
        context.fireChannelRead(wrapInboundOut(part))
        if state == .passing(0), door.isIdle { state = .between }
      case .unknown: state = .through
      }
    }
    if hasAnswered {
      slow.hasAnswered()
      context.flush()
    }
    guard buffer.readableBytes > 0 else { return }
    if case .passing(let left) = state {
      state = left >= buffer.readableBytes ? .passing(left - buffer.readableBytes) : .through
    }
    context.fireChannelRead(wrapInboundOut(buffer))
  }

  private func step(
    _ buffer: ByteBuffer, _ context: ChannelHandlerContext, _ door: InferenceDoor
  ) -> Step {
    unsafe buffer.withUnsafeReadableBytes { bytes in
      let bytes = unsafe Span<UInt8>(_unsafeBytes: bytes)
      if let known, known.matches(bytes) {
        return answer(bytes, known, context, door)
      }
      guard let head = PlainHead(bytes, atMost: limits.headers, fields: limits.headerFields) else {
        return .unknown
      }
      known = KnownHead(head, bytes)
      guard let known else { return .other(head.count + head.length) }
      return answer(bytes, known, context, door)
    }
  }

  private func answer(
    _ bytes: Span<UInt8>, _ known: KnownHead, _ context: ChannelHandlerContext, _ door: InferenceDoor
  ) -> Step {
    let (start, end) = (known.head.count, known.head.count + known.head.length)
    guard end <= bytes.count, known.head.length <= InferenceDoor.quickBody,
      let answer = service.answer(
        known, bytes.extracting(known.credential), bytes.extracting(start..<end), door.network(context),
        remembering: &memory, context.channel.allocator)
    else { return .other(end) }
    return .answered(end, answer)
  }

  private func found(_ context: ChannelHandlerContext) -> (door: InferenceDoor, slow: SlowClientGuard)? {
    if let behind { return behind }
    let operations = context.pipeline.syncOperations
    guard let door = try? operations.handler(type: InferenceDoor.self),
      let slow = try? operations.handler(type: SlowClientGuard.self)
    else { return nil }
    behind = (door, slow)
    return behind
  }

  func handlerRemoved(context: ChannelHandlerContext) { behind = nil }
}

@available(*, unavailable)
extension DirectLane: Sendable {}
