// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Code beside a configuration that it loads.
struct ConfigCode: NoteRule {
  let kind = Note.Kind.configCode
  let card = RuleCard(
    code: "MRT-CFG-003", name: "The configuration loads code from its own folder", severity: .medium,
    verdict: .unknown,
    finds: """
      An auto_map, custom_pipelines or a pipeline's component that names a Python file beside the \
      configuration.
      """,
    why: "Whoever loads the model with trust in remote code runs that file.",
    remedy: "Read the file that it names, or use a model that the library knows by itself.",
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
