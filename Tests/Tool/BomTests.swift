// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet bom`, as a user runs it.
@Suite struct BomTests {
  let place = try! Workplace()

  @Test func theBillIsPrintedOrWrittenAndAttested() async throws {
    let printed = try await place.martlet("bom", Example.network, "--name", "network")
    #expect(printed.status == 0, "\(printed.errors)")
    let written = try await place.martlet(
      "bom", Example.network, "--name", "network", "-o", "network.cdx.json")
    #expect(written.status == 0, "\(written.errors)")
    #expect(written.output == "")
    #expect(try Example.bytes(place("network.cdx.json")).elementsEqual(printed.output.utf8))
    let document = try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any]
    #expect(document?["specVersion"] as? String == "1.6")
    // It is about the model as the store knows it.
    try await place.release(Example.network, as: "network")
    let attested = try await place.martlet(
      "attest", Example.network, "--type", "https://cyclonedx.org/bom", "--predicate", "network.cdx.json")
    #expect(attested.status == 0, "\(attested.errors)")
  }

  @Test func whatCannotBeDoneSaysWhyOnOneLine() async throws {
    try FileManager.default.createDirectory(atPath: place("model"), withIntermediateDirectories: false)
    try place.write("weights", to: "model/weights.txt")
    for arguments in [
      ["bom"], ["bom", "none"], ["bom", "model", "-o", "model/bill.json"],
      ["bom", "model/weights.txt", "-o", "model/weights.txt"], ["bom", "model", "-o", "none/bill.json"],
    ] {
      let ended = try await place.martlet(arguments)
      #expect(ended.status == 2, "\(arguments) \(ended.output)")
      #expect(ended.complaints.count == 1, "\(arguments) \(ended.errors)")
      #expect(ended.output == "")
    }
    #expect(try Example.bytes(place("model/weights.txt")).elementsEqual("weights".utf8))
    #expect(!FileManager.default.fileExists(atPath: place("model/bill.json")))
  }
}
