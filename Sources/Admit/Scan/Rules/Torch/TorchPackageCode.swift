// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A torch package brings Python code.
struct TorchPackageCode: NoteRule {
  let kind: Note.Kind = "torch.package.code"
  let card = RuleCard(
    code: "MRT-TOR-007", name: "A torch package brings Python code", severity: .medium, verdict: .unknown,
    finds: "An archive of torch.package or of TorchServe, whose Python sources are run when it is loaded.",
    why: "Loading it runs the code.",
    remedy: "Read the code, or ask for the weights as safetensors.",
    references: ["CVE-2023-48299"],
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
