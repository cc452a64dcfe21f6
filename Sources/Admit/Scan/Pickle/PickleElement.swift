// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a pickle tells about an element type of numpy.
struct PickleElement: Equatable {
  /// Bytes of one element; nil when it is not known.
  var size: Int?
  /// Elements, or fields of them, are Python objects: arrays of it are pickled and not written as bytes.
  var hasObjects = false
  /// Text, bytes or fields: the size is told by the state as well.
  var isFlexible = false

  static let unknown = PickleElement(size: nil)
  /// `numpy.record` and `numpy.void`, whose size only the state tells.
  static let fields = PickleElement(size: nil, isFlexible: true)

  /// Reads `f8`, `U12`, `V16`, `O8`: what `numpy.dtype` is called with.
  init(_ text: String) {
    var text = text[...]
    if let first = text.first, "<>|=".contains(first) { text = text.dropFirst() }
    guard let kind = text.first, let count = Int(text.dropFirst()), count >= 0, count < 1 << 40 else {
      self = .unknown
      return
    }
    switch kind {
    case "b", "i", "u", "f", "c", "m", "M": size = count
    case "S", "a", "V": (size, isFlexible) = (count, true)
    case "U": (size, isFlexible) = (count * 4, true)
    case "O": (size, hasObjects) = (count, true)
    default: size = nil
    }
  }

  init(size: Int?, hasObjects: Bool = false, isFlexible: Bool = false) {
    self.size = size
    self.hasObjects = hasObjects
    self.isFlexible = isFlexible
  }
}
