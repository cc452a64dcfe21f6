// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension NumpyArray {
  /// The elements as texts in row-major order, from text of fixed width (`U`, UTF-32) and bytes of fixed width (`S`, UTF-8).
  /// - Throws: ``NumpyError/wrongType(found:expected:)`` for any other type, and for what is no text.
  package func texts() throws(NumpyError) -> [String] {
    guard descr.kind == "U" || descr.kind == "S", shape.count == 1 else {
      throw .wrongType(found: "\(descr.text) of the shape \(shape)", expected: "a list of texts")
    }
    let (span, size) = (data.span, descr.itemSize)
    var result: [String] = []
    for index in 0..<count {
      let text: String?
      if descr.kind == "S" {
        var raw: [UInt8] = []
        for byte in 0..<size { raw.append(span[index * size + byte]) }
        while raw.last == 0 { raw.removeLast() }
        text = String(validating: raw, as: UTF8.self)
      } else {
        var units: [UInt32] = []
        for unit in 0..<size / 4 {
          var value: UInt32 = 0
          for byte in 0..<4 {
            let shift = UInt32(8 * (descr.isBigEndian ? 3 - byte : byte))
            value |= UInt32(span[index * size + unit * 4 + byte]) << shift
          }
          units.append(value)
        }
        while units.last == 0 { units.removeLast() }
        text = String(validating: units, as: UTF32.self)
      }
      guard let text else { throw .wrongType(found: "other bytes at element \(index)", expected: "texts") }
      result.append(text)
    }
    return result
  }
}
