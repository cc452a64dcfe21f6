// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An exported program calls what is not vetted.
struct TorchExportOperator: NoteRule {
  let kind: Note.Kind = "torch.export.operator"
  let card = RuleCard(
    code: "MRT-TOR-005", name: "An exported program calls what is not vetted", severity: .medium,
    verdict: .unknown,
    finds: "An operator in a program of torch.export that is no part of torch, or that cannot be read.",
    why: "What it does is decided by a library that the program loads.",
    remedy: "If you trust the library, allow the operator by name.",
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
