// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A graph that cannot be run as it stands.
struct ValueOrder: NoteRule {
  let kind: Note.Kind = "onnx.order"
  let card = RuleCard(
    code: "MRT-ONX-013", name: "The graph contradicts itself", severity: .medium, verdict: .unknown,
    finds: "Two values of one name, an input that nothing makes, or nodes that wait for each other.",
    why: "Runtimes differ in what they then compute, and careless ones read what is not there.",
    remedy: "Export the model again.",
    cwe: [436])
}
