// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A YAML tag that runs code when the text is read.
struct HarmfulTag: NoteRule {
  let kind = Note.Kind.yamlTagHarm
  let card = RuleCard(
    code: "MRT-YML-001", name: "A YAML tag runs code", severity: .critical, verdict: .unsafe,
    finds: """
      A tag such as !!python/object/apply:os.system, under any handle and in any spelling, that names \
      something which does harm.
      """,
    why: "A loader that obeys tags calls it while it reads the text.",
    remedy: "Do not load it. Read YAML only with a safe loader.",
    references: ["CVE-2020-14343", "CVE-2020-1747", "CVE-2017-18342", "CVE-2022-1471"],
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
