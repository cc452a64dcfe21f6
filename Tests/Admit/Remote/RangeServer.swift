// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A small HTTP server on the loopback interface that sends parts of files, and lies where a test wants it to.
final class RangeServer: Sendable {
  enum Manner: Sendable {
    case honest, ignoresRanges, wrongRange, noRange, truncates, changesTag, shrinks, compresses
  }

  enum Reply: Sendable {
    case file([UInt8], Manner)
    case redirect(String)
    case json(String, next: String?)
  }

  struct Request: Sendable {
    let path: String
    let headers: HTTPHeaders
  }

  private struct State {
    var replies: [String: Reply] = [:]
    var requests: [Request] = []
    var sent = 0
  }

  private let state = Mutex(State())
  private let channel: any Channel
  let port: Int

  var requests: [Request] { state.withLock { $0.requests } }
  /// Bytes of bodies.
  var sent: Int { state.withLock { $0.sent } }
  var address: String { "http://127.0.0.1:\(port)" }

  private init(_ channel: any Channel, _ box: Box) {
    self.channel = channel
    port = channel.localAddress?.port ?? 0
    box.server.withLock { $0 = self }
  }

  private final class Box: Sendable { let server = Mutex<RangeServer?>(nil) }

  @discardableResult
  static func with<Result>(
    _ replies: [String: Reply], certificate: TestAuthority.Certificate? = nil,
    _ body: (RangeServer) async throws -> Result
  ) async throws -> Result {
    let box = Box()
    let tls = try certificate.map { try NIOSSLContext(configuration: $0.configuration) }
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(box.server.withLock { $0 }))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let server = RangeServer(channel, box)
    server.state.withLock { $0.replies = replies }
    do {
      let result = try await body(server)
      box.server.withLock { $0 = nil }
      try? await channel.close()
      return result
    } catch {
      box.server.withLock { $0 = nil }
      try? await channel.close()
      throw error
    }
  }

  func reply(_ path: String, _ reply: Reply) { state.withLock { $0.replies[path] = reply } }

  fileprivate func answer(_ head: HTTPRequestHead) -> (HTTPResponseHead, [UInt8], closes: Bool) {
    let path = String(head.uri.prefix { $0 != "?" })
    let (reply, count) = state.withLock { state in
      state.requests.append(Request(path: head.uri, headers: head.headers))
      return (state.replies[head.uri] ?? state.replies[path], state.requests.count)
    }
    var headers = HTTPHeaders()
    var status = HTTPResponseStatus.ok
    var body: [UInt8] = []
    var closes = false
    switch reply {
    case nil: status = .notFound
    case .redirect(let target):
      status = .found
      headers.add(name: "Location", value: target)
    case .json(let text, let next):
      body = Array(text.utf8)
      if let next { headers.add(name: "Link", value: "<\(next)>; rel=\"next\"") }
    case .file(let bytes, let manner):
      headers.add(name: "ETag", value: manner == .changesTag ? "\"\(count)\"" : "\"1\"")
      if manner == .compresses { headers.add(name: "Content-Encoding", value: "gzip") }
      body = bytes
      let numbers = head.headers.first(name: "range")?.split(whereSeparator: { !$0.isNumber }).compactMap {
        Int($0)
      }
      if let numbers, numbers.count == 2, manner != .ignoresRanges {
        let end = min(bytes.count, numbers[1] + 1)
        guard numbers[0] < end else {
          status = .rangeNotSatisfiable
          headers.add(name: "Content-Range", value: "bytes */\(bytes.count)")
          body = []
          break
        }
        status = .partialContent
        body = Array(bytes[numbers[0]..<end])
        let shift = manner == .wrongRange ? 1 : 0
        let size = manner == .shrinks ? bytes.count - count : bytes.count
        if manner != .noRange {
          headers.add(name: "Content-Range", value: "bytes \(numbers[0] + shift)-\(end - 1 + shift)/\(size)")
        }
      }
    }
    headers.add(name: "Content-Length", value: "\(body.count)")
    if case .file(_, .truncates) = reply {
      body.removeLast(body.count / 2)
      closes = true
    }
    state.withLock { $0.sent += body.count }
    return (HTTPResponseHead(version: .http1_1, status: status, headers: headers), body, closes)
  }

  private final class Handler: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let server: RangeServer?

    init(_ server: RangeServer?) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(let head) = unwrapInboundIn(data), let server else { return }
      let (answer, body, closes) = server.answer(head)
      context.write(wrapOutboundOut(.head(answer)), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
      if closes { return context.close(promise: nil) }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
