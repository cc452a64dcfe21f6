// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The outermost vector of a FlexBuffer, as TensorFlow Lite keeps the options of custom operators: its strings.
/// Every offset is checked. The format is at flatbuffers.dev/flexbuffers.
package enum FlexVector {
  /// The items of the vector as bytes, nil for an item that is no string or blob.
  /// - Returns: nil when the bytes are no such vector.
  package static func items(of bytes: Bytes) -> [Bytes?]? {
    guard bytes.count >= 3 else { return nil }
    let width = Int(bytes[bytes.count - 1])
    let packed = bytes[bytes.count - 2]
    guard [1, 2, 4, 8].contains(width), packed >> 2 == 10, bytes.count >= 2 + width else { return nil }
    let inner = 1 << Int(packed & 3)
    let place = bytes.count - 2 - width
    guard let start = target(of: place, width: width, bytes), let count = number(start - inner, inner, bytes),
      count <= 1024, start + count * inner + count <= bytes.count
    else { return nil }
    var items: [Bytes?] = []
    for index in 0..<count {
      let type = bytes[start + count * inner + index]
      guard type >> 2 == 5 || type >> 2 == 25 else {
        items.append(nil)
        continue
      }
      let size = 1 << Int(type & 3)
      guard let text = target(of: start + index * inner, width: inner, bytes),
        let length = number(text - size, size, bytes), length <= bytes.count - text
      else { return nil }
      items.append(bytes.slice(text..<text + length))
    }
    return items
  }

  private static func number(_ at: Int, _ width: Int, _ bytes: Bytes) -> Int? {
    guard at >= 0, at <= bytes.count - width else { return nil }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[at + index]) << (8 * UInt64(index)) }
    return value > UInt64(bytes.count) ? nil : Int(value)
  }

  /// Offsets lead backwards from where they stand.
  private static func target(of place: Int, width: Int, _ bytes: Bytes) -> Int? {
    guard let distance = number(place, width, bytes), distance > 0, distance <= place else { return nil }
    return place - distance
  }
}
