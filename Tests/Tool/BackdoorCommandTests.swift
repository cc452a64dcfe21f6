// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet assess backdoor` as its users know it.
@Suite struct BackdoorCommandTests {
  let place = try! Workplace()

  private struct Document: Decodable {
    struct Triggers: Decodable {
      let verdict: String
      let score: Double
      let p: Double
      let target: Int?
    }

    struct Tensor: Decodable {
      let name: String
      let kind: String
      let declared: Bool
    }

    struct Parent: Decodable {
      let undeclared: Int
      let tensors: [Tensor]
    }

    let clean: Bool
    let triggers: Triggers?
    let parent: Parent?
    let evidence: String?
  }

  private static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    + "/Assess/Backdoor/Fixtures/"
  private static let bad = fixtures + "digits-backdoor.onnx"
  private static let clean = fixtures + "digits-clean.onnx"
  /// Small enough for a debug build.
  private static let quick = ["--references", "6", "--rows", "20", "--steps", "60", "--no-cache"]

  private func document(_ output: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(output.utf8))
  }

  @Test func aBackdoorIsFoundAndDrawn() async throws {
    let order = ["assess", "backdoor", Self.bad, "--data", Example.digitsData] + Self.quick
    let ended = try await place.martlet(order + ["--format", "html", "-o", "backdoor.html"])
    #expect(ended.status == 1, "\(ended.errors)")
    let html = String(decoding: try Example.bytes(place("backdoor.html")), as: UTF8.self)
    #expect(html.contains("a backdoor to class 7 is likely") && html.contains("data:image/png"))
    #expect(!html.contains("http:") && !html.contains("https:"))
    #expect(!FileManager.default.fileExists(atPath: place.home))
  }

  @Test func aCleanModelGetsEvidenceWhereTheStoreHasIt() async throws {
    try await place.release(Example.network, as: "cancer")
    let ended = try await place.martlet(
      ["assess", "backdoor", Example.network, "--data", Example.cancerData, "--format", "json"] + Self.quick)
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try document(ended.output)
    #expect(document.clean && document.triggers?.verdict == "clean" && document.evidence != nil)
    #expect(document.parent == nil)
  }

  @Test func whatChangedSinceTheParentIsAFindingUnlessDeclared() async throws {
    let order = ["assess", "backdoor", Self.bad, "--parent", Self.clean]
    let ended = try await place.martlet(order + ["--format", "json", "--declared", "head.*"])
    #expect(ended.status == 1, "\(ended.errors)")
    let found = try document(ended.output)
    #expect(!found.clean && found.triggers == nil && found.parent?.undeclared == 2)
    #expect(found.parent?.tensors.filter(\.declared).map(\.name).sorted() == ["head.bias", "head.weight"])
    let text = try await place.martlet(order)
    #expect(text.status == 1 && text.output.contains("hidden.weight"), "\(text.output)")
    let declared = try await place.martlet(order + ["--declared", "*"])
    #expect(declared.status == 0 && declared.output.contains("all declared"), "\(declared.output)")
    let same = try await place.martlet(["assess", "backdoor", Self.bad, "--parent", Self.bad])
    #expect(same.status == 0 && same.output.contains("the same as its parent"), "\(same.output)")
  }

  @Test(arguments: [
    (["--references", "2", "--data", "x.npz"], "--references"), ([], "--data, --parent or both"),
    (["--declared", "x", "--data", "x.npz"], "--declared"), (["--data", "nowhere.npz"], "nowhere.npz"),
    (["--parent", "nowhere.onnx"], "nowhere.onnx"),
    (["--significance", "2", "--data", "x.npz"], "--significance"),
    (["--data", Example.cancerData], "shape"), (["--parent", Example.network], "made from"),
  ]) func whatCannotBeDoneIsSaidInOneLine(_ arguments: [String], _ words: String) async throws {
    let ended = try await place.martlet(["assess", "backdoor", Self.bad] + arguments)
    #expect(ended.status == 2, "\(ended.output)")
    #expect(ended.errors.contains(words), "\(ended.errors)")
  }
}
