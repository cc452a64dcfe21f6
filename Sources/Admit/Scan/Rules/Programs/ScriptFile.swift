// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A script that says who runs it.
struct ScriptFile: NoteRule {
  let kind: Note.Kind = "program.script"
  let card = RuleCard(
    code: "MRT-EXE-002", name: "The file is a script", severity: .medium, verdict: .unknown,
    finds: "A text that names its interpreter in its first line, or begins as scripts of Windows and PHP do.",
    why: "It can be started like a program, and what it then does is not judged here.",
    remedy: "Read it, or remove it from the model.",
    cwe: [829])
}
