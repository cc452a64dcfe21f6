// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletServer
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization
import Testing

/// A server in this process, on a store of its own with released models, over real sockets and TLS.
final class ServedStore: Sendable {
  let lifecycle: Lifecycle
  let port: Int
  let home: Home
  private let keepsHome: Bool
  private let running: Task<Void, any Error>

  static let examples =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Examples"

  /// - Parameters:
  ///   - models: names, and the files that are released under them, below the examples or anywhere.
  ///   - old: another server's store, which goes with that.
  ///   - prepare: what is done to the store before the server starts.
  init(
    models: [(name: String, path: String)] = [("digits", "/digits/digits.onnx")], on old: Home? = nil,
    settings change: (inout ServerSettings) -> Void = { _ in }, logger: Logger? = nil,
    prepare: (Lifecycle) throws -> Void = { _ in }
  ) async throws {
    // The path has a space, as users' have.
    home = old ?? Home(path: FileManager.default.temporaryDirectory.path + "/served store \(UUID())")
    keepsHome = old != nil
    lifecycle = Lifecycle(store: try Store(home))
    if old == nil { for (name, path) in models { try Self.release(path, as: name, lifecycle) } }
    try prepare(lifecycle)
    var settings = ServerSettings()
    settings.port = 0
    change(&settings)
    var quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    let server = try Server(lifecycle: lifecycle, settings: settings, logger: logger ?? quiet)
    let (ports, said) = AsyncThrowingStream<Int, any Error>.makeStream()
    running = Task {
      do {
        try await server.run(until: []) { said.yield($0) }
        said.finish()
      } catch {
        said.finish(throwing: error)
        throw error
      }
    }
    var first = ports.makeAsyncIterator()
    port = try #require(try await first.next())
  }

  deinit {
    running.cancel()
    if !keepsHome { try? FileManager.default.removeItem(atPath: home.path) }
  }

  /// Ends the server as an operator does, and waits until it has recorded everything.
  func stop() async throws {
    running.cancel()
    try await running.value
  }

  var certificate: String { home.certificate }

  func key(_ role: Role, on models: String = "*", for name: String = "somebody \(UUID())") throws -> APIKey {
    try lifecycle.makeKey(for: name, kind: .service, role: role, models: models)
  }

  /// Brings a model into the store, released, under a policy that looks at the scan only.
  static func release(_ path: String, as name: String, _ lifecycle: Lifecycle) throws {
    let policy = try Policy(yaml: "name: lenient\nrelease:\n  - require: scan.verdict == safe\n")
    let whole = FileManager.default.fileExists(atPath: path) ? path : examples + path
    let report = try lifecycle.protect(ProtectOrder(path: whole, name: name, policy: policy)) { _ in }
    #expect(report.decision?.released == true)
  }

  /// What has been recorded, the oldest first. Only after ``stop()`` is all of it there.
  func records() throws -> [Record] {
    try lifecycle.logPage(count: 100_000).entries.reversed().compactMap(\.record)
  }

  /// A connection on which TLS is up.
  /// - Parameter protocols: what is offered for ALPN.
  func connect(_ protocols: [String] = ["http/1.1"], identity: ClientIdentity? = nil) async throws
    -> RawConnection
  {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(home.certificate))
    configuration.applicationProtocols = protocols
    if let identity {
      configuration.certificateChain = identity.chain
      configuration.privateKey = .privateKey(identity.key)
    }
    return try await RawConnection(port: port, tls: NIOSSLContext(configuration: configuration))
  }

  /// Asks once over HTTP/1.1, on a connection of its own.
  func ask(_ method: String, _ path: String, key: APIKey? = nil, fields: [String] = [], body: [UInt8]? = nil)
    async throws
    -> RawAnswer
  {
    let connection = try await connect()
    defer { connection.close() }
    return try await connection.ask(method, path, key: key, fields: fields, body: body)
  }
}

/// What a client proves who it is with.
struct ClientIdentity: Sendable {
  let chain: [NIOSSLCertificateSource]
  let key: NIOSSLPrivateKey
}

/// A question to the model of digits, eight by eight numbers.
enum Question {
  static let json =
    #"{"id":"7","inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","data":\#([Float](repeating: 0.5, count: 64))}]}"#
  static var body: [UInt8] { Array(json.utf8) }
}
