// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import Testing

/// What went wrong elsewhere and touches who may do what, each under the number it was published with.
@Suite struct AccessCVETests {
  let anna = Principal(id: "p1", name: "anna", kind: .person)
  let ben = Principal(id: "p2", name: "ben", kind: .person)

  @Test(
    "CVE-2026-2652, CVE-2026-0545: a route without a check of its own (MLflow)", arguments: Action.allCases)
  func everyActionIsDeniedByDefault(_ action: Action) {
    for resource in [Resource.everything, .model("digits"), .model(""), .model("*")] {
      let decision = authorize(anna, action, resource, context: .init(grants: []))
      #expect(!decision.allowed)
      #expect(decision.reason == "no grant to \(action.rawValue) \(resource)")
    }
  }

  @Test("CVE-2026-24206, CVE-2026-24207: another transport, another answer (Triton)")
  func aKeyMeansTheSameHoweverItIsPresented() throws {
    let key = APIKey.generate()
    let shown = key.reveal()
    #expect(try #require(APIKey(presented: shown)).matches(key.secretDigest))
    // What one transport might trim, fold or cut short is no key in any.
    for other in [" " + shown, shown + " ", shown.uppercased(), shown + "\0", shown + "\n", "mk__" + shown] {
      #expect(APIKey(presented: other) == nil)
    }
  }

  @Test("CVE-2025-15381: what belongs to a model, without asking for the model (MLflow)")
  func aGrantOnOneModelIsNoneOnAnother() {
    let grants = [Grant(principal: "p1", role: .administrator, models: "digits")]
    for other in ["faces", "digits2", "digit", "Digits", "digits/../faces", "digits\0", "digits%00", "", "*"]
    {
      for action in Action.allCases {
        #expect(!authorize(anna, action, .model(other), context: .init(grants: grants)).allowed, "\(other)")
      }
    }
    #expect(!authorize(ben, .view, .model("digits"), context: .init(grants: grants)).allowed)
  }

  @Test(
    "CVE-2025-11200: a password of any kind is taken (MLflow)",
    arguments: ["", "a", "password", "mlflow", "admin", "password1234", "admin-admin-admin", "123456789012"])
  func aWeakPasswordIsRefused(_ password: String) {
    #expect(throws: PasswordFault.self) { try PasswordRules.check(password, of: "somebody") }
  }

  @Test("CVE-2025-1474: an account without a password (MLflow)")
  func nobodySignsInWithoutAPassword() throws {
    let cheap = PasswordTests.cheap
    for attempt in ["", " ", "\0", "nil"] {
      #expect(PasswordHash.check(attempt, against: nil, standard: cheap) == .wrong)
    }
    let hash = try #require(PasswordHash("vermilion otter 7 quay", cost: cheap))
    #expect(PasswordHash.check("", against: hash, standard: cheap) == .wrong)
  }

  @Test("CVE-2023-48022: the network is trusted (Ray)")
  func nobodyIsAllowedForWhereTheyComeFrom() {
    var throttle = Throttle()
    #expect(throttle.begin(from: .local, as: "anna", at: Date(timeIntervalSince1970: 0)) == nil)
    // A place is known to the throttle alone: there is no way to tell it to `authorize`.
    #expect(!authorize(anna, .administer, .everything, context: .init(grants: [])).allowed)
  }

  @Test(
    "CVE-2023-6831, CVE-2024-1483: traversal by segments, encodings and fragments (MLflow)",
    arguments: [
      "spiffe://td/a/../admin", "spiffe://td/a/%2e%2e/admin", "spiffe://td/a#/../admin",
      "spiffe://td/a?x=/../admin",
      "spiffe://td/a\\..\\admin", "spiffe://td//admin", "spiffe://td/a/./admin",
    ])
  func aNameWithAWayThroughIsNoName(_ name: String) {
    #expect(SPIFFEID(name) == nil)
    #expect(throws: CertificateFault.malformed) { try CertificateIdentity(uris: [name], subject: "CN=admin") }
  }

  @Test(
    "CVE-2026-64849, CVE-2023-43654: the asker says where to fetch from (SSRF, TorchServe)",
    arguments: ["jku", "x5u"])
  func keysComeFromTheIssuerAlone(_ member: String) async throws {
    let forge = TokenForge()
    let verifier = OIDCVerifier(OIDCIssuer(issuer: TokenForge.issuer, audiences: ["martlet"]), keys: forge)
    let header = ["alg": "ES256", "kid": "theirs", member: "http://169.254.169.254/latest/meta-data"]
    let token = try forge.token(header: header)
    await #expect(throws: OIDCError.unknownKey) { try await verifier.verify(token, at: TokenForge.time) }
    #expect(forge.fetches == 1)
  }

  @Test("CVE-2025-23319, CVE-2025-23320, CVE-2025-23334: what is refused says too much (Triton)")
  func aDecisionNamesNeitherPeopleNorSecrets() throws {
    let key = APIKey.generate()
    #expect(!"\(key)".contains(key.reveal().suffix(51)))
    let secrets: [any CustomStringConvertible] = [SessionToken(), BootstrapSecret()]
    #expect(secrets.allSatisfy { $0.description.count < 24 })
    let deny = Grant(principal: "p1", role: .viewer, effect: .deny)
    let decision = authorize(anna, .view, .model("digits"), context: .init(grants: [deny]))
    #expect(!decision.reason.contains("anna") && !decision.reason.contains("p1"))
  }

  @Test(
    "CVE-2025-23310, CVE-2025-23311: oversized input (Triton)",
    arguments: [1 << 12, 1 << 20])
  func whatIsTooLongIsRefusedUnread(_ count: Int) {
    let long = String(repeating: "a", count: count)
    #expect(APIKey(presented: "mk_live_" + long) == nil)
    #expect(BootstrapSecret(presented: long) == nil)
    #expect(SPIFFEID("spiffe://a/" + long) == nil)
    #expect(SessionCookie.token(inHeader: "__Host-martlet=" + long) == nil)
    #expect(throws: PasswordFault.tooLong) { try PasswordRules.check(long, of: "x") }
    #expect(throws: OIDCError.self) { try BearerToken(long + "." + long + "." + long) }
  }
}
