// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// The arithmetic that rules are written in.
extension GraphBuilder {
  func sum(_ left: String, _ right: String) throws(AutodiffError) -> String { try add("Add", left, right) }
  func difference(_ left: String, _ right: String) throws(AutodiffError) -> String {
    try add("Sub", left, right)
  }
  func product(_ left: String, _ right: String) throws(AutodiffError) -> String {
    try add("Mul", left, right)
  }
  func quotient(_ left: String, _ right: String) throws(AutodiffError) -> String {
    try add("Div", left, right)
  }
  func square(_ tensor: String) throws(AutodiffError) -> String { try add("Mul", tensor, tensor) }

  func plus(_ tensor: String, _ number: Double) throws(AutodiffError) -> String {
    number == 0 ? tensor : try add("Add", tensor, try scalar(number, like: tensor))
  }

  /// The value of a constant that is a single number.
  func number(_ tensor: String) -> Double? {
    guard let constant = constant(tensor), constant.dims.isEmpty else { return nil }
    return constant.floats?.first.map { Double($0) }
  }

  /// A gradient times a tensor, which may be a constant number.
  func multiple(_ gradient: String, of tensor: String) throws(AutodiffError) -> String {
    if let number = number(tensor) { return try times(gradient, number) }
    return try product(gradient, tensor)
  }

  func power(_ tensor: String, _ exponent: Double) throws(AutodiffError) -> String {
    if exponent == 1 { return tensor }
    if exponent == 2 { return try square(tensor) }
    return try add("Pow", tensor, try scalar(exponent, like: tensor))
  }

  /// Whether two tensors of numbers are equal, from comparisons that every operator set has for floating-point numbers.
  func equal(_ left: String, _ right: String) throws(AutodiffError) -> String {
    if opset >= 11 { return try add("Equal", left, right) }
    return try add("Not", try add("Or", try add("Less", left, right), try add("Greater", left, right)))
  }

  func isZero(_ tensor: String) throws(AutodiffError) -> String {
    try equal(tensor, try scalar(0, like: tensor))
  }

  /// The sign as a number, with 0 at 0.
  func sign(_ tensor: String) throws(AutodiffError) -> String {
    if opset >= 9 { return try add("Sign", tensor) }
    let zero = try scalar(0, like: tensor)
    let above = try cast(try add("Greater", tensor, zero), like: tensor)
    return try difference(above, try cast(try add("Less", tensor, zero), like: tensor))
  }

  /// The tensor with its zeros replaced by ones, to divide by it where the dividend is zero too.
  func withoutZeros(_ tensor: String) throws(AutodiffError) -> String {
    try sum(tensor, try cast(try isZero(tensor), like: tensor))
  }
}
