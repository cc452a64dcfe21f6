// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension RData {
  /// A vector in another representation: its class, of a package, its type, its state, its attributes. R hands the state to
  /// the class, which reads it without a look at what it is (`altclasses.c`).
  mutating func alternative(_ input: inout RInput, at: Int, depth: Int) throws(StructureError) {
    var names: [String] = []
    for _ in 0..<2 {
      try link(&input, "a class and a package", at: at)
      try item(&input, depth: depth + 1)
      names.append(lastSymbol ?? "")
    }
    try link(&input, "a type", at: at)
    for _ in 0..<2 { try item(&input, depth: depth + 1) }
    let name = names[0]
    let isOwn = names[1] == "base"
    switch name {
    case "compact_intseq" where isOwn, "compact_realseq" where isOwn: try sequence(&input, at: at)
    case "deferred_string" where isOwn: try pair(&input, of: [13, 14], numbers: 1, at: at, depth: depth)
    case _ where isOwn && Self.wrapped[name] != nil:
      try pair(&input, of: [Self.wrapped[name] ?? 0], numbers: 2, at: at, depth: depth)
    default:
      // Another package is loaded, with its code, to make the value.
      note(.alternative, isOwn ? name : "\(name) of package \(names[1])", at: at)
      try item(&input, depth: depth + 1)
    }
    try item(&input, depth: depth + 1)
  }

  private static let wrapped: [String: Int] = [
    "wrap_real": 14, "wrap_integer": 13, "wrap_logical": 10, "wrap_complex": 15, "wrap_raw": 24,
    "wrap_string": 16, "wrap_list": 19,
  ]

  /// The flags of a plain cell of a pairlist.
  private func link(_ input: inout RInput, _ what: String, at: Int) throws(StructureError) {
    guard try input.int() & 0x6FF == 2 else {
      throw StructureError(.broken, "a compact vector without \(what)", at: at)
    }
  }

  /// How many numbers, the first of them, and the step.
  private func sequence(_ input: inout RInput, at: Int) throws(StructureError) {
    guard try input.int() & 0x2FF == 14, try input.int() == 3 else {
      throw StructureError(.exploit, "a compact sequence whose state is not three numbers", at: at)
    }
    let count = try input.number()
    let first = try input.number()
    let step = try input.number()
    guard count >= 0, count <= 0x1p40, first.isFinite, step == 1 || step == -1 else {
      throw StructureError(.exploit, "a compact sequence of \(count) numbers in steps of \(step)", at: at)
    }
  }

  /// A vector of one of the types, or another compact one, and integers behind it.
  private mutating func pair(
    _ input: inout RInput, of types: [Int], numbers: Int, at: Int, depth: Int
  ) throws(StructureError) {
    guard try input.int() & 0x6FF == 2, case let value = try input.int(),
      types.contains(value & 0xFF) || value & 0xFF == 238
    else { throw StructureError(.exploit, "a compact vector whose state is of another type", at: at) }
    try item(&input, depth: depth + 1, flags: value)
    guard try input.int() & 0x2FF == 13, case let found = try count(&input, of: 1), found >= numbers else {
      throw StructureError(.exploit, "a compact vector whose state has no numbers", at: at)
    }
    try input.skip(numbers: found, width: 4, "integers")
  }
}
