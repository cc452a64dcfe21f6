// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A Python object in a configuration that is known to do harm.
struct ConfigHarm: NoteRule {
  let kind = Note.Kind.configHarm
  let card = RuleCard(
    code: "MRT-CFG-001", name: "The configuration names something that does harm", severity: .critical,
    verdict: .unsafe,
    finds: """
      A value such as _target_, py/object or loader_module that names a Python function or class \
      which runs code, starts processes or touches files and connections.
      """,
    why: """
      The library that reads the configuration imports what it names and calls it with other values \
      of the file.
      """,
    remedy: "Do not load it.",
    references: ["CVE-2025-23304"],
    atlas: ["AML.T0011.000"],
    cwe: [502, 470])
}
