// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Every format. This is the only registration.
enum ScannedFormats {
  private static var families: [any FormatFamily.Type] {
    [
      Pickles.self, Torch.self, Arrays.self, Archives.self, ONNXFamily.self, Keras.self, TensorFlow.self,
      Graphs.self, Learners.self, Texts.self, Media.self, Programs.self,
    ]
  }

  static let formats: [any ScannedFormat] = families.flatMap { $0.formats }
  static let archives: [any ArchiveProfile] = families.flatMap { $0.archives }
  static let texts: [any TextProfile] = families.flatMap { $0.texts }
  /// The names that profiles tell JSON texts by.
  static let keys: Set<String> = texts.reduce(into: []) { $0.formUnion($1.keys) }
  static let rules: [any Rule] = families.flatMap { $0.rules }
}
