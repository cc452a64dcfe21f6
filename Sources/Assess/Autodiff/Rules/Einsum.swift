// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension GradientRules {
  static let einsums = [
    GradientRule("Einsum", inferEinsum) { step throws(AutodiffError) in try step.einsum() }
  ]

  private static func inferEinsum(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let equation = try EinsumEquation(node, builder) else { return [TensorFacts(facts.type, nil)] }
    return [TensorFacts(facts.type, equation.output.map { equation.sizes[$0] ?? Dim(1) })]
  }
}

/// The equation of an Einsum node, with a letter for each axis: what stands for the ellipsis is written out.
struct EinsumEquation {
  let terms: [[Character]]
  let output: [Character]
  let sizes: [Character: Dim]

  /// Nil when the rank of an input is not known.
  /// - Throws: ``AutodiffError/invalidGraph(_:)`` for an equation that does not fit the inputs, and
  ///   ``AutodiffError/unsupportedUse(op:node:reason:)`` for axes that are broadcast.
  init?(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) {
    let text = (node.string("equation") ?? "").filter { $0 != " " }
    guard text.count <= 1024 else { throw node.refused("its equation is too long") }
    let sides = text.components(separatedBy: "->")
    let written = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    guard sides.count <= 2, written.count == node.inputs.count else {
      throw node.invalid("has an equation that does not fit its inputs")
    }
    var shapes: [[Dim]] = []
    for name in node.inputs {
      guard let shape = builder.facts[name]?.shape else { return nil }
      shapes.append(shape)
    }
    // Axes behind the ellipsis are numbered from the last one.
    var widest = 0
    var sizes: [Character: Dim] = [:]
    var terms: [[Character]] = []
    for (term, shape) in zip(written, shapes) {
      let letters = term.filter { $0 != "." }
      let hidden = term.contains(".") ? shape.count - letters.count : 0
      guard hidden >= 0, hidden <= Self.spare.count, letters.allSatisfy(Self.isLetter),
        !term.contains(".") || term.components(separatedBy: "...").count == 2
      else { throw node.invalid("has an equation that does not fit its inputs") }
      widest = max(widest, hidden)
      let axes = Self.expanded(String(term), hidden)
      guard axes.count == shape.count else {
        throw node.invalid("has an equation that does not fit its inputs")
      }
      for (letter, dim) in zip(axes, shape) {
        let known = sizes[letter]
        if let a = known?.size, let b = dim.size, a != b {
          if a == 1 || b == 1 { throw node.refused("it broadcasts an axis") }
          throw node.invalid("has axes of different sizes for \(letter)")
        }
        if known?.size == nil { sizes[letter] = dim }
      }
      terms.append(axes)
    }
    if sides.count == 2 {
      output = Self.expanded(sides[1], widest)
    } else {
      // Letters that occur once, in the order of the alphabet, behind the ellipsis.
      let all = terms.flatMap { $0 }
      let single = Set(all).filter { letter in all.filter { $0 == letter }.count == 1 && Self.isLetter(letter)
      }
      output = Self.expanded("...", widest) + single.sorted()
    }
    guard Set(output).count == output.count, output.allSatisfy({ sizes[$0] != nil }) else {
      throw node.invalid("has an equation with an impossible output")
    }
    (self.terms, self.sizes) = (terms, sizes)
  }

  /// Letters that an equation itself cannot have.
  private static let spare = Array("αβγδεζηθικλμνξοπ")

  private static func isLetter(_ letter: Character) -> Bool { letter.isASCII && letter.isLetter }

  private static func expanded(_ term: String, _ hidden: Int) -> [Character] {
    let parts = term.components(separatedBy: "...")
    guard parts.count == 2 else { return Array(term) }
    return Array(parts[0]) + spare.prefix(hidden).reversed() + Array(parts[1])
  }
}

extension Backward {
  /// An Einsum of the gradient with the other operands. Axes that only the operand has were summed over: it is repeated along them.
  fileprivate mutating func einsum() throws(AutodiffError) {
    guard let equation = try EinsumEquation(node, builder) else {
      throw node.refused("the ranks of its inputs are not known")
    }
    var letters = equation.letters
    for index in wanted.sorted() {
      var parts = [equation.output]
      var inputs = [try gradient()]
      var term: [Character] = []
      for (axis, letter) in equation.terms[index].enumerated() {
        guard term.contains(letter) else {
          term.append(letter)
          continue
        }
        // An axis that is named twice reads a diagonal: the identity puts the gradient back onto it.
        let (fresh, x) = (letters.fresh(), try input(index))
        guard let fresh, let eye = try builder.identity(axis: axis, of: x, try shape(ofInput: index)[axis])
        else {
          throw node.refused("an operand names an axis twice that is too long")
        }
        parts.append([letter, fresh])
        inputs.append(eye)
        term.append(fresh)
      }
      for other in node.inputs.indices where other != index {
        parts.append(equation.terms[other])
        inputs.append(try input(other))
      }
      let found = Set(parts.flatMap { $0 })
      let result = term.filter(found.contains)
      let text = parts.map { letters.write($0) }.joined(separator: ",") + "->" + letters.write(result)
      var sum = try builder.add("Einsum", inputs, outputs: 1, [.string("equation", text)])[0]
      let missing = term.indices.filter { !found.contains(term[$0]) }
      if result.allSatisfy({ equation.sizes[$0] != nil }) {
        builder.setShape(of: sum, result.compactMap { equation.sizes[$0] })
      }
      sum = try builder.unsqueeze(sum, axes: missing)
      give(missing.isEmpty ? sum : try builder.expand(sum, like: try input(index)), to: index)
    }
  }
}

/// Plain letters for those of an equation in which the ellipsis was written out.
struct EinsumLetters {
  private let used: [Character: Character]
  private var free: Substring

  fileprivate init(_ used: [Character: Character], free: Substring) { (self.used, self.free) = (used, free) }

  fileprivate mutating func fresh() -> Character? { free.popFirst() }

  fileprivate func write(_ term: [Character]) -> String { String(term.map { used[$0] ?? $0 }) }
}

extension EinsumEquation {
  fileprivate var letters: EinsumLetters {
    let taken = Set(terms.flatMap { $0 })
    let free = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".filter { !taken.contains($0) }
    let hidden = taken.filter { !$0.isASCII }.sorted()
    let used = Dictionary(uniqueKeysWithValues: zip(hidden, free))
    return EinsumLetters(used, free: free.dropFirst(hidden.count))
  }
}
