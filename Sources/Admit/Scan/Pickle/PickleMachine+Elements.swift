// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The states of element types. numpy believes what a state says: that elements are objects although they are numbers makes it
/// follow the numbers as pointers, and a field beyond the element reads other memory; joblib reads on behind the array
/// at another place than whoever believed the name of the type. So only the state that numpy itself writes for the
/// type is covered.
///
/// Source: numpy 2.4, `arraydescr_reduce` and `arraydescr_setstate` in `descriptor.c`.
extension PickleMachine {
  private enum Judgement {
    case plain(PickleElement)
    /// What it says could not be seen whole.
    case unseen
    case lie(String)
  }

  /// What a state makes of the type of `receiver`, whose number is `detail`.
  mutating func refine(_ receiver: PickleValue, with state: PickleValue) {
    guard receiver.detail != 0 else {
      return facts.note(.uncoveredState, at: offset, "numpy.dtype.__setstate__(…)")
    }
    switch judge(elements[receiver.detail], state) {
    case .plain(let element): elements[receiver.detail] = element
    case .unseen:
      elements[receiver.detail] = .unknown
      let detail = "numpy.dtype.__setstate__(\(describe(state)))"
      facts.note(.uncoveredState, at: offset, detail)
    case .lie(let reason):
      elements[receiver.detail] = .unknown
      let detail = "\(reason): numpy.dtype.__setstate__(\(describe(state)))"
      facts.note(.falseType, at: offset, detail)
    }
  }

  /// `(version, byte order, subarray, names, fields, size, alignment[, flags[, metadata]])`
  private func judge(_ named: PickleElement, _ state: PickleValue) -> Judgement {
    guard let parts = cells.contents(state), parts.count == parts.items.count, 7...9 ~= parts.count,
      named != .unknown
    else { return .unseen }
    let items = Array(parts.items)
    var element = named
    guard let size = constantInteger(items[5]) else { return .lie("the size of an element is no number") }
    if named.isFlexible {
      guard size >= 0, size < 1 << 40, named.size == nil || named.size == Int(size) else {
        return .lie("elements of \(named.size.map { "\($0)" } ?? "some") bytes should have \(size)")
      }
      element.size = Int(size)
    } else if size != -1, Int(size) != named.size {
      return .lie("numbers of \(named.size ?? 0) bytes should have \(size)")
    }
    switch items[2].kind {
    case .none: break
    case .tuple:
      guard let base = cells.contents(items[2]), base.count == 2, base.items.count == 2,
        let type = type(base.items[base.items.startIndex])
      else { return .unseen }
      if type.hasObjects { element.hasObjects = true }
    default: return .unseen
    }
    switch items[4].kind {
    case .none: break
    case .dict:
      if let judgement = fields(items[4], of: &element) { return judgement }
    default: return .unseen
    }
    guard items.count > 7 else { return .plain(element) }
    guard let flags = constantInteger(items[7]) else { return .lie("the flags of a type are no number") }
    // Bit 0 says that elements hold references, bit 1 that arrays are pickled as lists, bit 2 that elements are pointers.
    guard element.hasObjects ? flags & 1 == 1 : flags & 7 == 0 else {
      return .lie(element.hasObjects ? "objects should be numbers" : "numbers should be objects")
    }
    return .plain(element)
  }

  /// Checks that the fields lie in the element, and objects apart from everything else.
  /// - Returns: nil when they do.
  private func fields(_ value: PickleValue, of element: inout PickleElement) -> Judgement? {
    guard let fields = cells.contents(value), fields.count == fields.items.count else { return .unseen }
    var places: [(range: Range<Int>, type: PickleElement)] = []
    for (index, field) in fields.items.enumerated() where index % 2 == 1 {
      guard let parts = cells.contents(field), 2...3 ~= parts.count, let first = parts.items.first,
        let type = type(first), let size = type.size
      else { return .unseen }
      guard let start = constantInteger(parts.items[parts.items.startIndex + 1]), start >= 0,
        start <= (element.size ?? 0) - size
      else { return .lie("a field lies outside of its element") }
      let place = Int(start)..<Int(start) + size
      // A field with a title stands twice.
      if places.contains(where: { $0.range == place && $0.type == type }) { continue }
      if places.contains(where: { $0.range.overlaps(place) && ($0.type.hasObjects || type.hasObjects) }) {
        return .lie("a field of objects lies over another one")
      }
      places.append((place, type))
      if type.hasObjects { element.hasObjects = true }
    }
    return nil
  }

  private func type(_ value: PickleValue) -> PickleElement? {
    guard value.kind == .instance, value.detail != 0, allow.entries[value.payload].construct == "numpy.dtype",
      elements[value.detail] != .unknown
    else { return nil }
    return elements[value.detail]
  }
}
