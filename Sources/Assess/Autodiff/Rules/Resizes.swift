// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let resizes = [
    GradientRule("Resize", inferResize) { step throws(AutodiffError) in try step.resize() },
    GradientRule("Upsample", inferResize) { step throws(AutodiffError) in try step.resize() },
  ]

  private static func inferResize(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard var shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    let form = try ResizeForm(node, rank: shape.count, builder)
    for (place, axis) in form.axes.enumerated() {
      if let sizes = form.sizes {
        let wanted = form.keepsAspect ? nil : builder.facts[sizes]?.content
        guard wanted?.count ?? form.axes.count == form.axes.count else {
          throw node.invalid("has sizes that do not fit its axes")
        }
        shape[axis] = wanted?[place] ?? builder.symbols.fresh()
      } else if let scale = form.knownScales?[place] {
        if let size = shape[axis].size {
          // In single precision, as ONNX Runtime calculates.
          let made = (scale * Float(size)).rounded(.down)
          guard made >= 0, made <= Float(Dim.bound) else {
            throw node.invalid("makes an axis that is too long")
          }
          shape[axis] = Dim(Int(made))
        } else if scale != 1 {
          shape[axis] = builder.symbols.derived("scale \(shape[axis]) \(scale)")
        }
      } else {
        shape[axis] = builder.symbols.fresh()
      }
    }
    return [TensorFacts(facts.type, shape)]
  }
}

/// What Resize or Upsample is told in its different operator sets.
private struct ResizeForm {
  /// The axes that scales and sizes are for, in their order.
  let axes: [Int]
  let roi: String?
  /// The input with the scales; nil where they are an attribute, or sizes are given instead.
  let scales: String?
  let sizes: String?
  let knownScales: [Float]?
  let keepsAspect: Bool
  /// Whether only a part of the tensor is resized.
  let crops: Bool

  init(_ node: Node, rank: Int, _ builder: GraphBuilder) throws(AutodiffError) {
    var axes: [Int] = []
    for axis in try node.ints("axes") ?? Array(0..<rank) { axes.append(try node.axis(axis, rank: rank)) }
    guard Set(axes).count == axes.count else { throw node.invalid("names an axis twice") }
    self.axes = axes
    let isLater = node.op == "Resize" && builder.opset >= 11
    roi = isLater ? node.optionalInput(1) : nil
    keepsAspect = (node.string("keep_aspect_ratio_policy") ?? "stretch") != "stretch"
    crops = node.string("coordinate_transformation_mode") == "tf_crop_and_resize"
    sizes = isLater ? node.optionalInput(3) : nil
    // An empty list of scales stands for none.
    let given = node.optionalInput(isLater ? 2 : 1)
    scales = sizes == nil ? given : nil
    if let scales {
      knownScales = builder.constant(scales)?.floats
    } else {
      knownScales = sizes == nil ? node.attribute("scales")?.floats : nil
    }
    guard sizes != nil || scales != nil || knownScales != nil else { throw node.invalid("has no scales") }
    guard knownScales?.count ?? axes.count == axes.count,
      knownScales?.allSatisfy({ $0 > 0 && $0.isFinite }) ?? true
    else { throw node.invalid("has scales that do not fit its axes") }
  }
}

extension Backward {
  /// Each axis is resized for itself, by a table that says how much of each element goes where. The table is what the same
  /// operator makes of the identity, so that all its modes are those of the runtime; it is folded before the graph runs.
  fileprivate mutating func resize() throws(AutodiffError) {
    guard wants(0), wanted.count == 1 else {
      throw node.refused("only its first input can be differentiated for")
    }
    let shape = try shape(ofInput: 0)
    let form = try ResizeForm(node, rank: shape.count, builder)
    guard !form.keepsAspect else { throw node.refused("its keep_aspect_ratio_policy is not stretch") }
    let output = builder.facts[try output()]?.shape
    var g = try gradient()
    for (place, axis) in form.axes.enumerated() where form.crops || !isKept(axis, place, form, shape, output)
    {
      let table = try resizedIdentity(form, place, axis, shape[axis])
      g = try builder.contract(g, with: try builder.transpose(table, [1, 0]), axis: axis, rank: shape.count)
    }
    give(g, to: 0)
  }

  private func isKept(
    _ axis: Int, _ place: Int, _ form: ResizeForm, _ shape: [Dim], _ output: [Dim]?
  ) -> Bool {
    if let scales = form.knownScales { return scales[place] == 1 }
    return form.sizes != nil && output?[axis] == shape[axis]
  }

  /// [size before, size after]
  private func resizedIdentity(
    _ form: ResizeForm, _ place: Int, _ axis: Int, _ dim: Dim
  ) throws(AutodiffError) -> String {
    let x = try input(0)
    let length = try builder.slice(try builder.add("Shape", x), axes: [0], from: [axis], to: [axis + 1])
    guard let identity = try builder.identity(axis: axis, of: x, dim) else {
      throw node.refused("axis \(axis) has too many elements")
    }
    var proto = ONNXNodeProto()
    proto.opType = node.op
    proto.attribute = node.proto.attribute.filter {
      !["axes", "keep_aspect_ratio_policy", "extrapolation_value", "scales"].contains($0.name)
    }
    proto.input = [identity]
    if let scales = form.knownScales, form.scales == nil {
      var attribute = ONNXAttributeProto()
      (attribute.name, attribute.type, attribute.floats) = ("scales", .floats, [1, scales[place]])
      proto.attribute.append(attribute)
    } else if let scales = form.scales {
      let one = try builder.floats([1], dims: [1])
      let scale = try builder.slice(scales, axes: [0], from: [place], to: [place + 1])
      if builder.opset >= 11 { proto.input.append(try region(form, place)) }
      proto.input.append(try builder.add("Concat", one, scale, with: [.int("axis", 0)]))
    } else if let sizes = form.sizes {
      let size = try builder.slice(sizes, axes: [0], from: [place], to: [place + 1])
      let none = try builder.floats([], dims: [0])
      let pair = try builder.add("Concat", length, size, with: [.int("axis", 0)])
      proto.input += [try region(form, place), builder.opset >= 13 ? "" : none, pair]
    }
    proto.output = [builder.freshName(node.op)]
    proto.name = proto.output[0]
    try builder.append(Node(proto: proto))
    return proto.output[0]
  }

  /// The part that is resized, when only a part is: first where it starts on both axes, then where it ends.
  private func region(_ form: ResizeForm, _ place: Int) throws(AutodiffError) -> String {
    guard form.crops, let roi = form.roi else { return try builder.floats([], dims: [0]) }
    let count = form.axes.count
    let start = try builder.slice(roi, axes: [0], from: [place], to: [place + 1])
    let end = try builder.slice(roi, axes: [0], from: [count + place], to: [count + place + 1])
    let (zero, one) = (
      try builder.scalar(0, like: roi, dims: [1]), try builder.scalar(1, like: roi, dims: [1])
    )
    return try builder.add("Concat", [zero, start, one, end], outputs: 1, [.int("axis", 0)])[0]
  }
}
