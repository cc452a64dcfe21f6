// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A state of an element type that makes numpy take numbers for pointers.
struct FalseElementType: Rule {
  let card = RuleCard(
    code: "MRT-PKL-019", name: "An element type of numpy lies about itself", severity: .critical,
    verdict: .unsafe,
    finds: """
      A state of numpy.dtype that contradicts the type's own name: numbers that should be objects, objects that \
      should be numbers, another size, fields outside of the element or over objects.
      """,
    why: """
      numpy believes the state. It then follows numbers of the file as pointers, or joblib takes up reading at another \
      place than the array's end and runs numbers as opcodes.
      """,
    remedy: "Do not load the file. No version of numpy writes such a state.",
    references: [
      "https://github.com/numpy/numpy/blob/v2.4.0/numpy/_core/src/multiarray/descriptor.c",
      "https://docs.python.org/3/library/pickle.html#restricting-globals",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [502, 843])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.falseType], of: card) {
      "expected the state of the type itself, found \($0.detail)"
    }
  }
}
