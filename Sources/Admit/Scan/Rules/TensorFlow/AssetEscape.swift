// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Names of assets that leave the folder.
struct AssetEscape: NoteRule {
  let kind: Note.Kind = .assetEscape
  let card = RuleCard(
    code: "MRT-TFS-009", name: "An asset lies outside of the model", severity: .high, verdict: .unsafe,
    finds: "The name of an asset that is absolute or goes up.",
    why: "Loading the model reads another file of the machine.",
    remedy: "Do not load the model.",
    atlas: ["AML.T0011.000"],
    cwe: [22])
}
