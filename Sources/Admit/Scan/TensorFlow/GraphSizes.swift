// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// How much an operator makes, where its inputs say so and they are constants.
struct GraphSizes {
  private var bodies: GraphBodies
  private var steps = 0

  init(_ bodies: GraphBodies) { self.bodies = bodies }

  /// Which input is a shape, or a number for each dimension.
  private static let shapes: [String: Int] = [
    "Fill": 0, "Tile": 1, "BroadcastTo": 1, "Empty": 0, "RandomUniform": 0, "RandomStandardNormal": 0,
    "TruncatedNormal": 0, "RandomUniformInt": 0, "StatelessRandomUniform": 0, "StatelessRandomNormal": 0,
    "StatelessRandomUniformV2": 0, "StatelessRandomNormalV2": 0, "StatelessTruncatedNormal": 0, "OneHot": 1,
    "LinSpace": 2, "ResizeBilinear": 1, "ResizeNearestNeighbor": 1, "ResizeBicubic": 1, "ResizeArea": 1,
    "TensorListReserve": 1, "Bincount": 1,
  ]

  static let makers: Set<String> = Set(shapes.keys).union(["Range"])

  /// - Returns: nil when that is not a matter of constants.
  mutating func elements(of node: GraphNode, in body: Int) -> Int? {
    let inputs = node.inputs.filter { !$0.hasPrefix("^") }
    if node.op == "Range" {
      guard inputs.count == 3, let start = numbers(inputs[0], body)?.first,
        let end = numbers(inputs[1], body)?.first, let step = numbers(inputs[2], body)?.first, step != 0
      else { return nil }
      let (length, overflow) = end.subtractingReportingOverflow(start)
      return overflow ? .max : Int(clamping: length.magnitude / step.magnitude)
    }
    guard let index = Self.shapes[node.op], index < inputs.count, let sizes = numbers(inputs[index], body)
    else {
      return nil
    }
    var elements = 1
    for size in sizes where size >= 0 {
      let (product, overflow) = elements.multipliedReportingOverflow(by: Int(size))
      guard !overflow else { return sizes.contains(0) ? 0 : .max }
      elements = product
    }
    return elements
  }

  /// A few whole numbers that a constant holds, also through what passes or computes them.
  private mutating func numbers(_ input: String, _ body: Int, depth: Int = 0) -> [Int64]? {
    steps += 1
    let name = String(input.prefix { $0 != ":" })
    guard depth < 16, steps <= Limits.graphSteps, !bodies.isFull,
      body == 0 || bodies.bodies[body].arguments[name] == nil, let node = bodies.node(name, in: body)
    else { return nil }
    if node.op == "Const" {
      return node.attribute("value")?.tensors.first.flatMap { try? GraphTensor($0) }?.fewIntegers
    }
    guard let operation = Self.folds[node.op] else { return nil }
    var inputs: [[Int64]?] = []
    // The last input of a concatenation is its axis.
    let all = node.inputs.filter { !$0.hasPrefix("^") }
    for input in node.op == "ConcatV2" ? all.dropLast() : all[...] {
      inputs.append(numbers(input, body, depth: depth + 1))
    }
    return ONNXFold.result(of: operation, inputs)
  }

  /// Operators by what ONNX calls the same.
  private static let folds: [String: String] = [
    "Identity": "Identity", "Cast": "Cast", "Reshape": "Reshape", "ExpandDims": "Unsqueeze",
    "Squeeze": "Squeeze", "Pack": "Concat", "ConcatV2": "Concat", "AddV2": "Add", "Add": "Add", "Sub": "Sub",
    "Mul": "Mul", "FloorDiv": "Div", "Maximum": "Max", "Minimum": "Min", "Pow": "Pow", "Prod": "ReduceProd",
    "Sum": "ReduceSum", "StopGradient": "Identity",
  ]
}
