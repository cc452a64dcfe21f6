// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletInference

extension HostedModel {
  /// The JSON of a question that the model can answer: one row of zeros for every input. `nil` where that would be too long
  /// to read, or where an input takes no numbers.
  var exampleQuestion: String? {
    var tensors: [String] = []
    for input in inputs {
      let shape = input.shape.map { $0 < 0 ? 1 : $0 }
      var count = 1
      for size in shape {
        let (product, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, product <= Self.longestExample else { return nil }
        count = product
      }
      guard ["FP", "IN", "UI", "BF"].contains(input.datatype.prefix(2)) else { return nil }
      guard let name = try? JSONEncoder().encode(input.name) else { return nil }
      let numbers = { (values: [Int]) in values.map { "\($0)" }.joined(separator: ",") }
      tensors.append(
        """
        {"name":\(String(decoding: name, as: UTF8.self)),"datatype":"\(input.datatype)",\
        "shape":[\(numbers(shape))],"data":[\(numbers([Int](repeating: 0, count: count)))]}
        """)
    }
    return "{\"inputs\":[\(tensors.joined(separator: ","))]}"
  }

  private static let longestExample = 256
}
