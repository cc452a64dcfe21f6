// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Containers in each other in MessagePack, UBJSON, R and Torch 7 files. Each level is a call.
  package static let learnerDepth = 96
  /// Names, classes and references that one such file may have.
  package static let learnerNames = 1 << 20
  /// Bytes of one name in them.
  package static let learnerName = 1 << 16
  /// Nodes of one tree.
  package static let treeNodes = 1 << 22
}
