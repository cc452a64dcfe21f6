// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What a walk through an ONNX model saw that is not plain.
struct ONNXFacts: Sendable {
  enum Kind: Sendable {
    case pythonOperator, customDomain, externalEscape, externalUnavailable, externalData, unknownFields
    case tensorSize, broken, shadowedOperator
  }

  struct Note: Sendable {
    let kind: Kind
    let detail: String
    let construct: String?
  }

  private(set) var notes: [Note] = []
  private var counts: [Kind: Int] = [:]
  /// Files in the folder that tensors of this model lie in.
  var dataFiles: Set<String> = []

  mutating func note(_ kind: Kind, _ detail: String, _ construct: String? = nil) {
    // One more than a rule lists, so that it says that there are more.
    guard counts[kind, default: 0] <= Limits.findingsPerRule,
      !notes.contains(where: { $0.kind == kind && $0.detail == detail && $0.construct == construct })
    else { return }
    counts[kind, default: 0] += 1
    notes.append(Note(kind: kind, detail: detail, construct: construct))
  }

  func notes(_ kind: Kind) -> [Note] { notes.filter { $0.kind == kind } }
}

/// Finds the files that a model keeps tensors in.
protocol DataFolder {
  /// The file at a relative path that ``MemberName`` has accepted.
  func dataFile(_ path: String) -> DataFile
}

enum DataFile: Equatable {
  case inside(size: Int)
  case missing
  case escapes
}

/// For bytes that come without a folder.
struct NoFolder: DataFolder {
  func dataFile(_ path: String) -> DataFile { .missing }
}
