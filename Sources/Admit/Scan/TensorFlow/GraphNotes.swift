// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is noted of graphs of TensorFlow, and of those of TensorFlow Lite that use its operators.
extension Note.Kind {
  static let graphRunsPython: Self = "tensorflow.python"
  static let graphWrites: Self = "tensorflow.writes"
  static let graphReads: Self = "tensorflow.reads"
  static let graphNetwork: Self = "tensorflow.network"
  static let graphInGraph: Self = "tensorflow.graph"
  static let unlistedOperator: Self = "tensorflow.unlisted"
  static let unresolvedPath: Self = "tensorflow.path"
  static let savedLambda: Self = "tensorflow.lambda"
  static let assetEscape: Self = "tensorflow.asset"
  static let brokenGraph: Self = "tensorflow.broken"
  static let unknownGraphField: Self = "tensorflow.field"
  static let graphTensorSize: Self = "tensorflow.size"
  static let endsProcess: Self = "tensorflow.ends"
  static let shadowedOperation: Self = "tensorflow.shadowed"
  static let brokenKerasText: Self = "tensorflow.keras"
}
