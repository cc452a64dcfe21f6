// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Machine code or code of a virtual machine.
struct ProgramFile: NoteRule {
  let kind: Note.Kind = "program"
  let card = RuleCard(
    code: "MRT-EXE-001", name: "The file is a program", severity: .high, verdict: .unsafe,
    finds: """
      An executable, a library or compiled code: ELF, PE, Mach-O, WebAssembly, Java, Android, Python bytecode, \
      LLVM bitcode, or a llamafile, which is a program with a model in it.
      """,
    why: "A program is no model: it does whatever its author chose as soon as something starts or loads it.",
    remedy: "Remove it. Take the weights alone, and the program from where you get your other programs.",
    references: ["PAIT-LMAFL-300"],
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
