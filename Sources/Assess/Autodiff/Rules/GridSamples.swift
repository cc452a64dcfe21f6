// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let gridSamples = [
    GradientRule("GridSample", inferSamples) { step throws(AutodiffError) in
      guard !step.wants(1) || SampleForm.mode(step.node) != "nearest" else {
        throw step.node.refused("the nearest element is a step, without a slope by the places")
      }
      let node = step.node
      try step.decompose { (builder, names) throws(AutodiffError) in
        guard names.count > 1, let image = names[0], let grid = names[1] else {
          throw node.invalid("lacks an image or a grid")
        }
        return [try SampleForm(node, builder, image).write(image, grid)]
      }
    }
  ]

  private static func inferSamples(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let grid = builder.facts[try node.input(1)]?.shape else {
      return [TensorFacts(facts.type, nil)]
    }
    guard shape.count > 2, grid.count == shape.count else { throw node.invalid("has a grid of another rank") }
    return [TensorFacts(facts.type, shape.prefix(2) + grid.dropFirst().dropLast())]
  }
}

/// Reading an image [N, C, H, W] at the places of a grid [N, P, Q, 2], written out in gathers and products. There may be any
/// number of spatial axes.
private struct SampleForm {
  let node: Node
  let builder: GraphBuilder
  let mode: String
  let padding: String
  let alignsCorners: Bool
  /// The number of spatial axes.
  let rank: Int

  /// One element that is read: its place on an axis, whole but as a floating-point number, and its weight.
  private struct Tap {
    let place: String
    let weight: String?
  }

  static func mode(_ node: Node) -> String {
    switch node.string("mode") ?? "linear" {
    case "bilinear": "linear"
    case "bicubic": "cubic"
    case let other: other
    }
  }

  init(_ node: Node, _ builder: GraphBuilder, _ image: String) throws(AutodiffError) {
    (self.node, self.builder, mode) = (node, builder, Self.mode(node))
    padding = node.string("padding_mode") ?? "zeros"
    alignsCorners = try node.int("align_corners", default: 0) != 0
    guard ["linear", "nearest", "cubic"].contains(mode), ["zeros", "border", "reflection"].contains(padding)
    else { throw node.invalid("has an unknown mode") }
    rank = try builder.shape(of: image, for: node).count - 2
    guard (1...4).contains(rank) else { throw node.refused("its images have no axes, or more than 4") }
  }

  func write(_ image: String, _ grid: String) throws(AutodiffError) -> String {
    let list = try builder.reshape(grid, [0, -1, rank])
    // Every combination of an element that is read on each axis: its place in the whole image, and its factors.
    var elements: [(place: String?, factors: [String])] = [(nil, [])]
    for axis in 0..<rank {
      let size = try size(image, 2 + axis)
      // The first coordinate in the grid is the last axis of the image.
      let coordinate = try coordinate(list, rank - 1 - axis)
      var read: [(place: String, factors: [String])] = []
      for tap in try taps(coordinate, size) {
        let (place, isInside) = try inside(tap.place, size)
        read.append((place, [tap.weight, isInside].compactMap { $0 }))
      }
      var combined: [(place: String?, factors: [String])] = []
      for element in elements {
        for tap in read {
          var place = tap.place
          if let before = element.place { place = try builder.sum(try builder.product(before, size), place) }
          combined.append((place, element.factors + tap.factors))
        }
      }
      elements = combined
    }
    let flat = try builder.reshape(image, [0, 0, -1])
    let sizes = try builder.add("Shape", image)
    let channels = try builder.slice(sizes, axes: [0], from: [1], to: [2])
    let one = try builder.integers([1])
    let copies = try builder.add("Concat", one, channels, one, with: [.int("axis", 0)])
    var parts: [String] = []
    for (place, factors) in elements {
      guard let place else { continue }
      let number = try builder.add("Cast", place, with: [.int("to", ElementType.int64.rawValue)])
      let indices = try builder.add("Expand", try builder.unsqueeze(number, axes: [1]), copies)
      var value = try builder.add("GatherElements", flat, indices, with: [.int("axis", 2)])
      for factor in factors { value = try builder.product(value, try builder.unsqueeze(factor, axes: [1])) }
      parts.append(value)
    }
    let sum = parts.count == 1 ? parts[0] : try builder.add("Sum", parts, outputs: 1)[0]
    let head = try builder.slice(sizes, axes: [0], from: [0], to: [2])
    let tail = try builder.slice(try builder.add("Shape", grid), axes: [0], from: [1], to: [1 + rank])
    return try builder.add("Reshape", sum, try builder.add("Concat", head, tail, with: [.int("axis", 0)]))
  }

