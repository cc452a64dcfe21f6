// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Messages in each other in a protocol buffer; the official parsers stop at 100.
  package static let protobufDepth = 100
  /// Tables in each other in a FlatBuffer; the official verifier stops at 64.
  package static let flatDepth = 64
  /// Tables that are visited in one FlatBuffer, each as often as something points at it; the official verifier's cap.
  package static let flatTables = 1_000_000
}
