// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Targets of a configuration of NeMo or Hydra that run code or reach files and the network.
struct TargetDanger: NoteRule {
  let kind: Note.Kind = .targetDanger
  let card = RuleCard(
    code: "MRT-NEM-001", name: "The configuration calls something dangerous", severity: .critical,
    verdict: .unsafe,
    finds: """
      Targets of a configuration of NeMo or Hydra that run code or reach files and the network.
      """,
    why: """
      Restoring the model imports the target and calls it with arguments from the configuration.
      """,
    remedy: "Do not load the model.",
    references: [
      "CVE-2025-23304", "CVE-2025-23249", "CVE-2025-23250", "CVE-2025-23360", "CVE-2025-33253",
      "CVE-2026-24157", "CVE-2026-24159", "CVE-2025-23298",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [94, 502])
}
