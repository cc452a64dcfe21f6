// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Comparing bytes of a file with text of ours.
extension Span<UInt8> {
  func starts(_ text: String) -> Bool {
    count >= text.utf8.count && extracting(0..<text.utf8.count).equals(text)
  }

  func equals(_ text: String) -> Bool {
    guard count == text.utf8.count else { return false }
    var index = 0
    for character in text.utf8 {
      if self[index] != character { return false }
      index += 1
    }
    return true
  }
}
