// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import Testing

@Suite struct CertificateTests {
  @Test(arguments: [
    "spiffe://example.org", "spiffe://example.org/ns/prod/sa/scorer", "spiffe://a_b-c.9/x.y/Z_-",
    "spiffe://td/...", "spiffe://" + String(repeating: "a", count: 255) + "/x",
  ])
  func aSPIFFEIDIsRead(_ text: String) throws {
    let id = try #require(SPIFFEID(text))
    #expect(id.text == text)
    #expect(text.hasPrefix("spiffe://" + id.trustDomain))
  }

  @Test(arguments: [
    "", "spiffe:", "spiffe://", "spiffe:///x", "SPIFFE://example.org/x", "spiffe://Example.org/x",
    "https://example.org/x",
    "spiffe://example.org/", "spiffe://example.org/x/", "spiffe://example.org//x", "spiffe://example.org/./x",
    "spiffe://example.org/../x", "spiffe://..", "spiffe://../x", "spiffe://./x", "spiffe://example.org/x/..",
    "spiffe://example.org/%2e%2e/x",
    "spiffe://example.org/x?y",
    "spiffe://example.org/x#y", "spiffe://example.org:443/x", "spiffe://u@example.org/x",
    "spiffe://exämple.org/x",
    "spiffe://example.org/ä", "spiffe://example.org/x\0", " spiffe://example.org/x",
    "spiffe://" + String(repeating: "a", count: 256), "spiffe://a/" + String(repeating: "b", count: 2_040),
  ])
  func whatTheSpecificationForbidsIsRefused(_ text: String) { #expect(SPIFFEID(text) == nil) }

  @Test func aCertificateIsItsSPIFFEIDOrItsSubject() throws {
    let id = "spiffe://example.org/scorer"
    #expect(try CertificateIdentity(uris: [id], subject: "CN=scorer").text == id)
    #expect(try CertificateIdentity(uris: [], subject: "CN=scorer").text == "CN=scorer")
    #expect(try CertificateIdentity(uris: ["https://example.org"], subject: "CN=scorer").text == "CN=scorer")
    #expect(try CertificateIdentity(written: id) == CertificateIdentity(uris: [id], subject: ""))
  }

  @Test func aDoubtfulCertificateIsNobodys() {
    let id = "spiffe://example.org/scorer"
    #expect(throws: CertificateFault.severalURIs(2)) {
      try CertificateIdentity(uris: [id, "spiffe://example.org/admin"], subject: "CN=x")
    }
    #expect(throws: CertificateFault.malformed) {
      try CertificateIdentity(uris: ["spiffe://example.org/../admin"], subject: "CN=admin")
    }
    #expect(throws: CertificateFault.malformed) {
      try CertificateIdentity(uris: ["SPIFFE://example.org/x"], subject: "CN=admin")
    }
    #expect(throws: CertificateFault.nameless) { try CertificateIdentity(uris: [], subject: "") }
    #expect(throws: CertificateFault.malformed) {
      try CertificateIdentity(uris: [], subject: "spiffe://example.org/admin")
    }
    #expect(throws: CertificateFault.malformed) { try CertificateIdentity(written: "spiffe://x/..") }
  }
}
