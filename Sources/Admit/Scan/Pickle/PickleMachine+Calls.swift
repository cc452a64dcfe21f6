// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension PickleMachine {
  /// The opcode that makes the call, as far as it matters for the judgement.
  enum Manner {
    case reduce, instantiate, new
    case newWithKeywords(PickleValue)
  }

  enum Write: String {
    case append, items, add
  }

  /// Interns an import and judges it.
  mutating func global(_ module: String, _ name: String) throws(Halt) -> PickleValue {
    if let known = facts.index(of: module, name) {
      return PickleValue(global: known, isMaker: isMaker(facts.globals[known].standing))
    }
    guard facts.globals.count < Limits.pickleGlobals else {
      throw .limit("it names more than \(Limits.pickleGlobals) globals")
    }
    let standing = scriptStanding(module) ?? GlobalJudge(allow: allow).standing(module, name)
    let index = facts.add(.init(module: module, name: name, offset: offset, standing: standing))
    return PickleValue(global: index, isMaker: isMaker(standing))
  }

  private func isMaker(_ standing: PickleFacts.Standing) -> Bool {
    if case .vetted(let entry) = standing { allow.entries[entry].isMaker } else { false }
  }

  /// The result of a call that no entry of the allow list covers.
  mutating func foreign(_ expression: @autoclosure () -> String) -> PickleValue {
    guard expressions.count < 4096 else { return PickleValue(.foreign, 0) }
    expressions.append(expression())
    return PickleValue(.foreign, expressions.count - 1)
  }

  mutating func call(_ callee: PickleValue, _ arguments: PickleValue, _ manner: Manner) throws(Halt) {
    if callee.kind == .global, case .vetted(let index) = facts.globals[callee.payload].standing {
      let entry = allow.entries[index]
      if covers(entry, arguments, manner) {
        facts.globals[callee.payload].isCovered = true
        return try push(result(of: entry, at: index, arguments))
      }
      if let effect = entry.otherwise ?? DangerousGlobals.effect(entry.module, entry.name) {
        let expression = self.expression(callee, arguments, manner)
        facts.globals[callee.payload].standing = .dangerous(effect)
        facts.globals[callee.payload].call = .init(expression: expression, offset: offset)
        return try push(foreign(expression))
      }
      if allow.userEntry(entry.module, entry.name) != nil {
        return try push(result(of: entry, at: index, arguments))
      }
      let expression = facts.isFull(.uncoveredCall) ? "…" : self.expression(callee, arguments, manner)
      facts.note(.uncoveredCall, at: offset, expression, allow: entry.construct)
      return try push(foreign(expression))
    }
    if callee.kind == .global {
      let global = facts.globals[callee.payload]
      let expression =
        global.call == nil || expressions.count < 4096 ? self.expression(callee, arguments, manner) : "…"
      if global.call?.suspicion == nil {
        let suspicion = global.standing == .unlisted ? suspicion(of: global, arguments, manner) : nil
        if global.call == nil || suspicion != nil {
          facts.globals[callee.payload].call = .init(
            expression: global.call == nil ? expression : self.expression(callee, arguments, manner),
            offset: offset, suspicion: suspicion)
        }
      }
      return try push(foreign(expression))
    }
    if callee.kind == .instance, let zone = timeZone(callee, arguments) { return try push(zone) }
    let expression = facts.isFull(.computedCall) ? "…" : self.expression(callee, arguments, manner)
    facts.note(.computedCall, at: offset, expression)
    try push(foreign(expression))
  }

  /// `getattr(zoneinfo.ZoneInfo, '_unpickle')('Europe/Berlin', 1)`, which is how Python itself pickles a time zone.
  private func timeZone(_ callee: PickleValue, _ arguments: PickleValue) -> PickleValue? {
    guard allow.entries[callee.payload].construct == "builtins.getattr",
      let given = cells.contents(arguments), given.count == 2, let key = given.items.first, key.kind == .text,
      let text = constantText(key, limit: 256), let last = given.items.last,
      last.kind == .integer || last.kind == .bool, !text.hasPrefix("/"),
      text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_+-/".contains($0)) })
    else { return nil }
    return allow.entry("zoneinfo", "ZoneInfo").map { PickleValue(.instance, $0) }
  }

  private mutating func covers(_ entry: AllowEntry, _ arguments: PickleValue, _ manner: Manner) -> Bool {
    if entry.isTrusted { return true }
    guard arguments.kind == .tuple, let given = cells.contents(arguments) else { return false }
    switch manner {
    case .newWithKeywords: return false
    case .new:
      guard entry.isClass else { return false }
      if given.count == 0 { return entry.isMadeEmpty }
    case .instantiate, .reduce: break
    }
    guard let shape = entry.call, given.count >= shape.required, given.count <= shape.parameters.count
    else { return false }
    if entry.callsFirst {
      // The second argument holds those of the first.
      guard given.count >= 2, case .vetted(let inner)? = given.items.first.flatMap({ standing(of: $0) }),
        covers(allow.entries[inner], given.items[given.items.startIndex + 1], .reduce)
      else { return false }
    }
    if entry.isView, !fits(given.items) { return false }
    if entry.isArrow {
      guard let parts = given.items.first, fitsArrow(parts) else { return false }
    }
    // To dateutil the name of a time zone may be the path of a file.
    if entry.pack == "pandas",
      given.items.contains(where: {
        $0.kind == .text && constantText($0, limit: 16)?.hasPrefix("dateutil/") ?? true
      })
    {
      return false
    }
    for (parameter, value) in zip(shape.parameters, given.items) where !accepts(parameter, value) {
      return false
    }
    return true
  }

  private func standing(of value: PickleValue) -> PickleFacts.Standing? {
    value.kind == .global ? facts.globals[value.payload].standing : nil
  }

  func accepts(_ parameter: AllowParameter, _ value: PickleValue) -> Bool {
    if value.isContainer, cells.holds(value) { return false }
    switch value.kind {
    case .global:
      guard parameter.kinds.contains(.vettedGlobal),
        case .vetted(let index) = facts.globals[value.payload].standing
      else { return false }
      let entry = allow.entries[index]
      guard parameter.literals.isEmpty else { return parameter.literals.contains(entry.name) }
      return entry.isClass || (parameter.kinds.contains(.vettedName) && !entry.isMaker)
    case .instance:
      // A number that a call made is a size to allocate, like one that is written.
      let made = allow.entries[value.payload]
      return parameter.kinds.contains(.vettedObject)
        && (parameter.makers.isEmpty || parameter.makers.contains(made.construct))
        && !(made.module == "builtins" && ["int", "bool", "range"].contains(made.name))
    case .persistent, .buffer: return parameter.kinds.contains(.vettedObject)
    case .foreign: return false
    case .text:
      guard parameter.kinds.contains(.text) else { return false }
      if let characters = parameter.characters {
        guard let text = constantText(value) else { return false }
        return text.allSatisfy { characters.contains($0) }
      }
      return parameter.literals.isEmpty || parameter.literals.contains(constantText(value) ?? "")
    case .integer:
      guard parameter.kinds.contains(.integer) else { return false }
      guard let most = parameter.most else { return true }
      return constantInteger(value).map { $0 >= 0 && $0 <= most } ?? false
    case .tuple where parameter.kinds.contains(.zeroShape):
      guard let parts = cells.contents(value), parts.count == 1, let first = parts.items.first else {
        return false
      }
      return constantInteger(first) == 0
    default: return parameter.kinds.contains(AllowKinds(value.kind))
    }
  }

  /// `copyreg._reconstructor(C, …)` makes a C; everything else makes what its name says.
  private mutating func result(of entry: AllowEntry, at index: Int, _ arguments: PickleValue) -> PickleValue {
    if entry.makesFirstArgument, let type = cells.contents(arguments)?.items.first, type.kind == .global,
      case .vetted(let made) = facts.globals[type.payload].standing
    {
      return PickleValue(.instance, made)
    }
    return special(entry, at: index, arguments) ?? entry.makes.map { PickleValue($0, 0) }
      ?? PickleValue(.instance, index)
  }

  /// What makes a call of something unlisted look like an attack.
  private func suspicion(
    of global: PickleFacts.Global, _ arguments: PickleValue, _ manner: Manner
  ) -> String? {
    var texts: [String] = []
    collectTexts(arguments, depth: 0, &texts)
    if case .newWithKeywords(let keywords) = manner { collectTexts(keywords, depth: 0, &texts) }
    let count = cells.contents(arguments)?.count ?? 1
    if let reason = Suspicion.of(global.module, global.name, texts: texts, arguments: count) { return reason }
    guard let (module, name) = LegacyNames.mapped(global.module, global.name) else { return nil }
    return Suspicion.of(module, name, texts: texts, arguments: count)
  }

  private func collectTexts(_ value: PickleValue, depth: Int, _ texts: inout [String]) {
    guard texts.count < 16, depth < 4 else { return }
    if value.kind == .text || value.kind == .bytes {
      if let text = constantText(value, limit: 512), !text.isEmpty { texts.append(text) }
    } else if let parts = cells.contents(value) {
      for item in parts.items { collectTexts(item, depth: depth + 1, &texts) }
    }
  }

  /// Whether the numbers of a tensor lie in the storage that it is a view of. Storages of older files grow to whatever a view asks
  /// for.
  private func fits(_ arguments: ArraySlice<PickleValue>) -> Bool {
    let items = Array(arguments)
    guard items.count >= 4, items[0].kind == .persistent, items[0].payload < facts.storages.count,
      let offset = constantInteger(items[1]), let sizes = numbers(items[2]), let strides = numbers(items[3])
    else { return true }
    guard offset >= 0, sizes.count == strides.count else { return false }
    if sizes.contains(0) { return true }
    var last = offset
    for (size, stride) in zip(sizes, strides) {
      guard size > 0, stride >= 0 else { return false }
      let (span, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
      let (sum, beyond) = last.addingReportingOverflow(span)
      guard !overflow, !beyond else { return false }
      last = sum
    }
    return last < facts.storages[items[0].payload].count
  }

  private func numbers(_ value: PickleValue) -> [Int64]? {
    guard value.kind == .tuple, let parts = cells.contents(value), parts.count == parts.items.count else {
      return nil
    }
    let numbers = parts.items.compactMap { constantInteger($0) }
    return numbers.count == parts.count ? numbers : nil
  }

  /// BUILD: `__setstate__`, or items of `__dict__`.
  mutating func build() throws(Halt) {
    let state = try pop()
    let receiver = try top()
    let kind: PickleFacts.Note.Kind
    switch receiver.kind {
    case .foreign: return  // Its call is a finding already.
    case .instance where allow.entries[receiver.payload].isTrusted: return
    case .instance:
      if allow.entries[receiver.payload].state.map({ accepts($0, state) }) ?? false {
        return try filled(receiver, with: state)
      }
      kind = .uncoveredState
    case .global, .persistent: kind = .foreignWrite
    // Constants and containers of Python itself take no state: unpicklers fail, or do nothing when it is empty.
    default: kind = .uncoveredState
    }
    let detail = facts.isFull(kind) ? "" : "\(describe(receiver)).__setstate__(\(describe(state)))"
    facts.note(kind, at: offset, detail)
  }

  /// SETITEM(S), APPEND(S) and ADDITEMS: calls of a method on what lies under the values from `start` on.
  @inline(__always)
  mutating func write(_ write: Write, from start: Int) throws(Halt) {
    guard start > floor else { throw .malformed("the stack is empty") }
    let receiver = stack[start - 1]
    if write == .append && receiver.kind == .list || write == .items && receiver.kind == .dict {
      if write == .items { try checkItems(from: start) }
      cells.append(stack, from: start, to: receiver.payload)
      weigh(receiver)
    } else if stack.count > start || receiver.kind == .global {
      if write == .add, receiver.kind == .set { try checkKeys(from: start, by: 1) }
      writeElsewhere(write, from: start)
    }
    let isOdd = write == .items && (stack.count - start) % 2 != 0
    stack.cut(to: start)
    if isOdd { throw .malformed("a key has no value") }
  }

  /// A list, a dictionary or a set as a key ends every unpickler.
  @inline(__always)
  func checkKeys(from start: Int, by step: Int) throws(Halt) {
    var at = start
    while at < stack.count {
      let kind = stack[at].kind
      if kind == .list || kind == .dict || kind == .set || kind == .byteArray {
        throw .malformed("a \(kind) is the key of a dictionary or in a set")
      }
      at += step
    }
  }

  /// Keys and values of a dictionary, which may become the attributes of an object.
  @inline(__always)
  mutating func checkItems(from start: Int) throws(Halt) {
    try checkKeys(from: start, by: 2)
    var at = start
    while at + 1 < stack.count {
      let kind = stack[at + 1].kind
      if stack[at].kind == .text,
        kind == .global || kind == .instance || !stack[at + 1].isConstant && isPrivate(stack[at])
      {
        checkAttribute(stack[at], stack[at + 1])
      }
      at += 2
    }
  }

  /// Whether a text begins with two underscores, quickly: what is not told at a glance may.
  @inline(__always)
  private func isPrivate(_ text: PickleValue) -> Bool {
    let start: Int
    switch bytes[text.payload] {
    case 0x8C, 0x55: start = text.payload + 2
    case 0x58: start = text.payload + 5
    default: return true
    }
    return start + 1 < bytes.count && bytes[start] == 0x5F && bytes[start + 1] == 0x5F
  }

  /// Names that Python or numpy look up on an object itself, whatever its class: what stands there is called or believed.
  private static let protocols: Set<String> = [
    "__setstate__", "__class__", "__reduce__", "__reduce_ex__", "__array__", "__array_interface__",
    "__array_struct__", "__cuda_array_interface__", "__arrow_c_array__", "__dataframe__",
  ]

  /// Methods that vetted classes call on themselves or on what they hold while they get their state.
  private static let ownMethods: Set<String> = [
    "_build_f", "_patch_step_function", "get", "setdefault", "values", "items", "keys", "update", "append",
    "extend",
    "add", "pop", "copy", "read", "read_array", "from_arrays", "_simple_new",
  ]

  /// `__setstate__` among the attributes of an object is what the next BUILD calls, with anything; another `__class__` has other
  /// methods.
  @inline(never)
  private mutating func checkAttribute(_ key: PickleValue, _ value: PickleValue) {
    guard let range = constantRange(key, escaped: true), range.count <= 40, let name = constantText(key)
    else {
      return
    }
    var isCallable = value.kind == .global
    if value.kind == .instance { isCallable = allow.entries[value.payload].construct == "functools.partial" }
    guard Self.protocols.contains(name) || isCallable && Self.ownMethods.contains(name) else { return }
    let detail = "{\(describe(key)): \(describe(value))}"
    facts.note(.uncoveredState, at: offset, detail)
  }

  @inline(never)
  private mutating func writeElsewhere(_ write: Write, from start: Int) {
    let receiver = stack[start - 1]
    let kind: PickleFacts.Note.Kind
    switch receiver.kind {
    case .set where write == .add: return cells.append(stack, from: start, to: receiver.payload)
    // No pickler changes those, and what they hold was looked at already: it would be something else afterwards.
    case .byteArray: kind = .uncoveredState
    case .list where write == .items: kind = .uncoveredState
    case .list, .set, .dict: return  // Of Python itself: they change only themselves, or fail.
    case .foreign: return  // Its call is a finding already.
    case .instance:
      let entry = allow.entries[receiver.payload]
      let isHanded = (start..<stack.count).contains { cells.holds(stack[$0]) }
      if entry.writes.contains(write.rawValue), !isHanded { return }
      // Items that are written to a tensor end in memory that is none of it (CVE-2026-24747).
      kind = entry.module == "torch._utils" ? .foreignWrite : .uncoveredState
    case .global, .persistent, .buffer: kind = .foreignWrite
    default: kind = .uncoveredState  // A constant takes no items.
    }
    let method = write == .items ? "__setitem__" : write == .append ? "extend" : "add"
    var detail = ""
    if !facts.isFull(kind) {
      var shown: [String] = []
      for item in stack.values(from: start, limit: 4) { shown.append(describe(item)) }
      detail = "\(describe(receiver)).\(method)(\(shown.joined(separator: ", ")))"
    }
    facts.note(kind, at: offset, detail)
  }
}
