// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Bytecode of Lua.
struct LuaFunction: NoteRule {
  let kind: Note.Kind = "torch7.code"
  let card = RuleCard(
    code: "MRT-LUA-003", name: "The Torch 7 file holds Lua bytecode", severity: .critical, verdict: .unsafe,
    finds: "A serialised function in a Torch 7 file.",
    why: """
      Torch loads the bytecode without a check, and bytecode of Lua can do anything to the process.
      """,
    remedy: "Do not load it. Get the weights as tensors.",
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
