// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// ONNX models.
enum ONNXFamily: FormatFamily {
  static let formats: [any ScannedFormat] = [ONNXFormat(), ONNXTensorFormat()]
  static let texts: [any TextProfile] = [ONNXTextProfile()]
  static let rules: [any Rule] = [
    PythonOperator(), CustomDomain(), ExternalEscape(), ExternalUnavailable(), ExternalData(),
    UnknownFields(), TensorSize(), BrokenModel(), ShadowedOperator(), UnknownOperator(),
    NativeOperator(), ModelExpansion(), ValueOrder(), SharedDataFile(), CodeInMetadata(), AttributeKey(),
    ModelAsText(),
  ]
}
