// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A network of ncnn as text: its magic, two counts, and layers. Its reader takes one word after the other, and does not care
/// for lines (`net.cpp`, `paramdict.cpp`).
struct NCNNProfile: TextProfile {
  let name = "ncnn"

  private static let magic = "7767517"

  func fits(_ text: TextSample) -> Bool {
    text.body.hasPrefix(Self.magic)
      && text.body.dropFirst(Self.magic.count).first.map(\.isWhitespace) ?? false
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    if let problem = Self.walk(text.bytes.span, &notes) {
      notes.add("graph.broken", "expected a network of ncnn, found \(problem)")
    }
    scan.report(notes, place)
    if let stem = scan.neighbours.stem, case .inside = scan.folder(of: place).dataFile(stem + ".bin") {
      scan.hold([stem + ".bin"], at: place)
    }
  }

  private static func walk(_ span: Span<UInt8>, _ notes: inout Notes) -> String? {
    var words = Words(span: span)
    guard words.next()?.text == magic, let layers = words.number(), let blobs = words.number(),
      (1...Limits.ncnnLayers).contains(layers), (1...Limits.ncnnLayers).contains(blobs)
    else { return "counts of layers and blobs that no network has" }
    var outputs = 0
    for _ in 0..<layers {
      guard let type = words.next() else { return "fewer layers than it says" }
      if !GraphOperators.ncnn.contains(type.text) {
        notes.add(
          "graph.operator", "expected a layer of ncnn, found \(type.text.prefix(200))",
          construct: String(type.text.prefix(200)), at: type.at, allow: "ncnn:\(type.text.prefix(200))")
      }
      guard let name = words.next(), let bottoms = words.number(), let tops = words.number(),
        name.text.utf8.count < 256, bottoms >= 0, tops >= 0, bottoms <= blobs, tops <= blobs
      else { return "a layer without a name and counts at offset \(type.at)" }
      outputs += tops
      // Each output has a number of its own, which is where it is put.
      guard outputs <= blobs else {
        notes.add(
          "graph.bounds", "expected at most \(blobs) blobs, found more at offset \(type.at)", at: type.at)
        return nil
      }
      for _ in 0..<bottoms + tops {
        guard let blob = words.next(), blob.text.utf8.count < 256 else { return "a blob without a name" }
      }
      while words.takeParameter() {}
    }
    return words.next() == nil ? nil : "more layers than it says"
  }

  /// Words between white space.
  private struct Words: ~Escapable {
    let span: Span<UInt8>
    var at = 0

    @_lifetime(copy span)
    init(span: Span<UInt8>) { self.span = span }

    mutating func next() -> (text: String, at: Int)? {
      while at < span.count, span[at] <= 0x20 { at += 1 }
      let start = at
      var units: [UInt8] = []
      while at < span.count, span[at] > 0x20 {
        if units.count < 1024 { units.append(span[at]) }
        at += 1
      }
      return at > start ? (String(decoding: units, as: UTF8.self), start) : nil
    }

    mutating func number() -> Int? { next().flatMap { Int($0.text) } }

    /// `id=value`
    mutating func takeParameter() -> Bool {
      let before = at
      guard let word = next(), let equals = word.text.firstIndex(of: "="), Int(word.text[..<equals]) != nil
      else {
        at = before
        return false
      }
      return true
    }
  }
}
