// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import MartletAccess
import MartletBytes
import NIOCore
import NIOHTTP1

/// The keys of an identity provider at an `https` address. No redirect is followed, and no more is read than a key set may have.
struct KeySetAddress: KeySetSource {
  private let address: String

  private let patience: TimeAmount

  init(_ address: String, patience: TimeAmount = .seconds(10)) {
    self.address = address
    self.patience = patience
  }

  func fetch() async throws(KeySetError) -> [UInt8] {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: patience, read: patience)
    let client = HTTPClient(configuration: configuration)
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
