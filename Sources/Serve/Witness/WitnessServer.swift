// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTLS
package import Logging
package import MartletLog
import NIOCore
import NIOSSL

/// Why a witness cannot be run or reached.
package enum WitnessServerError: Error, Equatable, Sendable {
  case unreachable(String, reason: String)
  case notLoopback(String)
  case badCertificate(path: String, reason: String)
  case badAuthorities(path: String, reason: String)
}

extension WitnessServerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let address, let reason):
      "expected an answer from \(address), found \(reason); check the address, and that the witness runs"
    case .notLoopback(let host):
      "expected 127.0.0.1 or ::1 without a certificate, found \(host); give --certificate and --private-key, or let a proxy do TLS"
    case .badCertificate(let path, let reason):
      "expected a certificate chain and its key in PEM form at \(path), found \(reason)"
    case .badAuthorities(let path, let reason):
      "expected certificates in PEM form at \(path), found \(reason)"
    }
  }
}

/// Answers C2SP tlog-witness over HTTP: `POST /add-checkpoint` and `GET /<origin hash>/checkpoint`.
///
/// Anybody may ask: what is asked must be signed by a log that the witness watches.
package struct WitnessServer: Sendable {
  /// The certificate chain and private key files, in PEM form.
  package struct Identity: Sendable {
    let certificate: String
    let privateKey: String

    package init(certificate: String, privateKey: String) {
      self.certificate = certificate
      self.privateKey = privateKey
    }
  }

  private let witness: Witness
  private let logger: Logger

  package init(_ witness: Witness, logger: Logger) {
    self.witness = witness
    self.logger = logger
  }

  /// Runs until SIGTERM or SIGINT.
  /// - Parameters:
  ///   - port: 0 takes any free one.
  ///   - ready: called once with the port it listens on.
  /// - Throws: ``WitnessServerError``, and what the system says when the port is taken.
  package func run(
    host: String, port: Int, identity: Identity?, ready: @escaping @Sendable (_ port: Int) -> Void
  ) async throws {
    guard identity != nil || ["127.0.0.1", "::1", "localhost"].contains(host) else {
      throw WitnessServerError.notLoopback(host)
    }
    let tls = try identity.map(Self.tls)
    let application = Application(
      router: router, server: try tls.map { try .tls(.http1(), tlsConfiguration: $0) } ?? .http1(),
      configuration: .init(address: .hostname(host, port: port), serverName: "martlet"),
      onServerRunning: { channel in ready(channel.localAddress?.port ?? port) }, logger: logger)
    try await application.runService()
  }

  private static func tls(_ identity: Identity) throws -> TLSConfiguration {
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(identity.certificate)
      let key = try NIOSSLPrivateKey(file: identity.privateKey, format: .pem)
      return .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    } catch {
      throw WitnessServerError.badCertificate(path: identity.certificate, reason: "\(error)")
    }
  }

  var router: Router<BasicRequestContext> {
    let router = Router()
    router.post("add-checkpoint") { request, _ in
      let body = try await request.body.collect(upTo: AddCheckpointRequest.longest)
      return answer(Array(body.readableBytesView))
    }
    router.get(":hash/checkpoint") { _, context in
      let hash = try context.parameters.require("hash")
      guard let checkpoint = try witness.checkpoint(ofOriginHash: hash) else { throw HTTPError(.notFound) }
      return Self.response(.ok, checkpoint)
    }
    return router
  }

  private func answer(_ body: [UInt8]) -> Response {
    do throws(WitnessRefusal) {
      return Self.response(.ok, try witness.addCheckpoint(body, at: UInt64(Date().timeIntervalSince1970)))
    } catch {
      switch error {
      case .conflict(let size):
        return Self.response(.conflict, Array("\(size)\n".utf8), type: "text/x.tlog.size")
      case .unavailable(let reason): logger.error("cannot sign", metadata: ["reason": "\(reason)"])
      case .inconsistent, .notSigned: logger.warning("refused", metadata: ["reason": "\(error)"])
      case .malformed, .unknownLog: break
      }
      return Self.response(.init(code: error.status), Array("\(error)\n".utf8))
    }
  }

  private static func response(
    _ status: HTTPResponse.Status, _ body: [UInt8], type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }
}
