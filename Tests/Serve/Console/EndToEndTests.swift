// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLog
import MartletRegistry
import Testing

@testable import MartletLifecycle

/// What people do with the console, in a real browser against a real server.
@Suite struct EndToEndTests {
  @Test func aModelComesInIsAgreedToAnswersAndIsProvedToHaveAnswered() async throws {
    let served = try await ServedConsole(Showroom.people)
    let unsafe = try file("classifier.pkl", Showroom.pickle, of: served)
    let good = ServedConsole.examples + "/digits/digits.onnx"
    try await WebDriver.browse { browser in
      // Anna brings a model that would run something, and sees why it is refused.
      try await served.signIn("anna", Showroom.password, browser)
      try await upload(unsafe, as: "classifier", browser, served)
      try await browser.see("MRT-PKL-001")
      #expect(try await browser.text("h1 + .tag") == "refused")
      try await browser.click("#findings ~ ul summary")
      try await browser.see("What to do:")
      #expect(try served.lifecycle.store.registry.versions(of: "classifier").isEmpty)

      // A good one comes in, and waits for somebody else.
      try await upload(good, as: "digits", browser, served)
      try await browser.see("It was scanned, admitted and sealed.")
      try await browser.see("0 of 1 approval")
      #expect(try await browser.count("form[action$='/approve'], form[action$='/release']") == 0)
      // The same files again are the same version.
      try await upload(good, as: "digits", browser, served)
      try await browser.see("The store had exactly these files already")
      try await browser.click(".leave button")

      // Berta finds it, agrees, and releases it.
      try await served.signIn("berta", Showroom.password, browser)
      try await browser.follow("Models")
      try await browser.follow("digits")
      try await browser.follow("Version 1")
      try await browser.click("form[action$='/release'] button")
      try await browser.see("The gate says no")
      try await browser.open(served.address("/"))
      try await browser.see("Waiting for approval")
      try await browser.click(".concerns a")
      try await browser.click("form[action$='/approve'] button")
      try await browser.see("You approved it")
      try await browser.click("form[action$='/release'] button")
      try await browser.see("The gate released it.")

      // The command that the page shows gets an answer.
      let command = try await browser.text("#command")
      let key = try served.lifecycle.makeKey(for: "billing", kind: .service, role: .predictor)
      let answer = try run(command, key, served)
      #expect(answer.contains("\"outputs\"") && answer.contains("digits"), "\(answer)")

      // The answer is in the log, and its entry is proved.
      try await browser.open(served.address("/log?action=serve.predict"))
      while try await browser.count(".entries li") == 0 { try await browser.reload() }
      try await browser.see("serve.predict")
      let index = try #require(try await browser.attribute("value", of: ".entries li"))
      try await browser.click(".entries .index")
      try await browser.see("checked")
      let proof = try await served.send("GET", "/log/\(index)/proof", cookie: browser.cookie())
      #expect(proof.status == 200)
      let parsed = try TlogProof(parsing: Array(proof.text.utf8))
      let entry = try #require(parsed.extra)
      _ = try parsed.verify(
        entry: entry.span, key: LogVerifierKey(served.lifecycle.logVerifierKey), policy: WitnessPolicy())
      let record = try Record(entry: entry)
      #expect(record.action == "serve.predict" && record.model == "digits" && record.outcome == "allowed")
      #expect(try await browser.complaints().isEmpty)
    }
    // Who did what.
    let (anna, berta) = (
      try Showroom.id("anna", served.lifecycle), try Showroom.id("berta", served.lifecycle)
    )
    try await served.stop()
    let records = try served.lifecycle.logPage(count: 1_000).entries.reversed().compactMap(\.record)
    let life = records.filter { $0.model == "digits" && !$0.action.hasPrefix("serve.") }
    #expect(
      life.map {
        "\($0.action) \($0.outcome) \($0.principal == anna ? "anna" : $0.principal == berta ? "berta" : "?")"
      }
        == [
          "admit passed anna", "seal passed anna", "release refused berta", "approve approved berta",
          "release passed berta",
        ])
  }

  @Test func whatIsTakenOutOfServiceIsAskedAboutFirst() async throws {
    let served = try await ServedConsole { try Showroom.fill($0) }
    let key = try served.lifecycle.makeKey(for: "billing", kind: .service, role: .predictor, models: "digits")
    #expect(try await served.ask("digits", key: key).status == 200)
    try await WebDriver.browse { browser in
      try await served.signIn("berta", Showroom.password, browser)
      try await browser.open(served.address("/models/digits/1"))
      try await browser.follow("Revoke…")
      try await browser.see("This cannot be taken back.")
      try await browser.follow("Leave it as it is")
      try await browser.follow("Quarantine…")
      try await browser.type("its answers <b>drifted</b>", into: "#reason")
      try await browser.click("button.grave")
      try await browser.see("It is quarantined")
      try await browser.see("its answers <b>drifted</b>")
    }
    while try await served.ask("digits", key: key).status == 200 {}
    try await served.stop()
  }

  @Test func withoutScriptsAFormBringsAModelIn() async throws {
    let served = try await ServedConsole(Showroom.people)
    try await WebDriver.browse { browser in
      try await served.signIn("anna", Showroom.password, browser)
      try await browser.forbidScripts(true)
      try await upload(ServedConsole.examples + "/digits/digits.onnx", as: "digits", browser, served)
      try await browser.see("It was scanned, admitted and sealed.")
    }
    let version = try #require(try served.lifecycle.store.registry.versions(of: "digits").first)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: ServedConsole.examples + "/digits/digits.onnx"))
    #expect(version.manifest.resources.map(\.digest) == [Digest.of(Array(bytes))])
    let left = try FileManager.default.contentsOfDirectory(atPath: served.home.pushes)
    #expect(left.isEmpty)
    try await served.stop()
  }

  private func upload(
    _ path: String, as model: String, _ browser: WebDriver, _ served: ServedConsole
  ) async throws {
    try await browser.open(served.address("/upload"))
    try await browser.type(model, into: "#model")
    try await browser.type(path, into: "#files")
    try await browser.click("#upload button")
    // Where the verdict is told.
    try await browser.see("Evidence")
  }

  private func file(_ name: String, _ bytes: [UInt8], of served: ServedConsole) throws -> String {
    let path = served.home.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Runs a command as somebody does who copies it into a shell.
  private func run(_ command: String, _ key: APIKey, _ served: ServedConsole) throws -> String {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", command]
    shell.environment = [
      "PATH": "/usr/bin:/bin", "MARTLET_HOME": served.home.path, "MARTLET_KEY": key.reveal(),
    ]
    let output = Pipe()
    shell.standardOutput = output
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
