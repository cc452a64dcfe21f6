// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// ONNX models.
enum ONNXFamily: FormatFamily {
  static let formats: [any ScannedFormat] = [ONNXFormat()]
  static let rules: [any Rule] = [
    PythonOperator(), CustomDomain(), ExternalEscape(), ExternalUnavailable(), ExternalData(),
    UnknownFields(), TensorSize(), BrokenModel(), ShadowedOperator(),
  ]
}
