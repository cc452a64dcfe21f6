// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a MessagePack file.
struct UncoveredMessagePack: NoteRule {
  let kind: Note.Kind = "msgpack.uncovered"
  let card = RuleCard(
    code: "MRT-MSG-004", name: "The MessagePack file has something unknown in it", severity: .medium,
    verdict: .unknown,
    finds: "Parts of a MessagePack file that are well formed and not known to be harmless.",
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
