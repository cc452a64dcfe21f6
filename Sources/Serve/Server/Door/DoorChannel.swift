// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// A connection: TLS 1.3 with the certificate that holds now, then HTTP/1.1 or HTTP/2 as the two sides agree.
struct DoorChannel: ServerChildChannel {
  struct Value: ServerChildChannelValue {
    let channel: any Channel
    let negotiated: EventLoopFuture<Negotiated>
  }

  enum Negotiated: Sendable {
    case http1(HTTP1Channel.Value)
    case http2(HTTP2Channel.Value)
  }

  private let http1: HTTP1Channel
  private let http2: HTTP2Channel
  private let tls: TLSKeeper
  private let limits: ConnectionSettings
  private let service: DoorService
  private var metrics: ServerMetrics { service.metrics }

  init(
    _ service: DoorService, tls: TLSKeeper, limits: ConnectionSettings,
    responder: @escaping HTTPChannelHandler.Responder
  ) {
    self.tls = tls
    self.limits = limits
    self.service = service
    let configuration = HTTP1Channel.Configuration(
      additionalChannelHandlers: [SlowClientGuard(limits, metrics: service.metrics), InferenceDoor(service)],
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.headers, maxHeaderListSize: limits.headers,
        maxHeaderFieldCount: limits.headerFields))
    http1 = HTTP1Channel(responder: responder, configuration: configuration)
    http2 = HTTP2Channel(
      responder: responder,
      configuration: .init(
        idleTimeout: .nanoseconds(limits.idle.nanoseconds), gracefulCloseTimeout: .seconds(30),
        streamConfiguration: configuration))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    metrics.connectionOpened()
    channel.closeFuture.whenComplete { [metrics] _ in metrics.connectionClosed() }
    return channel.eventLoop.makeCompletedFuture {
      let operations = channel.pipeline.syncOperations
      let door = NIOSSLServerHandler(context: tls.context)
      try operations.addHandler(door)
      let identify = NIOLoopBound(door, eventLoop: channel.eventLoop)
      let protocols = NIOTypedApplicationProtocolNegotiationHandler<Negotiated> { result in
        if let certificate = identify.value.peerCertificate, let identity = tls.identity(of: certificate) {
          PeerIdentities.shared.note(identity, of: channel)
        }
        return switch result {
        case .negotiated("h2"): http2.setup(channel: channel, logger: logger).map { .http2($0) }
        case .negotiated("http/1.1"), .fallback:
          direct(channel).flatMap { http1.setup(channel: channel, logger: logger) }.map { .http1($0) }
        case .negotiated: channel.close().flatMapThrowing { throw ChannelError.unknownLocalAddress }
        }
      }
      try operations.addHandler(protocols)
      let negotiated = protocols.protocolNegotiationResult
      let late = channel.eventLoop.scheduleTask(in: limits.handshake) { [metrics] in
        metrics.connectionRefused()
        channel.close(promise: nil)
      }
      negotiated.whenComplete { _ in late.cancel() }
      return Value(channel: channel, negotiated: negotiated)
    }
  }

  /// What comes before the parser of HTTP/1.1.
  private func direct(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      // Whoever does not take their answers is not asked for more questions.
      try channel.pipeline.syncOperations.addHandlers([BackPressureHandler(), DirectLane(service, limits)])
    }
  }

  func handle(value: Value, logger: Logger) async {
    guard let negotiated = try? await value.negotiated.get() else { return }
    switch negotiated {
    case .http1(let connection): await http1.handle(value: connection, logger: logger)
    case .http2(let connection): await http2.handle(value: connection, logger: logger)
    }
  }
}
