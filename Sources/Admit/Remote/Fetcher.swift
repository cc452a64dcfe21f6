// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import MartletBytes
import NIOCore
import NIOHTTP1

/// Gets parts of files over HTTPS. Redirects are followed by hand: each hop is judged by ``AddressRules``, must be HTTPS,
/// and gets the credentials only when it is the host that they are for.
struct Fetcher: Sendable {
  /// What was sent for a range.
  struct Part {
    var bytes: ByteBuffer
    /// Of the whole file.
    let size: Int
    /// True when the server sent the whole file instead.
    let isWhole: Bool
    let tag: String?
  }

  let rules: AddressRules
  /// Header fields that go to these hosts only.
  let credentials: @Sendable (URL) -> [(String, String)]

  /// Gets bytes of a file.
  /// - Parameter limit: more are never read.
  func get(_ address: String, _ range: Range<Int>, limit: Int) async throws(RemoteError) -> Part {
    let (response, body) = try await send(address, range: range, limit: limit)
    let tag = response.first(name: "etag")
    if let stated = response.first(name: "content-range") {
      // bytes 0-99/1234
      let numbers = stated.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
      guard numbers.count == 3, numbers[0] == range.lowerBound, numbers[1] < range.upperBound,
        body.readableBytes == numbers[1] - numbers[0] + 1, numbers[2] > numbers[1]
      else { throw .noRanges(url: address) }
      return Part(bytes: body, size: numbers[2], isWhole: false, tag: tag)
    }
    return Part(bytes: body, size: body.readableBytes, isWhole: true, tag: tag)
  }

  /// Gets a whole small document.
  func document(_ address: String, limit: Int) async throws(RemoteError) -> Data {
    let (_, body) = try await send(address, range: nil, limit: limit)
    return Data(body.readableBytesView)
  }

  private func send(
    _ address: String, range: Range<Int>?, limit: Int
  ) async throws(RemoteError) -> (HTTPHeaders, ByteBuffer) {
    var address = address
    for _ in 0..<Limits.redirects {
      let (url, host) = try Self.check(address, rules)
      let target = try rules.resolve(host)
      var request = HTTPClientRequest(url: address)
      request.headers.add(name: "User-Agent", value: "martlet")
      request.headers.add(name: "Accept-Encoding", value: "identity")
      if let range { request.headers.add(name: "Range", value: "bytes=\(range.lowerBound)-\(range.upperBound - 1)") }
      for (name, value) in credentials(url) { request.headers.add(name: name, value: value) }
      var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
      configuration.dnsOverride = [host: target]
      configuration.timeout = .init(connect: .seconds(15), read: .seconds(60))
      configuration.httpVersion = .http1Only
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      let answer: (HTTPHeaders, ByteBuffer, String?)
      do {
        answer = try await Self.perform(request, with: client, at: address, limit: limit)
        try? await client.shutdown()
      } catch {
        try? await client.shutdown()
        throw error as? RemoteError ?? .connection(url: address, reason: Self.reason(error))
      }
      guard let location = answer.2 else { return (answer.0, answer.1) }
      guard let next = URL(string: location, relativeTo: url)?.absoluteURL else {
        throw .badAnswer(url: address, reason: "it redirects to something that is no address")
      }
      address = next.absoluteString
    }
    throw .tooManyHops(url: address)
  }

  /// - Returns: the header, the body, and where a redirect leads.
  private static func perform(
    _ request: HTTPClientRequest, with client: HTTPClient, at address: String, limit: Int
  ) async throws -> (HTTPHeaders, ByteBuffer, String?) {
    let response = try await client.execute(request, timeout: .minutes(30))
    switch response.status.code {
    case 301, 302, 303, 307, 308:
      guard let location = response.headers.first(name: "location") else {
        throw RemoteError.badAnswer(url: address, reason: "it redirects to nowhere")
      }
      return (response.headers, ByteBuffer(), location)
    case 200, 206:
      if let stated = response.headers.first(name: "content-length").flatMap({ Int($0) }), stated > limit {
        throw RemoteError.tooLarge(url: address, bytes: stated, limit: limit)
      }
      do {
        return (response.headers, try await response.body.collect(upTo: limit), nil)
      } catch is NIOTooManyBytesError {
        throw RemoteError.tooLarge(url: address, bytes: limit + 1, limit: limit)
      }
    default: throw RemoteError.status(url: address, code: Int(response.status.code))
    }
  }

  /// HTTPS everywhere; HTTP only where the user has allowed private networks, and then only inside of them.
  private static func check(_ address: String, _ rules: AddressRules) throws(RemoteError) -> (URL, String) {
    guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), let host = url.host(percentEncoded: false),
      !host.isEmpty
    else { throw .badAddress(address, reason: "this is no address") }
    guard url.user == nil, url.password == nil else {
      throw .badAddress(host, reason: "the address holds a password: give credentials in the environment")
    }
    if scheme == "http", rules.allowsPrivate, !AddressRules.isPublic(try rules.resolve(host)) { return (url, host) }
    guard scheme == "https" else {
      throw .badAddress(address, reason: "expected https://, because anybody on the way could exchange the file")
    }
    return (url, host)
  }

  private static func reason(_ error: any Error) -> String {
    "cannot be reached: \(error)".split(separator: "\n").first.map(String.init) ?? "cannot be reached"
  }
}
