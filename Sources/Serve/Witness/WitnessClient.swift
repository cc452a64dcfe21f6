// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
package import MartletLog
import NIOCore
import NIOHTTP1
import NIOSSL

/// Carries `add-checkpoint` to a witness over HTTP.
package struct WitnessClient: Sendable {
  /// A witness answers with a few signature lines.
  private static let longestAnswer = 64 << 10
  private static let patience = TimeAmount.seconds(30)

  private let address: String
  private let tls: TLSConfiguration

  /// - Parameters:
  ///   - prefix: the witness's submission prefix, such as `https://witness.example.org`.
  ///   - authorities: a PEM file of those whose certificates are believed; the system's when it is nil.
  /// - Throws: ``WitnessServerError/badAuthorities(path:reason:)``.
  package init(prefix: String, authorities: String? = nil) throws(WitnessServerError) {
    address = (prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix) + "/add-checkpoint"
    var tls = TLSConfiguration.makeClientConfiguration()
    if let authorities {
      do { tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities)) } catch {
        throw .badAuthorities(path: authorities, reason: "\(error)")
      }
    }
    self.tls = tls
  }

  /// Sends a request and returns the answer, whatever its status. Redirections are not followed.
  /// - Throws: ``WitnessServerError/unreachable(_:reason:)``.
  package func send(_ body: [UInt8]) async throws -> WitnessAnswer {
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: .init(tlsConfiguration: tls, redirectConfiguration: .disallow))
    do {
      var request = HTTPClientRequest(url: address)
      request.method = .POST
      request.body = .bytes(ByteBuffer(bytes: body))
      let response = try await client.execute(request, timeout: Self.patience)
      let answer = try await response.body.collect(upTo: Self.longestAnswer)
      try await client.shutdown()
      return WitnessAnswer(status: Int(response.status.code), body: Array(answer.readableBytesView))
    } catch {
      try? await client.shutdown()
      throw WitnessServerError.unreachable(address, reason: "\(error)")
    }
  }
}
