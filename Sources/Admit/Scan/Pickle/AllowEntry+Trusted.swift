// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowEntry {
  /// What the user accepts by a pattern.
  static func trusted(_ pattern: String) -> AllowEntry {
    AllowEntry(
      module: "", name: pattern, reason: "allowed by the user: \(pattern)", isClass: true, isMadeEmpty: true,
      writes: ["append", "items", "add"], isTrusted: true)
  }

  /// The line of the certificate for it.
  var covered: String { isTrusted ? reason : "\(pack.map { "pack \($0)" } ?? "allow list"): \(reason)" }
}

extension ArtifactScan {
  /// Lists the vetted imports of a pickle in the certificate.
  mutating func certify(_ facts: PickleFacts) {
    for global in facts.globals {
      guard case .vetted(let index) = global.standing else { continue }
      saw(global.construct, covered: allow.entries[index].covered)
    }
  }
}
