// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
import MartletFormats

extension GuardCalibration {
  /// The file. Arrays of numbers are little-endian bytes in base 64.
  private struct Document: Codable {
    struct Space: Codable {
      let width: Int
      let seed: UInt64
      let scale: Data?
      let points: Data
      let relative: Bool
    }

    let version: Int
    let model: String
    let input: String
    let layer: String?
    let output: String
    let logits: Bool
    let rows: Int
    let slack: Double
    let doubt: Double
    let profile: InputProfile
    let inputSpace: Space?
    let layerSpace: Space?
    let thresholds: [String: [ConformalThreshold]]
    let names: [String: [String]]?
  }

  /// The bytes of a file that ``init(json:)`` reads. Who may read it knows what the guard does not see.
  package func json() -> [UInt8] {
    func space(_ space: ReferenceSpace?) -> Document.Space? {
      space.map {
        .init(
          width: $0.facts.width, seed: $0.facts.seed, scale: $0.facts.scale.map(Self.data),
          points: Self.data($0.facts.points), relative: $0.facts.isRelative)
      }
    }
    let document = Document(
      version: 1, model: model, input: input, layer: layer, output: output, logits: areLogits, rows: rows,
      slack: slack, doubt: doubt, profile: profile, inputSpace: space(inputSpace),
      layerSpace: space(layerSpace),
      thresholds: Dictionary(uniqueKeysWithValues: thresholds.map { ($0.key.name, $0.value) }),
      names: names.isEmpty ? nil : names)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Every number in a calibration is finite, so that nothing can fail to encode.
    return Array(try! encoder.encode(document)) + [0x0A]
  }

  /// - Throws: ``GuardError/badDocument(kind:place:reason:)``.
  package init(json bytes: Bytes) throws(GuardError) {
    let document: Document = try GuardDocument.read(bytes, kind: "calibration")
    func require(_ holds: Bool, _ place: String, _ reason: String) throws(GuardError) {
      guard holds else { throw .badDocument(kind: "calibration", place: place, reason: reason) }
    }
    try require(document.version == 1, "version", "expected 1, found \(document.version)")
    try require(
      document.model.utf8.count == 64 && document.model.allSatisfy { $0.isHexDigit && !$0.isUppercase },
      "model", "expected a digest of 64 lower-case hexadecimal digits")
    try require(document.rows >= Self.fewestRows, "rows", "expected at least \(Self.fewestRows)")
    try require((0..<1).contains(document.slack), "slack", "expected a number from 0 to 1")
    try require(document.doubt > 0 && document.doubt < 0.1, "doubt", "expected a number from 0 to 0.1")
    try document.profile.check()
    for (output, names) in document.names ?? [:] {
      try require(
        (2...Limits.guardClasses).contains(names.count) && Set(names).count == names.count,
        "names.\(output)", "expected the names of two classes or more, each once")
    }
    var thresholds: [DetectionChannel: [ConformalThreshold]] = [:]
    for (name, list) in document.thresholds {
      guard let channel = DetectionChannel.allCases.first(where: { $0.name == name }) else {
        throw .badDocument(kind: "calibration", place: "thresholds", reason: "'\(name)' is no channel")
      }
      try require(
        list.map(\.oneIn) == ConformalThreshold.shares
          && list.allSatisfy { $0.score.isFinite && $0.rate > 0 && $0.rate <= 1 }, "thresholds.\(name)",
        "expected three with finite scores and rates from 0 to 1, for one in 3, 10 and 40")
      thresholds[channel] = list
    }
    func space(
      _ space: Document.Space?, _ channel: DetectionChannel, _ place: String
    ) throws(GuardError) -> ReferenceSpace? {
      try require(
        (space != nil) == (thresholds[channel] != nil), place, "expected it together with its thresholds")
      guard let space else { return nil }
      try require(
        (1...Limits.guardWidth).contains(space.width), "\(place).width",
        "expected from 1 to \(Limits.guardWidth), found \(space.width)")
      let points = Self.floats(space.points)
      let scale = space.scale.map(Self.floats)
      try require(
        !points.isEmpty && points.count % 32 == 0 && points.count <= 32 * Limits.guardReferences
          && space.points.count == 4 * points.count && points.allSatisfy(\.isFinite), "\(place).points",
        "expected 32 finite numbers for each of at most \(Limits.guardReferences) references")
      try require(
        scale.map { $0.count == space.width && $0.allSatisfy(\.isFinite) } ?? true, "\(place).scale",
        "expected \(space.width) finite numbers")
      return ReferenceSpace(
        .init(
          width: space.width, seed: space.seed, scale: scale, points: points, isRelative: space.relative))
    }
    self.init(
      model: document.model, input: document.input, layer: document.layer, output: document.output,
      areLogits: document.logits, rows: document.rows, profile: document.profile, slack: document.slack,
      doubt: document.doubt, inputSpace: try space(document.inputSpace, .input, "inputSpace"),
      layerSpace: try space(document.layerSpace, .layer, "layerSpace"), thresholds: thresholds,
      names: document.names ?? [:])
  }

  private static func data(_ values: [Float]) -> Data {
    Data(values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
  }

  private static func floats(_ data: Data) -> [Float] {
    let bytes = Array(data)
    return stride(from: 0, to: bytes.count / 4 * 4, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
  }
}
