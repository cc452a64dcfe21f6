// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Files that hold nothing but numbers of a model beside them: the model's own findings describe them.
enum DataFiles {
  /// Stands for the chunks of an array below a folder, which are too many to name.
  static let chunks = "\u{0}chunks"

  /// Whether the file at a path is named, by its name or as a chunk of an array.
  static func name(_ path: String, in files: Set<String>) -> Bool {
    if files.contains(path) { return true }
    guard files.contains(where: { $0.hasSuffix(chunks) }) else { return false }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for count in 1...min(34, max(parts.count, 1)) where count <= parts.count {
      guard isChunk(parts.suffix(count)) else { continue }
      let folder = parts.dropLast(count).map { $0 + "/" }.joined()
      if files.contains(folder + chunks) { return true }
    }
    return false
  }

  /// `0`, `0.0` and `0/0` of the second edition of zarr, `c`, `c/0/0` and `c.0.0` of the third.
  private static func isChunk(_ parts: ArraySlice<Substring>) -> Bool {
    var parts = parts
    if parts.first == "c" { parts = parts.dropFirst() }
    return parts.allSatisfy { part in
      let numbers = part.split(separator: ".", omittingEmptySubsequences: false)
      return (numbers.first == "c" && numbers.count > 1 ? numbers.dropFirst() : numbers[...]).allSatisfy {
        !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
    }
  }

  /// Whether findings only say that numbers are no file of some format: they may begin like one. What would do something
  /// to whoever loads the file by itself stays, and so does what could not be looked at: a limit, a cipher, a file nobody may read.
  static func describeNumbers(_ findings: some Sequence<Finding>) -> Bool {
    findings.allSatisfy { doubts.contains($0.rule) }
  }

  /// Of formats that have no magic, or one of a byte or two.
  private static let doubts: Set<String> = {
    let rules: [any Rule] = [
      Unrecognised(), Polyglot(), BrokenTemplate(), StreamTail(), BrokenStream(), MalformedPickle(),
      BrokenMessagePack(), BrokenModel(), ExternalUnavailable(), BrokenTensorFlow(), GraphTensorSize(),
      BrokenGraph(), MissingWeights(), BrokenLite(), BrokenVectors(), BrokenTorch7(), BrokenR(),
      BrokenBooster(),
      BrokenLightGBM(), CutConfig(),
    ]
    return Set(rules.map(\.card.code))
  }()
}
