// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import MartletAccess
import MartletBytes
import NIOCore
import NIOHTTP1
import NIOSSL

/// The keys of an identity provider at an `https` address. No redirect is followed, and no more is read than a key set may have.
struct KeySetAddress: KeySetSource {
  private let address: String

  private let patience: TimeAmount
  private let authorities: String?

  /// - Parameter authorities: a file with the certificates to trust in place of the system's.
  init(_ address: String, patience: TimeAmount = .seconds(10), authorities: String? = nil) {
    self.address = address
    self.patience = patience
    self.authorities = authorities
  }

  func fetch() async throws(KeySetError) -> [UInt8] {
    let client = HTTPClient(
      configuration: .forIdentityProviders(patience: patience, authorities: authorities))
    let result = await fetch(client)
    try? await client.shutdown()
    return try result.get()
  }

  private func fetch(_ client: HTTPClient) async -> Result<[UInt8], KeySetError> {
    do {
      let answer = try await client.execute(HTTPClientRequest(url: address), timeout: patience)
      guard answer.status == .ok else {
        return .failure(.unreachable("\(address) answers \(answer.status.code)"))
      }
      return .success(Array(buffer: try await answer.body.collect(upTo: Limits.keySet)))
    } catch is NIOTooManyBytesError {
      return .failure(.tooLarge)
    } catch {
      return .failure(.unreachable("\(address): \(error)"))
    }
  }
}

extension HTTPClient.Configuration {
  /// No redirect is followed.
  /// - Parameter authorities: a file with the certificates to trust in place of the system's.
  static func forIdentityProviders(patience: TimeAmount, authorities: String?) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: patience, read: patience)
    // A certificate that is not trusted does not become so by asking again until the time is over.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let authorities {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(authorities)
      configuration.tlsConfiguration = tls
    }
    return configuration
  }
}
