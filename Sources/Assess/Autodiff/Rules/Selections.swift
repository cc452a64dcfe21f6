// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let selections = [
    GradientRule("Slice", inferSlice) { step throws(AutodiffError) in try step.slice() },
    GradientRule("Gather", inferGather) { step throws(AutodiffError) in try step.gather() },
  ]

  private static func inferSlice(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard var shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    guard let cuts = try node.cuts(shape, builder) else {
      return [TensorFacts(facts.type, shape.map { _ in builder.symbols.fresh() })]
    }
    var content = facts.content
    for cut in cuts {
      if let whole = content, shape.count == 1, cut.size == whole.count, let places = cut.places {
        content = places.map { whole[$0] }
      } else {
        content = nil
      }
      shape[cut.axis] = cut.result(&builder.symbols, shape[cut.axis])
    }
    return [TensorFacts(facts.type, shape, content: content)]
  }

  private static func inferGather(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let indices = builder.facts[try node.input(1)]
    guard let shape = facts.shape, let places = indices?.shape else { return [TensorFacts(facts.type, nil)] }
    let axis = try node.axis(try node.int("axis", default: 0), rank: shape.count)
    var content: [Dim]?
    if shape.count == 1, let whole = facts.content, let wanted = indices?.content, places.count <= 1 {
      var picked: [Dim] = []
      for place in wanted {
        guard let index = place.size, (-whole.count..<whole.count).contains(index) else {
          throw node.invalid("picks an element that is not there")
        }
        picked.append(whole[index < 0 ? index + whole.count : index])
      }
      content = picked
    }
    return [
      TensorFacts(facts.type, shape.prefix(axis) + places + shape.dropFirst(axis + 1), content: content)
    ]
  }
}

/// What Slice does to one axis. The numbers are those of the node: negative ones count from the end.
struct SliceCut {
  let axis: Int
  let start: Int
  let end: Int
  let step: Int
  /// Nil when it is not fixed.
  let size: Int?

  /// Whether nothing is cut, whatever the size.
  var keepsAll: Bool { step == 1 && start == 0 && end >= Dim.bound }

  /// Where it begins and where it stops: counted from the end where negative, then clamped to where the step can still
  /// begin and stop, as the standard has it. Nil when the size is not fixed.
  private var bounds: (from: Int, to: Int)? {
    guard let size else { return nil }
    let low = start < 0 ? max(start, -size) + size : start
    let high = end < 0 ? max(end, -size - 1) + size : end
    return step > 0 ? (min(low, size), min(high, size)) : (min(low, size - 1), max(min(high, size - 1), -1))
  }

  /// The places that are kept, in order.
  var places: [Int]? { bounds.map { Array(stride(from: $0.from, to: $0.to, by: step)) } }

  /// The places that are kept at step 1.
  var range: Range<Int>? { bounds.map { $0.from..<max($0.from, $0.to) } }

  func result(_ symbols: inout Symbols, _ dim: Dim) -> Dim {
    if keepsAll { return dim }
    if step == 1, let range { return Dim(range.count) }
    return places.map { Dim($0.count) } ?? symbols.derived("slice \(dim) \(start) \(end) \(step)")
  }
}

extension Node {
  /// What is cut, by axis. Nil when it is known only when the graph runs.
  fileprivate func cuts(_ shape: [Dim], _ builder: GraphBuilder) throws(AutodiffError) -> [SliceCut]? {
    var lists: [[Int]?]
    if builder.opset < 10 {
      lists = [unboundedInts("starts"), unboundedInts("ends"), unboundedInts("axes"), nil]
    } else {
      lists = []
      for index in 1...4 {
        guard let name = optionalInput(index) else {
          lists.append(nil)
          continue
        }
        guard let content = builder.facts[name]?.content, content.allSatisfy({ $0.size != nil }) else {
          return nil
        }
        lists.append(content.compactMap(\.size))
      }
    }
    guard let starts = lists[0], let ends = lists[1] else { throw invalid("has no starts and ends") }
    let axes = lists[2] ?? Array(starts.indices)
    let steps = lists[3] ?? starts.map { _ in 1 }
    guard ends.count == starts.count, axes.count == starts.count, steps.count == starts.count,
      Set(axes).count == axes.count
    else { throw invalid("has starts, ends, axes and steps that do not fit") }
    var cuts: [SliceCut] = []
    for index in starts.indices {
      let axis = try axis(axes[index], rank: shape.count)
      // Far outside is as good as any number outside, and can be calculated with.
      let bounded = [starts[index], ends[index], steps[index]].map {
        min(max($0, -2 * Dim.bound), 2 * Dim.bound)
      }
      guard bounded[2] != 0 else { throw invalid("has a step of 0") }
      let size = shape[axis].size
      guard size ?? 0 <= 1 << 24 || bounded[2] == 1 else { throw refused("an axis is too long for a step") }
      cuts.append(SliceCut(axis: axis, start: bounded[0], end: bounded[1], step: bounded[2], size: size))
    }
    return cuts
  }
}

