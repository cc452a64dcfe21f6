// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a user accepts beyond what is proved harmless: packs by name, and constructs by pattern.
package struct Allowance: Sendable, Equatable {
  /// Names of ``AllowPacks``, such as `sklearn`.
  package var packs: Set<String>
  /// Exact constructs, or prefixes that end in `*`: `mypackage.models.*`, `keras:my_package>MyLayer`, `onnx:com.microsoft::*`.
  package var patterns: [String]

  package init(packs: Set<String> = [], patterns: [String] = []) {
    self.packs = packs
    self.patterns = patterns
  }

  /// What `--allow` was given: names of packs, and patterns.
  package init(allowing names: [String]) {
    packs = Set(names.filter { name in AllowPacks.all.contains { $0.name == name } })
    patterns = names.filter { name in !AllowPacks.all.contains { $0.name == name } }
  }

  /// The pattern that covers a construct, if one does.
  func pattern(for construct: String) -> String? {
    patterns.first { pattern in
      pattern.hasSuffix("*") ? construct.hasPrefix(pattern.dropLast()) : construct == pattern
    }
  }
}
