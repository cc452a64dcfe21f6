// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes

/// What a cell says, read from its canonical form.
package enum Cell: Equatable, Sendable {
  case missing(String)
  case number(Double)
  case whole(Int64)
  /// A whole number of an array above the largest 64-bit integer.
  case large(UInt64)
  case text(String)
  case truth(Bool)
  case json(String)
  case file(digest: String, size: Int)
  /// The values of an array.
  case numbers([Double])

  /// - Precondition: bytes that a row source has made for this column.
  package init(_ bytes: Bytes, of column: Column) {
    let span = bytes.span
    if let width = column.kind.width {
      guard column.shape == nil else {
        self = .numbers((0..<column.elements).map { Self.number(span, $0 * width, column.kind) })
        return
      }
      switch column.kind {
      case .uint64:
        let value = Self.integer(span, 0, 8)
        self = value > UInt64(Int64.max) ? .large(value) : .whole(Int64(value))
      case .int8, .int16, .int32, .int64:
        let unused = UInt64(64 - 8 * width)
        self = .whole(Int64(bitPattern: Self.integer(span, 0, width) << unused) >> Int64(unused))
      case .uint8, .uint16, .uint32: self = .whole(Int64(Self.integer(span, 0, width)))
      case .boolean: self = .truth(span[0] != 0)
      default: self = .number(Self.number(span, 0, column.kind))
      }
      return
    }
    switch CellWriter.Tag(rawValue: span[0])! {
    case .missing: self = .missing(Self.string(bytes))
    case .number: self = .number(Double(bitPattern: Self.integer(span, 1, 8)))
    case .whole: self = .whole(Int64(bitPattern: Self.integer(span, 1, 8)))
    case .text: self = .text(Self.string(bytes))
    case .no: self = .truth(false)
    case .yes: self = .truth(true)
    case .json: self = .json(Self.string(bytes))
    case .file:
      let digits = bytes.slice(1..<33).array().map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      self = .file(digest: digits.joined(), size: Int(Self.integer(span, 33, 8)))
    }
  }

  private static func string(_ bytes: Bytes) -> String {
    String(decoding: bytes.slice(5..<bytes.count).array(), as: UTF8.self)
  }

  static func integer(_ span: Span<UInt8>, _ offset: Int, _ width: Int) -> UInt64 {
    var value: UInt64 = 0
    for byte in 0..<width { value |= UInt64(span[offset + byte]) << UInt64(8 * byte) }
    return value
  }

  /// One number of an array.
  static func number(_ span: Span<UInt8>, _ offset: Int, _ kind: Column.Kind) -> Double {
    let width = kind.width!
    let raw = integer(span, offset, width)
    switch kind {
    case .float16: return Double(Float16(bitPattern: UInt16(raw)))
    case .float32: return Double(Float(bitPattern: UInt32(raw)))
    case .float64: return Double(bitPattern: raw)
    case .int8, .int16, .int32, .int64:
      let unused = UInt64(64 - 8 * width)
      return Double(Int64(bitPattern: raw << unused) >> Int64(unused))
    default: return Double(raw)
    }
  }

  /// For people: short, and one line.
  package var text: String {
    switch self {
    case .missing(let word): return word.isEmpty ? "nothing" : Self.short(word)
    case .number(let value):
      if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
      let single = Float(value)
      return abs(value - Double(single)) <= abs(value) * 1e-7 ? "\(single)" : "\(value)"
    case .whole(let value): return "\(value)"
    case .large(let value): return "\(value)"
    case .text(let text): return Self.short(text)
    case .truth(let value): return "\(value)"
    case .json(let text): return Self.short(text)
    case .file(let digest, let size): return "\(digest.prefix(12))… (\(size) bytes)"
    case .numbers(let values):
      let shown = values.prefix(4).map { Cell.number($0).text }.joined(separator: ", ")
      return "[\(shown)\(values.count > 4 ? ", …" : "")]"
    }
  }

  private static func short(_ text: String) -> String {
    let line = text.replacing("\n", with: " ").replacing("\r", with: " ")
    return line.count > 60 ? line.prefix(59) + "…" : line
  }

  /// The value as a number, where it is one.
  package var number: Double? {
    switch self {
    case .number(let value): value
    case .whole(let value): Double(value)
    case .large(let value): Double(value)
    case .truth(let value): value ? 1 : 0
    default: nil
    }
  }
}