  private func size(_ image: String, _ axis: Int) throws(AutodiffError) -> String {
    let length = try builder.slice(
      try builder.add("Shape", image), axes: [0], from: [axis], to: [axis + 1])
    return try builder.cast(length, like: image)
  }

  private func coordinate(_ list: String, _ index: Int) throws(AutodiffError) -> String {
    try builder.squeeze(
      try builder.slice(list, axes: [2], from: [index], to: [index + 1]), axes: [2])
  }

  /// The elements that are read on one axis, for coordinates from -1 to 1.
  private func taps(_ coordinate: String, _ size: String) throws(AutodiffError) -> [Tap] {
    let raised = try builder.plus(coordinate, 1)
    var place: String
    if alignsCorners {
      place = try builder.times(try builder.product(raised, try builder.plus(size, -1)), 0.5)
    } else {
      place = try builder.times(try builder.plus(try builder.product(raised, size), -1), 0.5)
    }
    if mode == "nearest" { return [Tap(place: try builder.add("Round", place), weight: nil)] }
    // A cubic kernel reaches beyond the border before its elements are replaced by those at the border.
    if padding == "border", mode == "linear" { place = try clipped(place, size) }
    if padding == "reflection" { place = try reflected(place, size) }
    let first = try builder.add("Floor", place)
    let t = try builder.difference(place, first)
    let rest = try builder.plus(try builder.add("Neg", t), 1)
    if mode == "linear" {
      return [Tap(place: first, weight: rest), Tap(place: try builder.plus(first, 1), weight: t)]
    }
    return [
      Tap(place: try builder.plus(first, -1), weight: try far(try builder.plus(t, 1))),
      Tap(place: first, weight: try near(t)), Tap(place: try builder.plus(first, 1), weight: try near(rest)),
      Tap(place: try builder.plus(first, 2), weight: try far(try builder.plus(rest, 1))),
    ]
  }

  /// The cubic kernel at distances up to 1, with the standard's coefficient of -0.75.
  private func near(_ t: String) throws(AutodiffError) -> String {
    let line = try builder.plus(try builder.times(t, 1.25), -2.25)
    return try builder.plus(try builder.product(line, try builder.square(t)), 1)
  }

  /// The same at distances from 1 to 2.
  private func far(_ t: String) throws(AutodiffError) -> String {
    var result = try builder.plus(try builder.times(t, -0.75), 3.75)
    result = try builder.plus(try builder.product(result, t), -6)
    return try builder.plus(try builder.product(result, t), 3)
  }

  /// A place that there is, and 0 instead of 1 where the one asked for counts as zero.
  private func inside(_ place: String, _ size: String) throws(AutodiffError) -> (String, String?) {
    let last = try builder.plus(size, -1)
    let fixed = try clipped(padding == "reflection" ? try reflected(place, size) : place, size)
    guard padding == "zeros" else { return (fixed, nil) }
    let isBefore = try builder.add("Less", place, try builder.scalar(0, like: place))
    let isOutside = try builder.add("Or", isBefore, try builder.add("Greater", place, last))
    return (fixed, try builder.cast(try builder.add("Not", isOutside), like: place))
  }

  private func clipped(_ place: String, _ size: String) throws(AutodiffError) -> String {
    let last = try builder.squeeze(try builder.plus(size, -1), axes: [0])
    return try builder.add("Clip", place, try builder.scalar(0, like: place), last)
  }

  /// Mirrored at both edges as often as it takes: a wave of triangles.
  private func reflected(_ place: String, _ size: String) throws(AutodiffError) -> String {
    let range = alignsCorners ? try builder.plus(size, -1) : size
    let shift = alignsCorners ? 0.0 : 0.5
    let distance = try builder.add("Abs", try builder.plus(place, shift))
    let wave = try builder.add(
      "Mod", distance, try builder.times(range, 2), with: [.int("fmod", 1)])
    let fold = try builder.add("Abs", try builder.difference(wave, range))
    return try builder.plus(try builder.difference(range, fold), -shift)
  }
}