extension Backward {
  /// Zeros where elements were left out: padding, and where there was a step, one more zero that all gaps are read from.
  fileprivate mutating func slice() throws(AutodiffError) {
    let shape = try shape(ofInput: 0)
    guard let cuts = try node.cuts(shape, builder) else {
      throw node.refused("its bounds are computed when the graph runs")
    }
    var g = try gradient()
    var pads = [Int](repeating: 0, count: 2 * shape.count)
    let open = cuts.filter { !$0.keepsAll && $0.size == nil && $0.step == 1 }
    for cut in cuts where !cut.keepsAll && !(cut.size == nil && cut.step == 1) {
      guard let size = cut.size, let range = cut.range else {
        throw .unknownShape(
          tensor: try input(0),
          reason: "Slice at node \(shown(node.label)) needs the size of axis \(cut.axis)")
      }
      if cut.step == 1 {
        pads[cut.axis] = range.lowerBound
        pads[shape.count + cut.axis] = size - range.upperBound
      } else if let places = cut.places {
        g = try builder.place(g, at: places, of: size, axis: cut.axis, rank: shape.count)
      }
    }
    if open.isEmpty { return give(try builder.pad(g, pads), to: 0) }
    give(try padOpen(g, pads, open), to: 0)
  }

  /// Zeros around a gradient, as many on the axes of `cuts` as the tensor turns out to have.
  private func padOpen(_ gradient: String, _ pads: [Int], _ cuts: [SliceCut]) throws(AutodiffError) -> String
  {
    try needs(11)
    var parts = try pads.map { number throws(AutodiffError) in try builder.integers([number]) }
    let (whole, left) = (try builder.add("Shape", try input(0)), try builder.add("Shape", gradient))
    for cut in cuts {
      let size = try builder.slice(whole, axes: [0], from: [cut.axis], to: [cut.axis + 1])
      let kept = try builder.slice(left, axes: [0], from: [cut.axis], to: [cut.axis + 1])
      var before = try builder.integers([cut.start])
      if cut.start < 0 {
        // Counted from the end, and from the front where there is no such place.
        let zero = try builder.integers([0])
        let place = try builder.sum(size, before)
        before = try builder.add("Where", try builder.add("Less", place, zero), zero, place)
      }
      parts[cut.axis] = before
      parts[pads.count / 2 + cut.axis] = try builder.difference(try builder.difference(size, kept), before)
    }
    return try builder.add(
      "Pad", gradient, try builder.add("Concat", parts, outputs: 1, [.int("axis", 0)])[0])
  }

  /// The gradient of each element that was picked goes back to its place; one that was picked twice gets the sum.
  fileprivate mutating func gather() throws(AutodiffError) {
    let (x, indices, g) = (try input(0), try input(1), try gradient())
    let shape = try shape(ofInput: 0)
    let places = try self.shape(ofInput: 1)
    let axis = try node.axis(try node.int("axis", default: 0), rank: shape.count)
    if places.count <= 1, let constant = builder.constant(indices)?.integers, let size = shape[axis].size,
      size <= 1 << 24
    {
      let chosen = constant.map { $0 < 0 ? $0 + size : $0 }
      guard chosen.allSatisfy({ (0..<size).contains($0) }) else {
        throw node.invalid("picks an element that is not there")
      }
      if Set(chosen).count == chosen.count {
        let list = places.isEmpty ? try builder.unsqueeze(g, axes: [axis]) : g
        give(try builder.place(list, at: chosen, of: size, axis: axis, rank: shape.count), to: 0)
        return
      }
    }
    // The axes of the indices come to the front and become one, so that whole rows are added up.
    var others = Array(0..<shape.count)
    others.remove(at: axis)
    let turned = try builder.transpose(
      g, Array(axis..<axis + places.count) + others.map { $0 < axis ? $0 : $0 - 1 + places.count })
    var rows = turned
    if places.isEmpty {
      rows = try builder.unsqueeze(turned, axes: [0])
    } else if places.count > 1 {
      let rest = try builder.sizes(others.map { shape[$0] }, x, for: node)
      rows = try builder.reshape(turned, [-1] + rest)
    }
    var inverse = [Int](repeating: 0, count: shape.count)
    for (place, axis) in ([axis] + others).enumerated() { inverse[axis] = place }
    let list = try builder.reshape(indices, [-1])
    let table = try builder.transpose(x, [axis] + others)
    give(try builder.transpose(try builder.addRows(rows, at: list, like: table), inverse), to: 0)
  }
}

extension GraphBuilder {
  /// The slices of `tensor` along an axis, put at different places of an axis with `size` places, zeros elsewhere.
  func place(
    _ tensor: String, at places: [Int], of size: Int, axis: Int, rank: Int
  ) throws(AutodiffError) -> String {
    var pads = [Int](repeating: 0, count: 2 * rank)
    if let first = places.first, places == Array(first..<first + places.count) {
      pads[axis] = first
      pads[rank + axis] = size - first - places.count
      return try pad(tensor, pads)
    }
    // One zero behind, which every empty place reads.
    pads[rank + axis] = 1
    var sources = [Int](repeating: places.count, count: size)
    for (source, place) in places.enumerated() { sources[place] = source }
    return try add("Gather", try pad(tensor, pads), try integers(sources), with: [.int("axis", axis)])
  }
}
