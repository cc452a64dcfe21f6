// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What stands before the trees of a LightGBM model. Its reader divides by one number of it, and jumps to where the sizes
/// say that trees begin (`gbdt_model_text.cpp`).
struct LightGBMHeader {
  /// The highest feature.
  private(set) var features = Int.max
  /// Where the trees begin.
  var starts: [Int] = []
  private var perIteration: String?
  private var classes: String?
  private var sizes: [Substring]?

  /// The last line of a name counts.
  mutating func take(_ key: String, _ value: Substring) {
    switch key {
    case "max_feature_idx": features = Self.number(value) ?? -1
    case "num_tree_per_iteration": perIteration = String(value)
    case "num_class": classes = String(value)
    case "tree_sizes": sizes = value.split(whereSeparator: \.isWhitespace)
    default: break
    }
  }

  /// - Parameter size: bytes of the file.
  func errors(size: Int) -> [StructureError] {
    var errors: [StructureError] = []
    for (name, text) in [("num_class", classes), ("num_tree_per_iteration", perIteration)] {
      guard let text else { continue }
      guard let number = Self.number(text[...]), (1...1 << 20).contains(number) else {
        errors.append(StructureError(.exploit, "\(name) is \(text.prefix(32))", at: 0))
        continue
      }
      if name == "num_tree_per_iteration", !starts.isEmpty, starts.count % number != 0 {
        errors.append(
          StructureError(.broken, "\(starts.count) trees, and \(number) in each iteration", at: 0))
      }
    }
    if features < 0 {
      errors.append(StructureError(.exploit, "max_feature_idx is no number of a feature", at: 0))
    }
    if let problem = wrongSizes(size) { errors.append(problem) }
    return errors
  }

  private func wrongSizes(_ size: Int) -> StructureError? {
    guard let sizes else { return nil }
    var at = starts.first ?? 0
    for (index, text) in sizes.enumerated() {
      guard at < size else {
        return StructureError(.exploit, "tree_sizes say that tree \(index) begins at \(at) of \(size)", at: 0)
      }
      guard index < starts.count, at == starts[index] else {
        return StructureError(
          .broken, "tree_sizes say that tree \(index) begins at \(at), where none does", at: 0)
      }
      guard let length = Self.number(text), case let (next, overflow) = at.addingReportingOverflow(length),
        !overflow
      else { return StructureError(.exploit, "tree_sizes have the size \(text.prefix(32))", at: 0) }
      at = next
    }
    return sizes.count == starts.count
      ? nil
      : StructureError(.broken, "tree_sizes have \(sizes.count) sizes for \(starts.count) trees", at: 0)
  }

  /// A number without a sign.
  private static func number(_ text: Substring) -> Int? {
    let trimmed = text.drop { $0.isWhitespace }
    let digits = trimmed.prefix { !$0.isWhitespace }
    return Int(digits).flatMap { $0 >= 0 ? $0 : nil }
  }
}
