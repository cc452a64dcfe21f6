// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import Testing

@Suite struct SessionTests {
  let time = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func aSessionEndsWhenIdleAndWhenOldAndWhenRevoked() {
    let began = Session(SessionToken(), principal: "p1", proof: .password, at: time)
    #expect(began.isLive(at: time + 30 * 60 - 1))
    #expect(!began.isLive(at: time + 30 * 60))
    let used = { (at: Date, revoked: Date?) in
      Session(
        digest: began.digest, principal: "p1", proof: .password, keyID: nil, createdAt: self.time, usedAt: at,
        revokedAt: revoked)
    }
    let late = time + 12 * 3_600 - 1
    #expect(used(late, nil).isLive(at: late))
    #expect(!used(late, nil).isLive(at: late + 1))
    #expect(!used(time, time).isLive(at: time))
  }

  @Test func theCookieIsBoundToThisHostAndHiddenFromScripts() throws {
    let token = SessionToken()
    let parts = SessionCookie.field(token).split(separator: "; ").map(String.init)
    #expect(parts[0] == "__Host-martlet=" + token.reveal())
    #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"])
    #expect(SessionCookie.removal.hasSuffix("; Max-Age=0"))
    let found = try #require(SessionCookie.token(inHeader: "a=b; \(parts[0]); c=d"))
    #expect(found.digest == token.digest)
    #expect(!"\(token)".contains(token.reveal()))
  }

  @Test(arguments: [
    "", "__Host-martlet", "__Host-martlet=", "__Host-martlet=00",
    "martlet=\(String(repeating: "0", count: 64))",
    "__Host-martlet=\(String(repeating: "A", count: 64))",
    "__host-martlet=\(String(repeating: "0", count: 64))",
    "__Host-martlet=\(String(repeating: "0", count: 64)); __Host-martlet=\(String(repeating: "1", count: 64))",
    String(repeating: "a=b; ", count: 2_000) + "__Host-martlet=\(String(repeating: "0", count: 64))",
  ])
  func whatIsNoCookieOfOursIsRefused(_ header: String) {
    #expect(SessionCookie.token(inHeader: header) == nil)
  }

  @Test func aFormBelongsToOneSessionAndOneKey() {
    let key = FormKey()
    let session = SessionToken()
    let token = key.token(for: session)
    #expect(key.isValid(token, for: session))
    #expect(!key.isValid(token, for: SessionToken()))
    #expect(!FormKey().isValid(token, for: session))
    #expect(!key.isValid(nil, for: session))
    #expect(!key.isValid("", for: session))
    #expect(!key.isValid(session.reveal(), for: session), "the cookie itself is no token")
  }
}

@Suite struct BootstrapSecretTests {
  @Test func isReadHoweverItIsTyped() throws {
    let secret = BootstrapSecret()
    let shown = secret.reveal()
    #expect(shown.wholeMatch(of: #/mb(-[0-9A-HJKMNP-TV-Z]{5}){5}-[0-9A-HJKMNP-TV-Z]/#) != nil, "\(shown)")
    for typed in [shown, shown.lowercased(), shown.replacing("-", with: ""), shown.replacing("-", with: " ")]
    {
      #expect(try #require(BootstrapSecret(presented: typed)).matches(secret.digest))
    }
    #expect(!BootstrapSecret().matches(secret.digest))
    #expect(!"\(secret)".contains(shown.suffix(10)))
  }

  @Test(arguments: [
    "", "mb-", "MB", "admin", "mb-00000-00000-00000-00000-00000", String(repeating: "0", count: 1_000),
  ])
  func whatIsNoSecretIsRefused(_ text: String) { #expect(BootstrapSecret(presented: text) == nil) }
}
