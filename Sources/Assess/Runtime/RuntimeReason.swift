// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What ONNX Runtime says of a failure, made readable: in one line, and without the places in its own sources, which are a path, a
/// line and the whole signature of a C++ function.
enum RuntimeReason {
  private static let sources = "/onnxruntime_src/"
  private static let allocation = "Failed to allocate memory for requested buffer of size "

  static func readable(_ message: String) -> String {
    var left = message.split(whereSeparator: \.isNewline).joined(separator: " ")[...]
    var text = ""
    while let place = left.firstRange(of: sources) {
      text += left[..<place.lowerBound]
      left = behindSignature(left[place.upperBound...])
    }
    text += left
    return text
  }

  /// The text behind "file:line function(arguments) const [with T = ...] ".
  private static func behindSignature(_ text: Substring) -> Substring {
    guard let open = text.firstIndex(of: "("), var end = closing(text[open...], "(", ")") else { return text }
    if text[end...].hasPrefix(" const") { end = text.index(end, offsetBy: 6) }
    if text[end...].hasPrefix(" [with "), let last = closing(text[text.index(after: end)...], "[", "]") {
      end = last
    }
    return text[end...].trimmingPrefix(" ")
  }

  /// Where the bracket that `text` begins with is closed; the place behind it.
  private static func closing(_ text: Substring, _ open: Character, _ close: Character) -> String.Index? {
    var depth = 0
    for (place, character) in zip(text.indices, text) {
      if character == open { depth += 1 }
      if character == close { depth -= 1 }
      if depth == 0 { return text.index(after: place) }
    }
    return nil
  }

  /// The bytes that could not be had, where that is what failed.
  static func bytesWanted(_ reason: String) -> Int? {
    reason.firstRange(of: allocation).flatMap { Int(reason[$0.upperBound...].prefix(while: \.isNumber)) }
  }
}
