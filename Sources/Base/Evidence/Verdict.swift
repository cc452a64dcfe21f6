// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is known about an artifact as a whole. The order is from good to bad.
package enum Verdict: String, Codable, Sendable, CaseIterable, Comparable {
  /// Everything was read, and only known-harmless constructs are in it.
  case safe
  /// Nothing known-bad was seen, but not everything could be proved harmless.
  case unknown
  /// It could not be read whole.
  case incomplete
  /// It does, or can do, harm when it is loaded.
  case unsafe

  /// The verdict on two parts together: the worse one.
  package func combine(_ other: Verdict) -> Verdict { max(self, other) }

  package static func < (left: Verdict, right: Verdict) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }
}
