// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What TensorFlow and TensorFlow Lite write.
enum TensorFlow: FormatFamily {
  static let formats: [any ScannedFormat] = [
    GraphFormat(), KerasMetadataFormat(), FingerprintFormat(), LiteFormat(), CheckpointFormat(),
    EventFormat(),
  ]
  static let texts: [any TextProfile] = [GraphTextProfile()]
  static let rules: [any Rule] = [
    GraphRunsPython(), GraphWrites(), GraphReads(), GraphNetwork(), GraphInGraph(), UnlistedOperation(),
    UnresolvedPath(), SavedLambda(), AssetEscape(), BrokenTensorFlow(), UnknownGraphField(),
    GraphTensorSize(),
    EndsProcess(), ShadowedOperation(), BrokenKerasText(), LiteMemory(), BrokenLite(), CustomLite(),
    UnknownLite(), BrokenCheckpoint(),
    CheckpointData(), CheckpointObject(),
  ]
}
