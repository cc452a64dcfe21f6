// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A device in an archive.
struct SpecialMember: NoteRule {
  let kind: Note.Kind = "archive.special"
  let card = RuleCard(
    code: "MRT-ARC-008", name: "A member is no ordinary file", severity: .medium, verdict: .unknown,
    finds: "A device, a pipe, a dangling hard link or a member of an unknown type in an archive.",
    why: "Unpacking makes something that has effects when it is read or written.",
    remedy: "Repack the archive with files and folders only.",
    cwe: [59])
}
