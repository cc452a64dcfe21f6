// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads relations: two sums of products of names, numbers, brackets and the functions `abs`, `log`, `max` and `min`, with
/// `==`, `<=` or `>=` between them. A name with other characters than letters, digits, `_` and `.` stands in backquotes.
struct RelationParser {
  /// What is wrong, and at which byte of the text.
  struct Failure: Error, Equatable {
    let reason: String
  }

  private let text: [UInt8]
  private let places: [String: Int]
  private var at = 0
  private var depth = 0

  /// - Parameter places: of the features by their names.
  static func read(
    _ text: String, tolerance: Double? = nil, places: [String: Int]
  ) throws(Failure) -> Relation {
    guard text.utf8.count <= Limits.relationText else {
      throw Failure(reason: "expected a relation of at most \(Limits.relationText) bytes")
    }
    var parser = RelationParser(text: Array(text.utf8), places: places)
    let left = try parser.sum()
    let comparison = try parser.comparison()
    let right = try parser.sum()
    parser.skipSpace()
    guard parser.at == parser.text.count else { throw parser.unexpected("the end of the relation") }
    guard !left.features.union(right.features).isEmpty else {
      throw Failure(reason: "expected a relation between features, found none in `\(text)`")
    }
    return Relation(left: left, comparison: comparison, right: right, tolerance: tolerance, text: text)
  }

  private init(text: [UInt8], places: [String: Int]) {
    (self.text, self.places) = (text, places)
  }

  private mutating func comparison() throws(Failure) -> Relation.Comparison {
    skipSpace()
    for comparison in Relation.Comparison.allCases where take(comparison.rawValue) { return comparison }
    throw unexpected("==, <= or >=")
  }

  private mutating func sum() throws(Failure) -> Expression {
    var result = try product()
    var links = 0
    while true {
      skipSpace()
      let isSum = take("+")
      guard isSum || take("-") else { return result }
      links += 1
      guard links <= Limits.relationDepth else { throw tooLong }
      let next = try product()
      result = isSum ? .sum(result, next) : .difference(result, next)
    }
  }

  private mutating func product() throws(Failure) -> Expression {
    var result = try factor()
    var links = 0
    while true {
      skipSpace()
      let isProduct = take("*")
      guard isProduct || take("/") else { return result }
      links += 1
      guard links <= Limits.relationDepth else { throw tooLong }
      let next = try factor()
      result = isProduct ? .product(result, next) : .quotient(result, next)
    }
  }

  private mutating func factor() throws(Failure) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Limits.relationDepth else { throw tooLong }
    skipSpace()
    guard at < text.count else { throw unexpected("a feature or a number") }
    let byte = text[at]
    if take("-") { return .negated(try factor()) }
    if take("(") {
      let inner = try sum()
      try close()
      return inner
    }
    if (0x30...0x39).contains(byte) || byte == 0x2E { return try number() }
    if byte == 0x60 { return try quotedFeature() }
    let name = word()
    guard !name.isEmpty else { throw unexpected("a feature, a number or a bracket") }
    skipSpace()
    if let function = Expression.Function(rawValue: name), take("(") { return try call(function) }
    return try feature(name)
  }

  private mutating func call(_ function: Expression.Function) throws(Failure) -> Expression {
    var arguments = [try sum()]
    skipSpace()
    while take(",") {
      guard arguments.count < function.arity.upperBound else { break }
      arguments.append(try sum())
      skipSpace()
    }
    guard function.arity.contains(arguments.count) else {
      throw Failure(
        reason:
          "expected \(function.arity.lowerBound) to \(function.arity.upperBound) values in \(function)(…), "
          + "found \(arguments.count)")
    }
    try close()
    return .call(function, arguments)
  }

  private mutating func number() throws(Failure) -> Expression {
    let start = at
    while at < text.count {
      let byte = text[at]
      let isExponentSign =
        (byte == 0x2B || byte == 0x2D) && at > start && text[at - 1] | 0x20 == 0x65
      guard (0x30...0x39).contains(byte) || byte == 0x2E || byte | 0x20 == 0x65 || isExponentSign else {
        break
      }
      at += 1
    }
    let found = String(decoding: text[start..<at], as: UTF8.self)
    guard let number = Double(found), number.isFinite else {
      throw Failure(reason: "expected a number such as 0.5, found `\(found)`")
    }
    return .number(number)
  }

  private mutating func quotedFeature() throws(Failure) -> Expression {
    let start = at + 1
    guard let end = text[start...].firstIndex(of: 0x60) else {
      throw Failure(reason: "expected a closing backquote, found the end of the relation")
    }
    at = end + 1
    return try feature(String(decoding: text[start..<end], as: UTF8.self))
  }

  private func feature(_ name: String) throws(Failure) -> Expression {
    if let place = places[name] { return .feature(place) }
    throw Failure(reason: "expected the name of a feature, found `\(name)`, which the schema has not")
  }

  /// Letters, digits, `_`, `.` and whatever is not ASCII.
  private mutating func word() -> String {
    let start = at
    while at < text.count {
      let byte = text[at]
      guard
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2E
          || byte >= 0x80
      else { break }
      at += 1
    }
    return String(decoding: text[start..<at], as: UTF8.self)
  }

  private mutating func close() throws(Failure) {
    skipSpace()
    guard take(")") else { throw unexpected("`)`") }
  }

  private mutating func take(_ sign: String) -> Bool {
    let bytes = Array(sign.utf8)
    guard text.count - at >= bytes.count, text[at..<at + bytes.count].elementsEqual(bytes) else {
      return false
    }
    at += bytes.count
    return true
  }

  private mutating func skipSpace() {
    while at < text.count, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
  }

  private func unexpected(_ expected: String) -> Failure {
    let rest = String(decoding: text[at...].prefix(20), as: UTF8.self)
    return Failure(
      reason: "expected \(expected) at character \(at + 1) of the relation, found "
        + (rest.isEmpty ? "its end" : "`\(rest)`"))
  }

  private var tooLong: Failure {
    Failure(reason: "expected at most \(Limits.relationDepth) brackets or operations in each other")
  }
}
