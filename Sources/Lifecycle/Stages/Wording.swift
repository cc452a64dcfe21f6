// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Numbers as people read them, the same in the terminal and the console.
package enum Wording {
  package static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1_000: "\(count) bytes"
    case ..<1_000_000: String(format: "%.1f kB", Double(count) / 1e3)
    case ..<1_000_000_000: String(format: "%.1f MB", Double(count) / 1e6)
    default: String(format: "%.2f GB", Double(count) / 1e9)
    }
  }

  package static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A share with its interval.
  static func percent(_ accuracy: RobustnessFact.Accuracy) -> String {
    String(
      format: "%.1f %% (95 %% interval %.1f to %.1f)", accuracy.accuracy * 100, accuracy.low * 100,
      accuracy.high * 100)
  }
}
