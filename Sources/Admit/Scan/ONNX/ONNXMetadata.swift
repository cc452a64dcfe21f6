// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Texts in a model that programs evaluate: detectors read their class names with `eval`, for example.
enum ONNXMetadata {
  private static let signs: [[UInt8]] = [
    "__import__", "__builtins__", "__globals__", "__subclasses__", "__reduce__", "os.system", "os.popen",
    "subprocess.", "eval(", "exec(", "pickle.loads", "marshal.loads", "importlib.", "builtins.", "/bin/sh",
    "/bin/bash", "powershell", ".__class__", ".__mro__", ".__base",
  ].map { Array($0.utf8) }
  private static let first = Set(signs.compactMap(\.first))

  /// The first sign of code in a value, or nil.
  static func code(in value: Bytes) -> String? {
    let span = value.span
    for at in 0..<span.count where first.contains(span[at]) {
      for sign in signs where sign.count <= span.count - at {
        var same = 0
        while same < sign.count, span[at + same] == sign[same] { same += 1 }
        guard same == sign.count else { continue }
        // `model.eval()` switches a mode, and `medieval(` is a word.
        if sign.last == UInt8(ascii: "("), at > 0, isWord(span[at - 1]) { continue }
        return String(decoding: sign, as: UTF8.self)
      }
    }
    return nil
  }

  /// Whether a value is written like an expression: in brackets, or as a call. Programs that evaluate metadata take those
  /// for lists of names and sizes.
  static func isExpression(_ value: Bytes) -> Bool {
    let span = value.span
    var at = 0
    while at < span.count, span[at] <= 0x20 { at += 1 }
    guard at < span.count else { return false }
    if [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "(")].contains(span[at]) { return true }
    let start = at
    while at < span.count, isWord(span[at]) { at += 1 }
    return at > start && at < span.count && span[at] == UInt8(ascii: "(")
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}
