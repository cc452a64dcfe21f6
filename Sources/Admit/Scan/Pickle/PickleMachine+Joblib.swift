// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// joblib writes a small object in place of each array, and the array's bytes behind the BUILD of that object, in
/// the middle of the pickle. An unpickler that does not know this runs numbers as opcodes.
///
/// How many bytes there are follows from element type and shape, both taken from the pickle. Where either is not known,
/// or the bytes are not all there, the rest of the stream cannot be read and is not: that is a finding. Arrays of
/// objects are a pickle of their own there, which is run as one.
///
/// Source: joblib 1.6, `numpy_pickle.NumpyArrayWrapper` and `NumpyUnpickler.load_build`.
extension PickleMachine {
  /// What is known of a call's result beyond the entry that covers it.
  mutating func special(_ entry: AllowEntry, at index: Int, _ arguments: PickleValue) -> PickleValue? {
    guard let given = cells.contents(arguments) else { return nil }
    guard let first = given.items.first else {
      return given.count == 0 && entry.construct == "builtins.bytearray"
        ? PickleValue(instance: index, detail: 1) : nil
    }
    switch entry.construct {
    case "numpy.dtype":
      guard elements.count < Limits.pickleElements else { return nil }
      elements.append(element(named: first))
      return PickleValue(instance: index, detail: elements.count - 1)
    case "builtins.bytearray" where first.kind == .bytes:
      return PickleValue(.byteArray, first.payload)
    case "builtins.bytearray" where first.kind == .instance && first.detail != 0: return first
    case "_codecs.encode" where first.kind == .text && first.payload < 0xFFFF_FFFF:
      return PickleValue(instance: index, detail: first.payload + 1)
    case "torch.storage._load_from_bytes":
      if !load(first) { facts.note(.uncoveredCall, at: offset, "torch.storage._load_from_bytes(…)") }
      return nil
    case _ where entry.module == "pyarrow.lib": return arrowPart(entry, at: index, first)
    default: return nil
    }
  }

  /// Text, or a class whose instances hold fields.
  private func element(named type: PickleValue) -> PickleElement {
    if type.kind == .global {
      let name = facts.globals[type.payload].name
      return name == "record" || name == "void" ? .fields : .unknown
    }
    return type.kind == .text ? constantText(type).map { PickleElement($0) } ?? .unknown : .unknown
  }

  /// Looks at a state that the receiver's entry covers.
  mutating func filled(_ receiver: PickleValue, with state: PickleValue) throws(Halt) {
    let entry = allow.entries[receiver.payload]
    switch entry.name {
    case "dtype" where entry.module == "numpy": refine(receiver, with: state)
    case "NumpyArrayWrapper" where entry.module.hasSuffix("joblib.numpy_pickle"):
      if readsArrays { break }
      leftOutArrays = true
      try readArray(state)
    case "Booster": try handles(of: receiver, in: state)
    case _ where entry.pack == "catboost": try handles(of: receiver, in: state)
    default: break
    }
  }

  /// The value of a key of a state that was seen whole.
  private func member(_ name: String, of state: PickleValue) -> PickleValue? {
    guard let parts = cells.contents(state) else { return nil }
    var rest = parts.items
    var found: PickleValue?
    while let key = rest.popFirst(), let value = rest.popFirst() {
      if key.kind == .text, constantText(key) == name { found = value }
    }
    return found
  }

  private func isWhole(_ state: PickleValue) -> Bool {
    cells.contents(state).map { $0.count == $0.items.count } ?? false
  }

  /// What the object that stands for an array has. Anything else would stand in front of its methods.
  private static let wrapperKeys: Set<String> = [
    "subclass", "shape", "order", "dtype", "allow_mmap", "numpy_array_alignment_bytes",
  ]

