// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet witness`, asked by `martlet log cosign` and by curl.
@Suite struct WitnessTests {
  let place = try! Workplace()

  /// A witness that is ready.
  struct Running {
    let program: Program
    let address: String
    let key: String

    init(_ place: Workplace, _ options: String...) async throws {
      let made = try await place.martlet("keygen", "witness", "witness.example.org", "-o", "witness.key")
      try #require(made.status == 0, "\(made.errors)")
      program = try place.start(
        ["witness", "--key", "witness.key", "--state", "signed", "--port", "0", "--format", "json"] + options,
        isTalking: true)
      let text = try await program.paragraph()
      let said = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
      address = try #require(said["address"] as? String)
      key = try #require(said["key"] as? String)
    }

    func stop() async throws {
      program.signal(SIGTERM)
      #expect(try await program.end().status == 0)
    }
  }

  @Test func twoOrganisationsWatchEachOther() async throws {
    try await place.release(Example.network, as: "n")
    let witness = try await Running(place, "--watch", place.home + "/log.pub")
    let signed = try await place.martlet("log", "cosign", witness.address, "--witness", witness.key)
    #expect(signed.status == 0, "\(signed.errors)")
    let verified = try await place.martlet("log", "verify", "--witness", witness.key, "--quorum", "1")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")

    // The log goes on, and the witness follows.
    try await place.martlet("user", "add", "ada")
    let again = try await place.martlet("log", "cosign", witness.address, "--witness", witness.key)
    #expect(again.status == 0, "\(again.errors)")

    // What the witness signed last is for everybody to read.
    let printed = try await place.run("/usr/bin/env", ["cat", place.home + "/log.pub"])
    let origin = try #require(printed.output.split(separator: "+").first)
    let digest = try await place.run("/usr/bin/env", ["bash", "-c", "printf %s '\(origin)' | sha256sum"])
    let hash = try #require(digest.output.split(separator: " ").first)
    let shown = try await place.run("/usr/bin/env", ["curl", "-sS", "\(witness.address)/\(hash)/checkpoint"])
    #expect(shown.output.hasPrefix("\(origin)\n"), "\(shown.output)")
    #expect(shown.output.contains("— witness.example.org "))
    try await witness.stop()
  }

  /// One history for each reader: the second gets no signature, also after the witness was started anew.
  @Test func aSplitViewIsRefused() async throws {
    try await place.release(Example.network, as: "n")
    try FileManager.default.copyItem(atPath: place.home, toPath: place("other"))
    let witness = try await Running(place, "--watch", place.home + "/log.pub")
    try await place.martlet("user", "add", "ada")
    #expect(
      try await place.martlet("log", "cosign", witness.address, "--witness", witness.key).status == 0)
    try await witness.stop()

    try FileManager.default.removeItem(atPath: place("witness.key"))
    try FileManager.default.removeItem(atPath: place("witness.key.pub"))
    let another = try await Running(place, "--watch", place.home + "/log.pub")
    for name in ["eve", "mallory"] {
      try await place.martlet("user", "add", name, environment: ["MARTLET_HOME": place("other")])
      let refused = try await place.martlet(
        "log", "cosign", another.address, "--witness", another.key,
        environment: ["MARTLET_HOME": place("other")])
      #expect(refused.status == 1, "\(refused.output)\(refused.errors)")
    }
    try await another.stop()
  }

  @Test func aWitnessElsewhereHasACertificate() async throws {
    try await place.release(Example.network, as: "n")
    try await place.martlet("keygen", "witness", "witness.example.org", "-o", "first.key")
    let open = try await place.martlet(
      "witness", "--key", "first.key", "--state", "first", "--watch", place.home + "/log.pub", "--host",
      "0.0.0.0")
    #expect(open.status == 2)
    #expect(open.errors.contains("without a certificate"), "\(open.errors)")

    let made = try await place.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
        "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "tls.pem", "-out",
        "chain.pem",
      ])
    try #require(made.status == 0, "\(made.errors)")
    let witness = try await Running(
      place, "--watch", place.home + "/log.pub", "--host", "localhost", "--certificate", "chain.pem",
      "--private-key", "tls.pem")
    #expect(witness.address.hasPrefix("https://localhost:"))
    let strange = try await place.martlet("log", "cosign", witness.address, "--witness", witness.key)
    #expect(strange.status == 2, "a certificate that nobody trusts was believed")
    let signed = try await place.martlet(
      "log", "cosign", witness.address, "--witness", witness.key, "--ca", "chain.pem")
    #expect(signed.status == 0, "\(signed.errors)")
    let none = try await place.martlet(
      "log", "cosign", witness.address, "--witness", witness.key, "--ca", "tls.pem")
    #expect(none.status == 2)
    #expect(none.errors.contains("expected certificates in PEM form"), "\(none.errors)")
    try await witness.stop()
  }

  @Test(arguments: [
    ("POST", "", 400), ("POST", "old 0\n\nhello\n", 400), ("POST", "old -1\n\n", 400), ("GET", "", 404),
  ])
  func nonsenseIsRefused(_ method: String, _ body: String, _ status: Int) async throws {
    try await place.martlet("user", "add", "ada")
    let witness = try await Running(place, "--watch", place.home + "/log.pub")
    let asked = try await place.run(
      "/usr/bin/env",
      [
        "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-X", method, "--data-binary", body,
        "\(witness.address)/add-checkpoint",
      ])
    #expect(asked.output == "\(status)")
    try await witness.stop()
  }
}
