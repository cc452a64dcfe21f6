// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a node makes of a few whole numbers that are constants, for sizes that a model computes from them.
enum ONNXFold {
  /// - Returns: nil when an input is no constant, or the operator is none of those that sizes are computed with.
  static func result(of operation: String, _ inputs: [[Int64]?]) -> [Int64]? {
    switch operation {
    case "Identity", "Cast", "CastLike", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Abs", "Ceil", "Floor",
      "Relu":
      inputs.first ?? nil
    case "Concat":
      joined(inputs)
    case "Add", "Sum": pairwise(inputs) { clamp($0.addingReportingOverflow($1), $0 > 0) }
    case "Sub": pairwise(inputs) { clamp($0.subtractingReportingOverflow($1), $0 > 0) }
    case "Mul": pairwise(inputs) { clamp($0.multipliedReportingOverflow(by: $1), ($0 > 0) == ($1 > 0)) }
    case "Div": pairwise(inputs) { $1 == 0 ? 0 : clamp($0.dividedReportingOverflow(by: $1), true) }
    case "Max": pairwise(inputs, max)
    case "Min": pairwise(inputs, min)
    case "Pow": pairwise(inputs, power)
    case "BitShift":
      pairwise(inputs) { $1 < 0 || $1 > 63 ? 0 : clamp(($0 << $1, ($0 << $1) >> $1 != $0), true) }
    case "ReduceProd": inputs.first??.reduce(1) { clamp($0.multipliedReportingOverflow(by: $1), true) }.list
    case "ReduceSum": inputs.first??.reduce(0) { clamp($0.addingReportingOverflow($1), true) }.list
    case "ReduceMax": inputs.first??.max()?.list
    case "Gather": gathered(inputs)
    case "Expand", "Tile": inputs.first ?? nil
    default: nil
    }
  }

  private static func joined(_ inputs: [[Int64]?]) -> [Int64]? {
    var all: [Int64] = []
    for input in inputs {
      guard let input, all.count + input.count <= 64 else { return nil }
      all += input
    }
    return all
  }

  /// One of two inputs may be a single number for all of the other.
  private static func pairwise(_ inputs: [[Int64]?], _ combine: (Int64, Int64) -> Int64) -> [Int64]? {
    guard var all = inputs.first ?? nil else { return nil }
    for input in inputs.dropFirst() {
      guard let input, !input.isEmpty, !all.isEmpty,
        input.count == all.count || input.count == 1 || all.count == 1
      else { return nil }
      let count = max(input.count, all.count)
      all = (0..<count).map { combine(all[all.count == 1 ? 0 : $0], input[input.count == 1 ? 0 : $0]) }
    }
    return all
  }

  private static func power(_ base: Int64, _ exponent: Int64) -> Int64 {
    guard exponent >= 0 else { return 0 }
    var result: Int64 = 1
    // A base of two or more is out of range after 63 steps; those of -1, 0 and 1 repeat.
    for _ in 0..<min(exponent, 64) {
      result = clamp(result.multipliedReportingOverflow(by: base), true)
    }
    return result
  }

  private static func gathered(_ inputs: [[Int64]?]) -> [Int64]? {
    guard inputs.count == 2, let data = inputs[0], let indices = inputs[1] else { return nil }
    var all: [Int64] = []
    for index in indices {
      let at = index < 0 ? index + Int64(data.count) : index
      guard at >= 0, at < data.count else { return nil }
      all.append(data[Int(at)])
    }
    return all
  }

  /// What overflows is as large as can be.
  private static func clamp(_ result: (partialValue: Int64, overflow: Bool), _ isPositive: Bool) -> Int64 {
    result.overflow ? (isPositive ? .max : .min) : result.partialValue
  }
}

extension Int64 {
  fileprivate var list: [Int64] { [self] }
}
