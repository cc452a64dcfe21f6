// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// TorchScript code calls what is not vetted.
struct TorchScriptOperator: NoteRule {
  let kind: Note.Kind = "torch.script.operator"
  let card = RuleCard(
    code: "MRT-TOR-003", name: "TorchScript code calls what is not vetted", severity: .medium,
    verdict: .unknown,
    finds: "An operator or a native class that is no part of torch, or a name that stands for all of them.",
    why: "What it does is decided by a library that the program loads.",
    remedy: "If you trust the library, allow the operator by name.",
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
