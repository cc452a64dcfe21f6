// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// How the values of an array of Arrow lie in its buffers.
enum ArrowLayout: Equatable {
  /// Each has this many bits.
  case fixed(bits: Int)
  /// Offsets of `width` bytes, one more than there are values, and the bytes that they cut.
  case cut(width: Int, isText: Bool)
}

/// What the machine knows about a value that pyarrow made.
enum ArrowPart: Equatable {
  case layout(ArrowLayout)
  /// A buffer over bytes of the pickle.
  case buffer(Range<Int>)
}

/// Arrays of Arrow, in which pandas 3 keeps texts. pyarrow hands their bytes to native code as they are and asks nobody whether
/// the offsets in them stay within them, so that is proved here, for the arrays whose layout is known.
///
/// Source: the Arrow columnar format, "Physical Memory Layout"; pyarrow 26, `_restore_array` in `array.pxi`.
extension PickleMachine {
  /// What pyarrow made of arguments that its entry covers; nil when there is nothing more to know about it.
  mutating func arrowPart(_ entry: AllowEntry, at index: Int, _ argument: PickleValue) -> PickleValue? {
    let part: ArrowPart
    switch entry.name {
    case "type_for_alias":
      guard let layout = constantText(argument).flatMap({ ArrowLayout(alias: $0) }) else { return nil }
      part = .layout(layout)
    case "timestamp":
      part = .layout(.fixed(bits: 64))
    case "py_buffer":
      if argument.kind == .instance, argument.detail == 1 { return PickleValue(instance: index, detail: 1) }
      guard let range = constantRange(argument) else { return nil }
      part = .buffer(range)
    default: return nil
    }
    guard arrowParts.count < Limits.pickleElements else { return nil }
    arrowParts.append(part)
    return PickleValue(instance: index, detail: arrowParts.count - 1)
  }

  /// Whether the values of `(type, length, nulls, offset, [validity, …], [], None)` all lie in the buffers.
  mutating func fitsArrow(_ parts: PickleValue) -> Bool {
    guard let given = cells.contents(parts), given.count == 7, given.items.count == 7 else { return false }
    let items = Array(given.items)
    guard let length = constantInteger(items[1]), let nulls = constantInteger(items[2]),
      let offset = constantInteger(items[3]), length >= 0, offset >= 0, length < 1 << 40, offset < 1 << 40,
      case .layout(let layout)? = arrowPart(items[0]), items[4].kind == .list,
      let buffers = cells.contents(items[4]), items[5].kind == .list, cells.contents(items[5])?.count == 0,
      items[6].kind == .none
    else { return false }
    let places = buffers.items.map { $0.kind == .none ? .some(nil) : buffer($0).map(Optional.some) }
    let (start, end) = (Int(offset), Int(offset + length))
    // One array can be made again and again out of a few bytes.
    arrowWork += places.reduce(end / 8) { $0 + (($1 ?? nil)?.count ?? 0) }
    guard places.count == buffers.count, arrowWork <= 16 * bytes.count, let validity = places.first,
      let validity,
      isTrue(nulls: nulls, of: start..<end, in: validity)
    else { return false }
    switch layout {
    case .fixed(let bits):
      guard places.count == 2, let values = places[1] else { return false }
      return (values?.count ?? 0) >= (end * bits + 7) / 8
    case .cut(let width, let isText):
      guard places.count == 3, let offsets = places[1], let data = places[2] else { return false }
      guard end > 0, let offsets else { return end == 0 }
      return areCuts(start...end, width: width, offsets, of: data ?? 0..<0, isText: isText)
    }
  }

  private func arrowPart(_ value: PickleValue) -> ArrowPart? {
    guard value.kind == .instance, value.detail != 0, value.detail < arrowParts.count,
      allow.entries[value.payload].module == "pyarrow.lib"
    else { return nil }
    return arrowParts[value.detail]
  }

  private func buffer(_ value: PickleValue) -> Range<Int>? {
    guard case .buffer(let range)? = arrowPart(value) else { return nil }
    return range
  }

  /// What leaves the missing values out makes room for as many as the count says and writes as many as the bits say.
  private func isTrue(nulls: Int64, of values: Range<Int>, in validity: Range<Int>?) -> Bool {
    guard let validity else { return nulls == 0 || nulls == -1 }
    guard validity.count >= (values.upperBound + 7) / 8 else { return false }
    if nulls == -1 { return true }
    var missing: Int64 = 0
    for index in values where bytes[validity.lowerBound + index / 8] >> UInt8(index % 8) & 1 == 0 {
      missing += 1
    }
    return missing == nulls
  }

  /// Whether offsets rise and stay in the data, and each text between them is UTF-8.
  private func areCuts(
    _ values: ClosedRange<Int>, width: Int, _ offsets: Range<Int>, of data: Range<Int>, isText: Bool
  ) -> Bool {
    guard offsets.count / width > values.upperBound else { return false }
    func cut(_ index: Int) -> Int? {
      var number: UInt64 = 0
      let place = offsets.lowerBound + index * width
      for byte in 0..<width { number |= UInt64(bytes[place + byte]) << UInt64(8 * byte) }
      return number <= UInt64(data.count) ? Int(number) : nil
    }
    guard let first = cut(values.lowerBound) else { return false }
    var last = first
    for index in values.dropFirst() {
      guard let next = cut(index), next >= last else { return false }
      // A text that is whole as such, and begins with no middle of a letter, is whole beside its neighbours.
      if isText, next < data.count, bytes[data.lowerBound + next] & 0xC0 == 0x80 { return false }
      last = next
    }
    guard isText, last > first else { return true }
    let text = bytes.extracting(data.lowerBound + first..<data.lowerBound + last)
    return (try? UTF8Span(validating: text)) != nil
  }
}

extension ArrowLayout {
  /// The layout of a type by the name that pyarrow pickles it with; nil for those with another one.
  init?(alias: String) {
    guard let layout = Self.aliases[alias] else { return nil }
    self = layout
  }

  static let aliases: [String: ArrowLayout] = {
    var layouts: [String: ArrowLayout] = [
      "bool": .fixed(bits: 1), "halffloat": .fixed(bits: 16), "float": .fixed(bits: 32),
      "double": .fixed(bits: 64), "date32[day]": .fixed(bits: 32), "date64[ms]": .fixed(bits: 64),
      "time32[s]": .fixed(bits: 32), "time32[ms]": .fixed(bits: 32), "time64[us]": .fixed(bits: 64),
      "time64[ns]": .fixed(bits: 64), "string": .cut(width: 4, isText: true),
      "large_string": .cut(width: 8, isText: true), "binary": .cut(width: 4, isText: false),
      "large_binary": .cut(width: 8, isText: false),
    ]
    for bits in [8, 16, 32, 64] {
      layouts["int\(bits)"] = .fixed(bits: bits)
      layouts["uint\(bits)"] = .fixed(bits: bits)
    }
    for unit in ["s", "ms", "us", "ns"] {
      layouts["timestamp[\(unit)]"] = .fixed(bits: 64)
      layouts["duration[\(unit)]"] = .fixed(bits: 64)
    }
    return layouts
  }()
}