  private mutating func readArray(_ state: PickleValue) throws(Halt) {
    if let parts = cells.contents(state) {
      for (index, key) in parts.items.enumerated()
      where index % 2 == 0 && !Self.wrapperKeys.contains(key.kind == .text ? constantText(key) ?? "" : "") {
        let detail = "NumpyArrayWrapper.\(describe(key))"
        facts.note(.uncoveredState, at: offset, detail)
      }
    }
    guard isWhole(state),
      let type = member("dtype", of: state), type.kind == .instance,
      let shape = member("shape", of: state).flatMap({ cells.contents($0) }), shape.count == shape.items.count
    else { throw .malformed("the array that follows has no element type or shape that is known") }
    let element = elements[type.detail]
    var at = end
    if element.hasObjects {
      try runNested(&at)
    } else {
      guard var size = element.size else {
        throw .malformed("the size of the elements of the array is not known")
      }
      for length in shape.items {
        guard let length = constantInteger(length), length >= 0 else {
          throw .malformed("the shape of the array is no number")
        }
        let (product, overflow) = size.multipliedReportingOverflow(by: Int(length))
        guard !overflow else { throw .malformed("the array would have more bytes than memory can hold") }
        size = product
      }
      if let alignment = member("numpy_array_alignment_bytes", of: state), alignment.kind != .none {
        guard at < bytes.count else { throw .malformed("the bytes of the array are not there") }
        at += 1 + Int(bytes[at])
      }
      guard at <= bytes.count, size <= bytes.count - at else {
        throw .malformed("the array should have \(size) bytes, and \(max(0, bytes.count - at)) follow")
      }
      at += size
    }
    resume = at
    _ = try pop()
    guard let array = allow.entry("numpy", "ndarray") else { return }
    try push(PickleValue(.instance, array))
  }

  /// The pickle that an array of objects is written as.
  private mutating func runNested(_ at: inout Int) throws(Halt) {
    guard depth < Limits.nestedArrays else {
      throw .limit("more than \(Limits.nestedArrays) arrays of objects lie in each other")
    }
    var inner = PickleMachine(bytes, allow: allow, isTorch: isTorch, isScript: isScript, facts: facts)
    inner.depth = depth + 1
    let ended = inner.run(from: at)
    facts = inner.facts
    guard let ended else { throw .malformed("the pickle of an array of objects does not end") }
    at = ended
  }

  /// A booster's state holds its model as the library's own bytes, which are looked at on their own.
  private mutating func handles(of receiver: PickleValue, in state: PickleValue) throws(Halt) {
    guard isWhole(state) else {
      let detail = "\(describe(receiver)).__setstate__(\(describe(state)))"
      return facts.note(.uncoveredState, at: offset, detail)
    }
    for name in ["handle", "_handle", "__model"] {
      guard let value = member(name, of: state), value.kind != .none else { continue }
      if !load(value, isModel: true) {
        let detail = "\(describe(receiver)).\(name) = \(describe(value))"
        facts.note(.uncoveredState, at: offset, detail)
      }
    }
  }

  /// Lets bytes, or what `_codecs.encode` makes of text, be scanned as a file.
  private mutating func load(_ value: PickleValue, isModel: Bool = false) -> Bool {
    guard facts.loaded.count < Limits.loadedConstants else { return false }
    var loaded: PickleFacts.Loaded?
    if let range = constantRange(value) {
      loaded = .init(range: range)
    } else if value.kind == .text, let range = constantRange(value, escaped: true),
      range.count <= Limits.loadedText
    {
      loaded = .init(range: range, text: value.payload)
    } else if value.kind == .instance, allow.entries[value.payload].construct == "_codecs.encode",
      value.detail != 0,
      let range = constantRange(PickleValue(.text, value.detail - 1), escaped: true),
      range.count <= Limits.loadedText
    {
      loaded = .init(range: range, text: value.detail - 1)
    }
    guard var loaded else { return false }
    loaded.isModel = isModel
    if !facts.loaded.contains(loaded) { facts.loaded.append(loaded) }
    return true
  }
}
