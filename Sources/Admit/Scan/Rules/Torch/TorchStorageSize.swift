// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Tensors and their storages disagree.
struct TorchStorageSize: NoteRule {
  let kind: Note.Kind = "torch.storage"
  let card = RuleCard(
    code: "MRT-TOR-001", name: "Tensors and their storages disagree", severity: .medium, verdict: .incomplete,
    finds: "A storage that a torch pickle names and that is not there, or not with the size that it says.",
    why: "A loader reads past the storage, or reads other bytes than a scanner did.",
    remedy: "Get the file again, or ask its author to save it once more.",
    cwe: [125, 1284])
}
