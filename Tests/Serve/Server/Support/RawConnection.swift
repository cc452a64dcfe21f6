// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// A TLS connection that sends what it is told, byte for byte, and knows nothing about HTTP but how to find the end of an answer.
final class RawConnection: @unchecked Sendable {
  // One test task uses it at a time.
  private let channel: any Channel
  private let arrivals: AsyncStream<ByteBuffer>
  private var iterator: AsyncStream<ByteBuffer>.Iterator
  private(set) var received: [UInt8] = []

  init(port: Int, tls: NIOSSLContext) async throws {
    let (arrivals, arrived) = AsyncStream<ByteBuffer>.makeStream()
    self.arrivals = arrivals
    iterator = arrivals.makeAsyncIterator()
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            try NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
          try channel.pipeline.syncOperations.addHandler(Arrivals(arrived))
        }
      }.connect(host: "127.0.0.1", port: port).get()
  }

  func close() { channel.close(promise: nil) }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Waits for more.
  /// - Returns: false when the other side has closed.
  func more() async -> Bool {
    guard let buffer = await iterator.next() else { return false }
    received += Array(buffer: buffer)
    return true
  }

  /// Waits until the other side has closed, and returns all that came and was not taken yet.
  func rest() async -> String {
    while await more() {}
    return String(decoding: received, as: UTF8.self)
  }

  func take(_ count: Int) async -> [UInt8]? {
    while received.count < count { guard await more() else { return nil } }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }

  /// Sends a request as curl would, and reads its answer.
  func ask(_ method: String, _ path: String, key: APIKey? = nil, fields: [String] = [], body: [UInt8]? = nil)
    async throws
    -> RawAnswer
  {
    var head = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + fields
    if let key { head.append("Authorization: Bearer \(key.reveal())") }
    if let body { head.append("Content-Length: \(body.count)") }
    try await send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? []))
    return try #require(await answer(), "no answer to \(method) \(path)")
  }

  /// The next answer; `nil` when the connection ends before it is whole.
  func answer() async -> RawAnswer? {
    while true {
      if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        let lines = head.split(separator: "\r\n").map(String.init)
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
          guard let colon = line.firstIndex(of: ":") else { continue }
          fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
            in: .whitespaces)
        }
        let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
        let length = fields["content-length"].flatMap { Int($0) } ?? 0
        received.removeFirst(end.upperBound)
        if status == 100 { continue }
        guard let body = await take(length) else { return nil }
        return RawAnswer(status: status, fields: fields, body: body)
      }
      guard await more() else { return nil }
    }
  }
}

struct RawAnswer: Sendable {
  let status: Int
  let fields: [String: String]
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Passes on what arrives.
private final class Arrivals: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let arrived: AsyncStream<ByteBuffer>.Continuation

  init(_ arrived: AsyncStream<ByteBuffer>.Continuation) { self.arrived = arrived }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { arrived.yield(unwrapInboundIn(data)) }

  func channelInactive(context: ChannelHandlerContext) {
    arrived.finish()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// A connection without TLS.
final class PlainConnection: @unchecked Sendable {
  // One test task uses it at a time.
  private let channel: any Channel
  private var iterator: AsyncStream<ByteBuffer>.Iterator

  init(port: Int) async throws {
    let (arrivals, arrived) = AsyncStream<ByteBuffer>.makeStream()
    iterator = arrivals.makeAsyncIterator()
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Arrivals(arrived))
        }
      }.connect(host: "127.0.0.1", port: port).get()
  }

  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Waits until the other side has closed.
  func rest() async -> [UInt8] {
    var received: [UInt8] = []
    while let buffer = await iterator.next() { received += Array(buffer: buffer) }
    return received
  }
}
