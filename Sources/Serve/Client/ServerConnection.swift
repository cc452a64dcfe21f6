// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import MartletBytes
import MartletFiles
import NIOCore
import NIOHTTP1
import NIOSSL

/// Why a server was not asked, or did not do it.
package enum ServerDoorError: Error, Equatable, Sendable {
  case address(String)
  case certificate(path: String, reason: String)
  case noKey
  case unreachable(String, reason: String)
  /// The server's own words.
  case refused(status: Int, reason: String)
  case answer(String)
  /// What came is not what its digest says.
  case changed(name: String)
}

extension ServerDoorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .address(let text):
      "expected the address of a server such as https://martlet.example.org:8443, found `\(text.prefix(200))`; plain http only for loopback"
    case .certificate(let path, let reason):
      "expected certificates in PEM form at \(path), found \(reason)"
    case .noKey: "expected an API key for the server: set MARTLET_KEY, or name a file with --key-file"
    case .unreachable(let address, let reason):
      "expected an answer from \(address), found \(reason); check the address, and with --ca whom you trust"
    case .refused(let status, let reason): "the server says \(status): \(reason)"
    case .answer(let reason): "expected an answer of a Martlet server, found \(reason)"
    case .changed(let name): "the bytes of \(name) that came are not those of its digest: nothing was written"
    }
  }
}

/// Talks to the API of a server: one connection pool, one credential.
package struct ServerConnection: Sendable {
  enum Method: String { case get = "GET", put = "PUT", post = "POST", patch = "PATCH", delete = "DELETE" }

  private let client: HTTPClient
  private let base: String
  private let key: String

  /// Of an answer that is a document.
  private static let longestDocument = 256 << 20
  private static let patience = TimeAmount.minutes(10)

  /// - Parameters:
  ///   - address: `https://` and a host; `http://` for loopback only, so that no key travels in the open.
  ///   - authorities: a PEM file of those whose certificates are believed; the system's when it is nil.
  package init(_ address: String, key: String, authorities: String?) throws(ServerDoorError) {
    guard let url = URL(string: address), let host = url.host, !host.isEmpty, url.user == nil,
      url.query == nil,
      url.scheme == "https"
        || (url.scheme == "http" && ["127.0.0.1", "::1", "[::1]", "localhost"].contains(host))
    else { throw .address(address) }
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv13
    if let authorities {
      do {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
      } catch { throw .certificate(path: authorities, reason: "\(error)") }
    }
    client = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: .init(
        tlsConfiguration: tls, redirectConfiguration: .disallow,
        timeout: .init(connect: .seconds(15), read: .minutes(10))))
    base = (address.hasSuffix("/") ? String(address.dropLast()) : address) + "/api/v1"
    self.key = key
  }

  package func close() async throws { try await client.shutdown() }

  /// Asks, with a document where there is one, and reads the answer.
  func ask<Answer: Decodable>(
    _ type: Answer.Type, _ method: Method, _ path: String, _ document: (some Encodable)? = Int?.none
  ) async throws -> Answer {
    try Self.read(type, from: try await send(method, path, document).body)
  }

  /// Asks with a document as it is on file.
  func ask<Answer: Decodable>(
    _ type: Answer.Type, _ method: Method, _ path: String, json bytes: Bytes
  ) async throws -> Answer {
    var request = request(method, path)
    request.headers.add(name: "content-type", value: "application/json")
    request.body = .bytes(ByteBuffer(bytes: bytes.array()))
    return try Self.read(type, from: try await execute(request, []).body)
  }

  /// Asks for something that has no answer but that it was done.
  func tell(
    _ method: Method, _ path: String, _ document: (some Encodable)? = Int?.none
  ) async throws {
    _ = try await send(method, path, document)
  }

  /// - Parameter accepted: statuses that are an answer besides those from 200 to 299.
  func send(
    _ method: Method, _ path: String, _ document: (some Encodable)?, accepted: Set<Int> = []
  ) async throws -> (status: Int, body: ByteBuffer) {
    var request = request(method, path)
    if let document {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: try Self.encoded(document)))
    }
    return try await execute(request, accepted)
  }

  /// Sends bytes as they are.
  func send(_ bytes: ByteBuffer, to path: String) async throws {
    var request = request(.put, path)
    request.headers.add(name: "content-type", value: "application/octet-stream")
    request.body = .bytes(bytes)
    _ = try await execute(request, [])
  }

  /// Reads bytes as they come.
  func receive(_ path: String, into sink: (ByteBuffer) throws -> Void) async throws {
    let response = try await reach { try await client.execute(request(.get, path), timeout: Self.patience) }
    guard response.status.code == 200 else { throw try await refusal(response) }
    do {
      for try await piece in response.body { try sink(piece) }
    } catch let error as HTTPClientError { throw ServerDoorError.unreachable(base, reason: "\(error)") }
  }

  /// A part of an address, whatever stands in it.
  static func part(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  static func read<Answer: Decodable>(_ type: Answer.Type, from body: ByteBuffer) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do { return try decoder.decode(type, from: Data(body.readableBytesView)) } catch {
      throw ServerDoorError.answer("another document than this version of Martlet knows")
    }
  }

  private static func encoded(_ document: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(document)
  }

  private func request(_ method: Method, _ path: String) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: base + path)
    request.method = HTTPMethod(rawValue: method.rawValue)
    request.headers.add(name: "authorization", value: "Bearer \(key)")
    return request
  }

  private func execute(
    _ request: HTTPClientRequest, _ accepted: Set<Int>
  ) async throws -> (status: Int, body: ByteBuffer) {
    let response = try await reach { try await client.execute(request, timeout: Self.patience) }
    let status = Int(response.status.code)
    guard (200..<300).contains(status) || accepted.contains(status) else {
      throw try await refusal(response)
    }
    return (status, try await reach { try await response.body.collect(upTo: Self.longestDocument) })
  }

  private func refusal(_ response: HTTPClientResponse) async throws -> ServerDoorError {
    let body = try? await response.body.collect(upTo: 64 << 10)
    let words = body.flatMap { try? Self.read([String: String].self, from: $0)["error"] }
    return .refused(
      status: Int(response.status.code), reason: String((words ?? response.status.reasonPhrase).prefix(2_000))
    )
  }

  private func reach<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await body() } catch let error as ServerDoorError { throw error } catch {
      throw ServerDoorError.unreachable(base, reason: "\(error)")
    }
  }
}
