// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@Suite struct DoctorTests {
  let place: Workplace
  init() throws { place = try Workplace() }

  private func found(_ ended: Program.Ended) throws -> [String: (state: String, finding: String)] {
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [[String: String]],
      "\(ended.output)\(ended.errors)")
    return Dictionary(
      uniqueKeysWithValues: list.map { ($0["subject"]!, (state: $0["state"]!, finding: $0["finding"]!)) })
  }

  @Test func aMachineWithoutAStoreIsWell() async throws {
    let ended = try await place.martlet("doctor", "--format", "json")
    #expect(ended.status == 0)
    #expect(try found(ended)["store"]?.state == "note")
    #expect(!FileManager.default.fileExists(atPath: place.home))
  }

  @Test func aNewStoreIsWellAndItsKeyLiesBesideItsData() async throws {
    try await place.release(Example.network, as: "n")
    let ended = try await place.martlet("doctor", "--format", "json")
    #expect(ended.status == 0, "\(ended.output)")
    let found = try found(ended)
    for subject in ["store", "keys", "sealing key", "evidence key", "log key", "clock", "core dumps"] {
      #expect(found[subject]?.state == "good", "\(subject)")
    }
    #expect(found["key place"]?.state == "note")
    #expect(found["key place"]?.finding.contains("the sealing key lies beside the sealed models") == true)
    let text = try await place.martlet("doctor")
    #expect(text.lines.contains { $0.hasPrefix("good  sealing key") })
  }

  @Test func whatOthersMayReadIsNamed() async throws {
    try await place.release(Example.network, as: "n")
    chmod(place.home + "/keys/sealing.age", 0o644)
    chmod(place.home + "/keys", 0o750)
    let ended = try await place.martlet("doctor", "--format", "json")
    #expect(ended.status == 1)
    let found = try found(ended)
    #expect(found["sealing key"]?.finding.contains("found mode 0644; run: chmod 600") == true)
    #expect(found["keys"]?.finding.contains("found mode 0750; run: chmod 700") == true)
    #expect(found["log key"]?.state == "good")
  }

  @Test func aClockThatIsBehindTheLogIsNamed() async throws {
    try await place.release(Example.network, as: "n")
    let later = Date(timeIntervalSinceNow: 86_400)
    try FileManager.default.setAttributes(
      [.modificationDate: later], ofItemAtPath: place.home + "/martlet.db")
    let ended = try await place.martlet("doctor", "--format", "json")
    #expect(ended.status == 1)
    #expect(try found(ended)["clock"]?.finding.contains("when the database was written") == true)
  }

  @Test func aMissingKeyIsNamed() async throws {
    try await place.release(Example.network, as: "n")
    try FileManager.default.removeItem(atPath: place.home + "/keys/sealing.age")
    let ended = try await place.martlet("doctor", "--format", "json")
    #expect(ended.status == 1)
    #expect(try found(ended)["sealing key"]?.finding.contains("put it back from your backup") == true)
  }
}
