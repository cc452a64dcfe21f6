// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The clients of others, unmodified, against `martlet serve`.
@Suite struct OpenInferenceClientTests {
  let place = try! Workplace()

  @Test func tritonclientWorksAsItIs() async throws {
    let found = try await ask("triton.py")
    #expect(found["live"] as? Bool == true)
    #expect(found["ready"] as? Bool == true)
    #expect(found["modelReady"] as? Bool == true)
    #expect(found["versionReady"] as? Bool == true)
    #expect(found["noSuchModelReady"] as? Bool == false)
    #expect(found["extensions"] as? [String] == ["binary_tensor_data"])
    #expect(found["versions"] as? [String] == ["1"])
    #expect(found["id"] as? String == "seven")
    #expect(found["shape"] as? [Int] == [8, 10])
    #expect(try right(found) >= 7)
    #expect(found["sameInEveryForm"] as? Bool == true)
    #expect(found["alone"] as? Bool == true)
    #expect(found["inVersion"] as? Bool == true)
    #expect((found["refusal"] as? String)?.contains("input image") == true, "\(found)")
    #expect((found["compressed"] as? String)?.contains("415") == true, "\(found)")
  }

  @Test func theKserveClientWorksAsItIs() async throws {
    let found = try await ask("kserve_rest.py")
    #expect(found["live"] as? Bool == true)
    #expect(found["ready"] as? Bool == true)
    #expect(found["modelReady"] as? Bool == true)
    #expect(found["id"] as? String == "seven")
    #expect(try right(found) >= 7)
    #expect(found["sameInEveryForm"] as? Bool == true)
    #expect((found["refusal"] as? String)?.contains("expected the shape") == true, "\(found)")
  }

  /// How many of the first eight test images got their digit.
  private func right(_ found: [String: Any]) throws -> Int {
    let digits = try #require(found["digits"] as? [Int])
    return zip(digits, try Example.images(8)).count { $0 == Int($1.label) }
  }

  private func ask(_ client: String) async throws -> [String: Any] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    try #require(
      FileManager.default.fileExists(atPath: root + "/.build/peers/tritonclient"),
      "the clients are missing: run `make test`, which fetches them")
    try await place.release(Example.digits, as: "digits")
    let server = try await RunningServer(place)
    let key = try await server.newKey("line 4", role: "predictor", models: "digits")
    let asked = try await place.run(
      "/usr/bin/env",
      [
        "PYTHONPATH=\(root)/.build/peers", "python3", "\(root)/Tests/Tool/Clients/\(client)",
        "\(server.port)",
        server.certificate, key, Example.digitsData,
      ])
    #expect(try await server.stop().status == 0)
    try #require(asked.status == 0, "\(asked.output)\(asked.errors)")
    let line = try #require(asked.lines.last)
    return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}
