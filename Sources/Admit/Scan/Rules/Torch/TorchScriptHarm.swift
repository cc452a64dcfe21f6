// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// TorchScript code touches files or other machines.
struct TorchScriptHarm: NoteRule {
  let kind: Note.Kind = "torch.script.harm"
  let card = RuleCard(
    code: "MRT-TOR-002", name: "TorchScript code touches files or other machines", severity: .critical,
    verdict: .unsafe,
    finds:
      "An operator in the code of a TorchScript archive that reads or writes files, or calls another machine, such as aten::save and aten::from_file.",
    why: "The code runs when the model is loaded or used, whatever weights_only says.",
    remedy: "Do not load it. Ask for the weights as safetensors.",
    references: ["CVE-2025-32434", "GHSA-53q9-r3pm-6pq6"],
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [94, 73])
}
