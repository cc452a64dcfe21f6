// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Targets of a configuration of NeMo or Hydra that are not known to be harmless.
struct TargetUnlisted: NoteRule {
  let kind: Note.Kind = .targetUnlisted
  let card = RuleCard(
    code: "MRT-NEM-002", name: "The configuration calls an unknown class", severity: .medium,
    verdict: .unknown,
    finds: """
      Targets of a configuration of NeMo or Hydra that are not known to be harmless.
      """,
    why: "What they do when they are made was not looked at.",
    remedy: "Read the code, and allow the target if it is harmless.",
    references: ["CVE-2025-23304"],
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
