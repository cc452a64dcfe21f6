// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A torch package imports what does harm.
struct TorchPackageExtern: NoteRule {
  let kind: Note.Kind = "torch.package.extern"
  let card = RuleCard(
    code: "MRT-TOR-006", name: "A torch package imports what does harm", severity: .high, verdict: .unsafe,
    finds: "A module in .data/extern_modules of a torch.package archive that is known to do harm.",
    why: "The code of the package imports it when it is loaded.",
    remedy: "Do not load it. Ask for the weights as safetensors.",
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
