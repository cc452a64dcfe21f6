// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import MartletAccess
import MartletConsole
import MartletFiles
import NIOCore
import NIOHTTP1
import Synchronization

/// An OpenID Connect provider: its endpoints come from its own configuration (OpenID Connect Discovery 1.0), and its word counts
/// only where a token proves it.
final class OpenIDProvider: IdentityProvider, Sendable {
  /// What the provider says about itself.
  private struct Configuration: Decodable {
    let issuer: String
    let authorization: String
    let token: String
    let keys: String

    enum CodingKeys: String, CodingKey {
      case issuer
      case authorization = "authorization_endpoint"
      case token = "token_endpoint"
      case keys = "jwks_uri"
    }
  }

  private struct Known {
    let configuration: Configuration
    let verifier: OIDCVerifier
    let readAt: ContinuousClock.Instant
  }

  private struct TokenAnswer: Decodable {
    let id_token: String
  }

  private let settings: SignInSettings
  private let authorities: String?
  private let known = Mutex<Known?>(nil)

  /// How long a configuration is believed.
  private static let freshness = Duration.seconds(3_600)
  private static let longestAnswer = 256 << 10

  /// - Parameter authorities: a file with the certificates to trust in place of the system's.
  init(_ settings: SignInSettings, authorities: String? = nil) {
    (self.settings, self.authorities) = (settings, authorities)
  }

  var name: String { settings.name }

  func address(
    back: String, state: String, nonce: String, challenge: String
  ) async -> Result<String, IdentityProviderError> {
    do throws(IdentityProviderError) {
      let start = try await provider().configuration.authorization
      let query = Self.form([
        ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", back),
        ("scope", "openid profile email"), ("state", state), ("nonce", nonce), ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
      ])
      return .success(start + (start.contains("?") ? "&" : "?") + query)
    } catch { return .failure(error) }
  }

  func identity(
    for code: String, back: String, verifier: String, nonce: String
  ) async -> Result<OIDCIdentity, IdentityProviderError> {
    do throws(IdentityProviderError) {
      let provider = try await provider()
      var request = HTTPClientRequest(url: provider.configuration.token)
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.headers.add(name: "Accept", value: "application/json")
      // RFC 6749, 2.3.1: the parts of the credentials are escaped before they are put together.
      if let secret = try secret() {
        let pair = "\(Self.escaped(settings.client)):\(Self.escaped(secret))"
        request.headers.add(name: "Authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())")
      }
      request.body = .bytes(
        ByteBuffer(
          string: Self.form([
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back),
            ("client_id", settings.client), ("code_verifier", verifier),
          ])))
      let answer = try await ask(request)
      guard let token = try? JSONDecoder().decode(TokenAnswer.self, from: answer).id_token else {
        throw .malformed
      }
      do throws(OIDCError) {
        return .success(try await provider.verifier.verify(token, at: Date(), nonce: nonce))
      } catch { throw .token(error) }
    } catch { return .failure(error) }
  }

  private func secret() throws(IdentityProviderError) -> String? {
    guard let path = settings.secret else { return nil }
    let bytes: [UInt8]?
    do { bytes = try WholeFile.read(path, atMost: 4_096) } catch { throw .unreachable("\(error)") }
    guard let bytes else { throw .unreachable("there is no file \(path) with the client's secret") }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func provider() async throws(IdentityProviderError) -> Known {
    if let known = known.withLock({ $0 }), .now - known.readAt < Self.freshness { return known }
    let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
    let text = try await ask(HTTPClientRequest(url: base + "/.well-known/openid-configuration"))
    guard let configuration = try? JSONDecoder().decode(Configuration.self, from: text),
      // Discovery 4.3: otherwise another issuer could pass for this one.
      Array(configuration.issuer.utf8) == Array(settings.issuer.utf8),
      [configuration.authorization, configuration.token, configuration.keys].allSatisfy(
        SignInSettings.isUsable)
    else { throw .malformed }
    let issuer = OIDCIssuer(
      issuer: settings.issuer, audiences: [settings.client], mappings: settings.grants)
    let fresh = Known(
      configuration: configuration,
      verifier: OIDCVerifier(
        issuer,
        keys: KeySetAddress(
          configuration.keys, patience: .seconds(settings.patience), authorities: authorities)),
      readAt: .now)
    known.withLock { $0 = fresh }
    return fresh
  }

  /// Asks once. No redirect is followed.
  private func ask(_ request: HTTPClientRequest) async throws(IdentityProviderError) -> Data {
    let patience = TimeAmount.seconds(settings.patience)
    let client = HTTPClient(
      configuration: .forIdentityProviders(patience: patience, authorities: authorities))
    let result: Result<Data, IdentityProviderError>
    do {
      let answer = try await client.execute(request, timeout: patience)
      let body = try await answer.body.collect(upTo: Self.longestAnswer)
      result =
        answer.status == .ok
        ? .success(Data(body.readableBytesView)) : .failure(.refused(status: Int(answer.status.code)))
    } catch {
      result = .failure(.unreachable("\(error)"))
    }
    try? await client.shutdown()
    return try result.get()
  }

  private static func form(_ pairs: [(String, String)]) -> String {
    pairs.map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  /// RFC 3986, 2.3.
  private static let unreserved = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
