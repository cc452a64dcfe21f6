// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Every cap on hostile input, in one place. Reaching one is a finding or an error that names it, never a crash,
/// and what lies beyond it is never called safe.
package enum Limits {
  /// Bytes. A file up to this size is copied into memory before it is judged; a larger one is mapped.
  package static let copiedFile = 64 << 20

  /// Levels of nesting in a JSON text.
  package static let jsonDepth = 128

  /// Bytes of a signature bundle: one resource is about 150, and there are at most `filesOfAnArtifact`.
  package static let signatureBundle = 32 << 20

  /// Files and folders of one artifact.
  package static let filesOfAnArtifact = 100_000
}
