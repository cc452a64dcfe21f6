// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model that was compiled.
struct CompiledGraph: NoteRule {
  let kind: Note.Kind = "graph.native"
  let card = RuleCard(
    code: "MRT-GRF-005", name: "The model is compiled", severity: .medium, verdict: .unknown,
    finds: """
      An engine or a part of a program that was compiled for one device or runtime: TensorRT, \
      RKNN, ONNX Runtime, CNTK, delegates of ExecuTorch.
      """,
    why: "It is native code or hands bytes to a driver, and what it does cannot be seen.",
    remedy: "Build it yourself from a model that can be read, or allow it by name.",
    cwe: [829])
}
