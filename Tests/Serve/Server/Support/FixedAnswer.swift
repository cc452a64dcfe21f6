// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

/// A server over TLS that says the same to whoever asks for anything.
final class FixedAnswer: Sendable {
  private final class State: Sendable {
    let body: Mutex<[UInt8]>
    let asked = Atomic(0)

    init(_ body: [UInt8]) { self.body = Mutex(body) }
  }

  let port: Int
  private let channel: any Channel
  private let state: State

  init(_ body: [UInt8], tls: NIOSSLContext) async throws {
    let state = State(body)
    self.state = state
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(NIOSSLServerHandler(context: tls))
          try operations.configureHTTPServerPipeline()
          try operations.addHandler(Answering(state))
        }
      }.bind(host: "127.0.0.1", port: 0).get()
    port = try #require(channel.localAddress?.port)
  }

  deinit { channel.close(promise: nil) }

  /// How often it was asked.
  var asked: Int { state.asked.load(ordering: .relaxed) }

  func say(_ body: [UInt8]) { state.body.withLock { $0 = body } }

  private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let state: State

    init(_ state: State) { self.state = state }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .end = unwrapInboundIn(data) else { return }
      state.asked.add(1, ordering: .relaxed)
      let body = state.body.withLock { $0 }
      let head = HTTPResponseHead(
        version: .http1_1, status: .ok, headers: ["content-length": "\(body.count)", "connection": "close"])
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
