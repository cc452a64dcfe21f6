// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The guard of a server as operators know it.
@Suite struct GuardedServerTests {
  let place = try! Workplace()

  private func clients(_ arguments: String...) async throws -> [[String: Any]] {
    let shown = try await place.martlet(["guard", "show", "--format", "json"] + arguments)
    #expect(shown.status == 0, "\(shown.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [[String: Any]], "\(shown.output)")
  }

  @Test func aKilledServerForgetsNoBudgetAndAnOperatorLetsSomebodyOff() async throws {
    try await place.release(Example.digits, as: "digits")
    let calibrated = try await place.martlet([
      "guard", "calibrate", Example.digits, "--data", Example.digitsData, "--seed", "1", "-o", "guard.json",
    ])
    #expect(calibrated.status == 0, "\(calibrated.errors)")
    let kept = try await place.martlet("guard", "keep", "guard.json")
    #expect(kept.status == 0 && kept.output.contains("digits:1"), "\(kept.errors)")
    try place.write(
      """
      models:
        limits:
          - {name: digits, guard: {budget: {tenant: {queries: 12, seconds: 1000000}}, networks: false}}
      """, to: "serve.yaml")
    let checked = try await place.martlet("serve", "--config", "serve.yaml", "--check")
    #expect(checked.status == 0, "\(checked.errors)")

    var server = try await RunningServer(place, "--config", "serve.yaml")
    let key = try await server.newKey("line 4", role: "predictor", models: "digits")
    let images = try Example.images(12)
    for (pixels, _) in images {
      #expect(try await server.classify(pixels, key: key).status == 200)
    }
    #expect(try await server.classify(images[0].0, key: key).status == 429)
    server.program.signal(SIGKILL)
    _ = try await server.program.end()

    server = try await RunningServer(place, "--config", "serve.yaml")
    #expect(try await server.classify(images[0].0, key: key).status == 429)
    let tenant = try #require(
      try await clients("digits", "--all").first { $0["kind"] as? String == "tenant" })
    #expect(tenant["owner"] as? String == "line 4" && tenant["state"] as? String == "clear")
    #expect(tenant["spent"] as? Int == 12 && tenant["budget"] as? Int == 12)
    #expect(try await clients().isEmpty)

    // Somebody who draws numbers, over the network this time.
    let other = try await server.newKey("thief", role: "predictor", models: "digits")
    let operating = try await server.newKey("operator", role: "operator")
    var pixels = [Float](repeating: 0, count: 64)
    for turn in 0..<12 {
      for place in pixels.indices { pixels[place] = Float((place * 37 + turn * 11) % 17) / 16 }
      _ = try await server.classify(pixels, key: other)
    }
    let environment = [
      "MARTLET_SERVER": "https://localhost:\(server.port)", "MARTLET_CA": server.certificate,
      "MARTLET_KEY": operating,
    ]
    let again = try await place.martlet(["guard", "keep", "guard.json"], environment: environment)
    #expect(again.status == 0 && again.output.contains("kept      digits:1"), "\(again.errors)")
    let shown = try await place.martlet(["guard", "show", "digits"], environment: environment)
    #expect(shown.status == 0 && shown.output.contains("(thief)"), "\(shown.output)\(shown.errors)")
    #expect(shown.output.contains("looks like an attack"), "\(shown.output)")
    let cleared = try await place.martlet(
      ["guard", "clear", "digits", "--tenant", "thief", "--reason", "a load test"], environment: environment)
    #expect(cleared.status == 0 && cleared.output.contains("cleared"), "\(cleared.errors)")
    let nobody = try await place.martlet(
      ["guard", "clear", "digits", "--key", "nobody"], environment: environment)
    #expect(nobody.status == 2 && nobody.errors.contains("knows no key nobody"), "\(nobody.errors)")
    _ = try await server.stop()
    let records = try await place.records()
    #expect(
      records.contains {
        $0["action"] as? String == "guard.clear"
          && ($0["reason"] as? String)?.hasSuffix("a load test") == true
      })
    #expect(records.contains { $0["action"] as? String == "guard.flag" })
    try await place.expectIntactLog()
    let checkedStore = try await place.martlet("fsck")
    #expect(checkedStore.status == 0, "\(checkedStore.output)\(checkedStore.errors)")
  }

  @Test func aGrantSaysHowMuchOfAnAnswerItGives() async throws {
    try await place.release(Example.digits, as: "digits")
    try await place.martlet("user", "add", "shop", "--service")
    let added = try await place.martlet([
      "grant", "add", "shop", "predictor", "--models", "digits", "--respond", "decimals=2,top=3",
    ])
    #expect(added.status == 0 && added.output.contains("answers decimals=2,top=3"), "\(added.errors)")
    let listed = try await place.martlet("grant", "list", "shop")
    #expect(listed.output.contains("predictor on digits, answers decimals=2,top=3"), "\(listed.output)")
    for wrong in ["everything", "decimals=9", "label-only,label-only"] {
      let refused = try await place.martlet([
        "grant", "add", "shop", "predictor", "--models", "digits", "--respond", wrong,
      ])
      #expect(refused.status == 2, "\(wrong): \(refused.output)")
    }
    let viewer = try await place.martlet(["grant", "add", "shop", "viewer", "--respond", "label-only"])
    #expect(viewer.status == 2 && viewer.errors.contains("viewer"), "\(viewer.errors)")
    let removed = try await place.martlet("grant", "remove", "shop", "predictor", "--models", "digits")
    #expect(removed.status == 0, "\(removed.errors)")
  }

  @Test(arguments: [
    (["guard", "clear", "digits"], "whom?"), (["guard", "keep", "missing.json"], "missing.json"),
    (["guard", "show", "--server", "https://localhost:1"], "key"),
  ])
  func whatCannotBeDoneIsSaid(_ arguments: [String], _ words: String) async throws {
    let ended = try await place.martlet(arguments)
    #expect(ended.status == 2 && ended.errors.contains(words), "\(ended.errors)")
  }

  @Test func rangesComeFromTheProfileOfADataset() async throws {
    try place.write(
      "a,b,c\n" + (0..<40).map { "\($0 % 3),\(Double($0) / 10),7\n" }.joined(), to: "train.csv")
    let profiled = try await place.martlet([
      "data", "profile", "train.csv", "--format", "json", "-o", "train.profile.json",
    ])
    #expect(profiled.status == 0, "\(profiled.errors)")
    // Three columns for a model of 64 inputs.
    let refused = try await place.martlet([
      "guard", "calibrate", Example.digits, "--data", Example.digitsData, "--profile", "train.profile.json",
      "-o",
      "guard.json",
    ])
    #expect(refused.status == 2 && refused.errors.contains("64 inputs"), "\(refused.errors)")
    let own = try await place.martlet([
      "data", "profile", Example.digitsData, "--format", "json", "-o", "digits.profile.json",
    ])
    #expect(own.status == 0, "\(own.errors)")
    let calibrated = try await place.martlet([
      "guard", "calibrate", Example.digits, "--data", Example.digitsData, "--profile", "digits.profile.json",
      "-o",
      "guard.json",
    ])
    #expect(calibrated.status == 0, "\(calibrated.errors)")
  }
}
