// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletBytes
import MartletFiles
import MartletLifecycle
import NIOCore
import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// The TLS set-up of the server, made anew when its files change: connections that are open keep theirs.
final class TLSKeeper: Sendable {
  private struct State {
    var context: NIOSSLContext
    var mark: [FileMark?]
  }

  private let settings: TLSSettings
  private let store: Store
  private let state: Mutex<State>

  /// - Throws: ``ServerError/certificate(path:reason:)``, and what making the server's own certificate throws.
  init(_ settings: TLSSettings, _ store: Store, at time: Date) throws {
    self.settings = settings
    self.store = store
    let mark = Self.mark(settings)
    state = Mutex(State(context: try Self.make(settings, store, at: time), mark: mark))
  }

  var context: NIOSSLContext { state.withLock { $0.context } }

  /// Reads the files again, if they have changed or it is said that they have.
  /// - Returns: whether another set-up holds from now on.
  /// - Throws: as ``init(_:_:at:)``; the set-up from before goes on.
  func reload(isForced: Bool, at time: Date) throws -> Bool {
    let mark = Self.mark(settings)
    if !isForced, state.withLock({ $0.mark == mark }) { return false }
    // Said once, not again and again, when the files are no good.
    state.withLock { $0.mark = mark }
    let context = try Self.make(settings, store, at: time)
    state.withLock { $0.context = context }
    return true
  }

  /// Who a verified client certificate says its holder is.
  func identity(of certificate: NIOSSLCertificate) -> CertificateIdentity? {
    guard settings.clients != nil, let bytes = try? certificate.toDERBytes(),
      let parsed = try? Certificate(derEncoded: bytes)
    else { return nil }
    let names = (try? parsed.extensions.subjectAlternativeNames) ?? SubjectAlternativeNames([])
    let uris = names.compactMap { if case .uniformResourceIdentifier(let uri) = $0 { uri } else { nil } }
    return try? CertificateIdentity(uris: uris, subject: parsed.subject.description)
  }

  private static func make(_ settings: TLSSettings, _ store: Store, at time: Date) throws -> NIOSSLContext {
    var configuration: TLSConfiguration
    if let own = settings.own {
      configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try chain(own.certificate), privateKey: .privateKey(try key(own.key)))
      configuration.minimumTLSVersion = .tlsv13
    } else {
      configuration = try SelfMadeCertificate.configuration(store, at: time)
    }
    configuration.applicationProtocols = ["h2", "http/1.1"]
    // Who does not say goodbye is not waited for when the server ends.
    configuration.shutdownTimeout = .seconds(1)
    if let clients = settings.clients {
      configuration.trustRoots = .certificates(try certificates(clients))
      configuration.certificateVerification = .optionalVerification
    }
    let path = settings.own?.certificate ?? store.home.certificate
    do { return try NIOSSLContext(configuration: configuration) } catch {
      throw ServerError.certificate(path: path, reason: "it does not fit its key")
    }
  }

  private static func chain(_ path: String) throws(ServerError) -> [NIOSSLCertificateSource] {
    try certificates(path).map { .certificate($0) }
  }

  private static func certificates(_ path: String) throws(ServerError) -> [NIOSSLCertificate] {
    let pem = try read(path)
    let found = try? NIOSSLCertificate.fromPEMBytes(pem)
    guard let found, !found.isEmpty else {
      throw .certificate(path: path, reason: "expected certificates as PEM, found none")
    }
    return found
  }

  private static func key(_ path: String) throws(ServerError) -> NIOSSLPrivateKey {
    let pem: [UInt8]?
    do throws(FilesError) { pem = try OwnerOnly.read(resolved(path)) } catch {
      throw .certificate(path: path, reason: "\(error)")
    }
    guard let pem else { throw .certificate(path: path, reason: "there is no such file") }
    guard let key = try? NIOSSLPrivateKey(bytes: pem, format: .pem) else {
      throw .certificate(path: path, reason: "expected a private key as PEM, found none")
    }
    return key
  }

  private static func read(_ path: String) throws(ServerError) -> [UInt8] {
    do throws(FilesError) {
      if let bytes = try WholeFile.read(resolved(path), atMost: 1 << 20) { return bytes }
    } catch {
      throw .certificate(path: path, reason: "\(error)")
    }
    throw .certificate(path: path, reason: "there is no such file")
  }

  /// What a link leads to: certificates are often exchanged by turning a link.
  static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  private static func mark(_ settings: TLSSettings) -> [FileMark?] {
    [settings.own?.certificate, settings.own?.key, settings.clients].map { $0.flatMap(FileMark.init) }
  }
}
