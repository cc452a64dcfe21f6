// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a pickle tells about an element type of numpy.
struct PickleElement: Equatable {
  /// Bytes of one element; nil when it is not known.
  var size: Int?
  /// Elements, or fields of them, are Python objects: arrays of it are pickled and not written as bytes.
  var hasObjects = false

  static let unknown = PickleElement(size: nil)

  /// Reads `f8`, `U12`, `V16`, `O8`: what `numpy.dtype` is called with.
  init(_ text: String) {
    var text = text[...]
    if let first = text.first, "<>|=".contains(first) { text = text.dropFirst() }
    guard let kind = text.first, let count = Int(text.dropFirst()), count >= 0, count < 1 << 40 else {
      self = .unknown
      return
    }
    switch kind {
    case "b", "i", "u", "f", "c", "m", "M", "S", "a", "V": size = count
    case "U": size = count * 4
    case "O": (size, hasObjects) = (count, true)
    default: size = nil
    }
  }

  init(size: Int?, hasObjects: Bool = false) {
    self.size = size
    self.hasObjects = hasObjects
  }
}
