// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import MartletBytes
import NIOCore
import NIOHTTP1
import NIOSSL

/// Gets parts of files over HTTPS. Redirects are followed by hand: each hop is judged by ``AddressRules``, must be HTTPS,
/// and gets the credentials only when it is the host that they are for.
struct Fetcher: Sendable {
  /// What was sent for a range.
  struct Part {
    /// Of the whole file.
    let size: Int
    /// Bytes that were received.
    let count: Int
    /// What changes with the file.
    let tag: String?
  }

  typealias Fields = [(name: String, value: String)]

  let rules: AddressRules
  /// A file with the certificates of authorities to trust in place of the system's.
  var authorities: String?
  /// More header fields of a request to this address: credentials, for those hosts that they are for.
  let credentials: @Sendable (_ url: URL, _ fields: Fields) -> Fields

  /// Writes bytes of a remote file to where they belong. A server that knows no ranges sends the whole file.
  /// - Parameter limit: more than so many bytes are never received.
  func get(
    _ address: String, _ range: Range<Int>, into file: SparseFile, limit: Int
  ) async throws(RemoteError) -> Part {
    let fields = [(name: "Range", value: "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
    return try await send(address, fields) { response, shown in
      let tag = response.headers.first(name: "etag") ?? response.headers.first(name: "last-modified")
      switch response.status.code {
      case 416 where response.headers.first(name: "content-range") == "bytes */0":
        return Part(size: 0, count: 0, tag: tag)
      case 206:
        guard let stated = Self.contentRange(response.headers), stated.part.lowerBound == range.lowerBound,
          stated.part.upperBound == min(range.upperBound, stated.size)
        else { throw RemoteError.noRanges(url: shown) }
        guard range.count <= limit else {
          throw RemoteError.tooLarge(url: shown, bytes: range.count, limit: limit)
        }
        let count = try await Self.receive(
          response, into: file, at: range.lowerBound, limit: stated.part.count, shown)
        guard count == stated.part.count else { throw RemoteError.noRanges(url: shown) }
        return Part(size: stated.size, count: count, tag: tag)
      case 200:
        let length = response.headers.first(name: "content-length").flatMap { Int($0) }
        // Without either, nobody could tell a whole file from one that is cut off.
        guard length != nil || response.headers.contains(name: "transfer-encoding") else {
          throw RemoteError.badAnswer(url: shown, reason: "the server does not say how long the file is")
        }
        if let length, length > limit { throw RemoteError.tooLarge(url: shown, bytes: length, limit: limit) }
        let count = try await Self.receive(response, into: file, at: 0, limit: limit, shown)
        return Part(size: count, count: count, tag: tag)
      default: throw RemoteError.status(url: shown, code: Int(response.status.code))
      }
    }
  }

  /// Gets a whole small document.
  /// - Returns: the document and the address of its next page.
  func document(_ address: String) async throws(RemoteError) -> (Data, next: String?) {
    try await send(address, []) { response, shown in
      guard response.status == .ok else {
        throw RemoteError.status(url: shown, code: Int(response.status.code))
      }
      do {
        let body = try await response.body.collect(upTo: Limits.remoteListing)
        return (Data(body.readableBytesView), Self.nextPage(response.headers))
      } catch is NIOTooManyBytesError {
        throw RemoteError.tooLarge(url: shown, bytes: Limits.remoteListing + 1, limit: Limits.remoteListing)
      }
    }
  }

  private func send<Answer>(
    _ address: String, _ fields: Fields, _ read: (HTTPClientResponse, String) async throws -> Answer
  ) async throws(RemoteError) -> Answer {
    var address = address
    for _ in 0...Limits.redirects {
      let hop = try check(address)
      var request = HTTPClientRequest(url: address)
      request.headers.add(name: "User-Agent", value: "martlet")
      request.headers.add(name: "Accept-Encoding", value: "identity")
      for field in fields + credentials(hop.url, fields) {
        request.headers.add(name: field.name, value: field.value)
      }
      var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
      configuration.dnsOverride = [hop.host: hop.target]
      configuration.timeout = .init(connect: .seconds(15), read: .seconds(60))
      configuration.httpVersion = .http1Only
      // A certificate that is not trusted does not become so by asking again until the time is over.
      configuration.connectionPool.retryConnectionEstablishment = false
      if let authorities {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(authorities)
        configuration.tlsConfiguration = tls
      }
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      let shown = Self.shown(hop.url)
      let next: String?
      do {
        let response = try await client.execute(request, timeout: .minutes(30))
        if [301, 302, 303, 307, 308].contains(response.status.code) {
          next = response.headers.first(name: "location")
        } else {
          if let coding = response.headers.first(name: "content-encoding"), coding.lowercased() != "identity"
          {
            throw RemoteError.badAnswer(
              url: shown, reason: "the server sends \(coding), which nobody asked for")
          }
          let answer = try await read(response, shown)
          try? await client.shutdown()
          return answer
        }
        try? await client.shutdown()
      } catch {
        try? await client.shutdown()
        throw error as? RemoteError ?? .connection(url: shown, reason: Self.reason(error))
      }
      guard let next, let url = URL(string: next, relativeTo: hop.url)?.absoluteURL else {
        throw .badAnswer(url: shown, reason: "it redirects to something that is no address")
      }
      address = url.absoluteString
    }
    throw .tooManyHops(url: URL(string: address).map(Self.shown) ?? "address")
  }

  private static func receive(
    _ response: HTTPClientResponse, into file: SparseFile, at offset: Int, limit: Int, _ shown: String
  ) async throws -> Int {
    var count = 0
    for try await piece in response.body {
      guard count + piece.readableBytes <= limit else {
        throw RemoteError.tooLarge(url: shown, bytes: count + piece.readableBytes, limit: limit)
      }
      try unsafe piece.withUnsafeReadableBytes { unsafe try file.write($0, at: offset + count) }
      count += piece.readableBytes
    }
    return count
  }

  /// `bytes 0-99/1234`, and nothing else.
  private static func contentRange(_ headers: HTTPHeaders) -> (part: Range<Int>, size: Int)? {
    let fields = headers["content-range"]
    guard fields.count == 1, let match = fields[0].wholeMatch(of: /bytes ([0-9]+)-([0-9]+)\/([0-9]+)/),
      let first = Int(match.1), let last = Int(match.2), let size = Int(match.3), first <= last, last < size
    else { return nil }
    return (first..<last + 1, size)
  }

  /// `Link: <https://…>; rel="next"`
  private static func nextPage(_ headers: HTTPHeaders) -> String? {
    for link in headers["link"] {
      if let match = link.firstMatch(of: /<([^<>]+)>; *rel="?next"?/) { return String(match.1) }
    }
    return nil
  }

  /// HTTPS everywhere; HTTP only where the user has allowed private networks, and then only inside of them.
  private func check(_ address: String) throws(RemoteError) -> (url: URL, host: String, target: String) {
    guard let url = URL(string: address), let scheme = url.scheme?.lowercased(),
      let host = url.host(percentEncoded: true), !host.isEmpty
    else { throw .badAddress(address, reason: "this is no address") }
    let shown = Self.shown(url)
    guard url.user == nil, url.password == nil else {
      throw .badAddress(shown, reason: "the address holds a password: give credentials in the environment")
    }
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    guard
      bare.utf8.allSatisfy({
        UInt8(ascii: "-")...UInt8(ascii: ":") ~= $0 && $0 != UInt8(ascii: "/") || Self.isLetter($0)
      })
    else { throw .badAddress(shown, reason: "the host has letters that are none of a host's") }
    guard scheme == "https" || scheme == "http" && rules.allowsPrivate else {
      throw .badAddress(
        shown, reason: "expected https://, because anybody on the way could exchange the file")
    }
    let target = try rules.resolve(bare)
    guard scheme == "https" || !AddressRules.isPublic(target) else {
      throw .badAddress(
        shown, reason: "expected https://, because anybody on the way could exchange the file")
    }
    return (url, bare, target)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_")
  }

  /// An address without its query and its credentials, which may be a signature.
  static func shown(_ url: URL) -> String {
    "\(url.scheme ?? "")://\(url.host(percentEncoded: true) ?? "")\(url.port.map { ":\($0)" } ?? "")"
      + url.path(percentEncoded: true)
  }

  private static func reason(_ error: any Error) -> String {
    "cannot be read: \(error)".split(separator: "\n").first.map(String.init) ?? "cannot be read"
  }
}
