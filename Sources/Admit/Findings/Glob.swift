// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Patterns of paths: `*` stands for anything but a slash, `**` for anything, `?` for one character.
enum Glob {
  /// Whether a pattern fits a whole path, or its end from a slash on.
  static func matches(_ pattern: String, _ path: String) -> Bool {
    let path = Array(path.utf8)
    let pattern = Array(pattern.utf8)
    if fits(pattern, path[...]) { return true }
    guard pattern.first != UInt8(ascii: "/") else { return false }
    return path.indices.contains { path[$0] == UInt8(ascii: "/") && fits(pattern, path[($0 + 1)...]) }
  }

  /// In time proportional to the product of the lengths, whatever the pattern.
  private static func fits(_ pattern: [UInt8], _ path: ArraySlice<UInt8>) -> Bool {
    // reach[i]: the pattern up to i fits the path read so far.
    var steps: [(byte: UInt8, isStar: Bool, crosses: Bool)] = []
    var at = 0
    while at < pattern.count {
      if pattern[at] == UInt8(ascii: "*") {
        let crosses = at + 1 < pattern.count && pattern[at + 1] == UInt8(ascii: "*")
        steps.append((0, true, crosses))
        at += crosses ? 2 : 1
      } else {
        steps.append((pattern[at], false, false))
        at += 1
      }
    }
    func closed(_ reach: [Bool]) -> [Bool] {
      var reach = reach
      for (index, step) in steps.enumerated() where reach[index] && step.isStar { reach[index + 1] = true }
      return reach
    }
    var reach = closed([true] + [Bool](repeating: false, count: steps.count))
    for byte in path {
      var after = [Bool](repeating: false, count: steps.count + 1)
      for (index, step) in steps.enumerated() where reach[index] {
        if step.isStar {
          if step.crosses || byte != UInt8(ascii: "/") { after[index] = true }
        } else if step.byte == byte || (step.byte == UInt8(ascii: "?") && byte != UInt8(ascii: "/")) {
          after[index + 1] = true
        }
      }
      reach = closed(after)
    }
    return reach[steps.count]
  }
}
