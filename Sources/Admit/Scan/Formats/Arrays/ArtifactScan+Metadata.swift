// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence

extension ArtifactScan {
  /// Judges a text that may be a template, wherever it stands in the metadata of a model.
  mutating func scanMetadataText(_ text: String, key: String, at offset: Int?, _ place: Place) {
    guard text.contains("{%") || text.contains("{{") else { return }
    var inner = place.inside(key)
    // Only templates are rendered; of other texts that look like one, only harm counts.
    inner.isRawData = place.isRawData || !key.contains("template")
    let first = findings.count
    JinjaScan.examine(Bytes(utf8: text), at: inner, in: &self)
    guard let harm = findings[first...].first(where: { Catalog.verdict(of: $0) == .unsafe }) else { return }
    note(
      "template.code", "\(key) is a template that leaves its data", construct: harm.construct, at: offset,
      place)
  }
}
