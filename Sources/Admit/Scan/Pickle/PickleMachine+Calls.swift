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
    let key = GlobalKey(module: module, name: name)
    if let known = globals[key] { return PickleValue(.global, known) }
    guard facts.globals.count < Limits.pickleGlobals else {
      throw .limit("it names more than \(Limits.pickleGlobals) globals")
    }
    let standing = scriptStanding(module) ?? GlobalJudge(allow: allow).standing(module, name)
    facts.globals.append(.init(module: module, name: name, offset: offset, standing: standing))
    globals[key] = facts.globals.count - 1
    return PickleValue(.global, facts.globals.count - 1)
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
      if covers(entry, arguments, manner) { return try push(result(of: entry, at: index, arguments)) }
      let expression = facts.isFull(.uncoveredCall) ? "…" : self.expression(callee, arguments, manner)
      facts.note(.uncoveredCall, at: offset, expression)
      return try push(foreign(expression))
    }
    if callee.kind == .global {
      let isFirst = facts.globals[callee.payload].call == nil
      if isFirst {
        let expression = self.expression(callee, arguments, manner)
        facts.globals[callee.payload].call = .init(expression: expression, offset: offset)
        return try push(foreign(expression))
      }
      let expression = expressions.count < 4096 ? self.expression(callee, arguments, manner) : ""
      return try push(foreign(expression))
    }
    let expression = facts.isFull(.computedCall) ? "…" : self.expression(callee, arguments, manner)
    facts.note(.computedCall, at: offset, expression)
    try push(foreign(expression))
  }

  private func covers(_ entry: AllowEntry, _ arguments: PickleValue, _ manner: Manner) -> Bool {
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
    for (parameter, value) in zip(shape.parameters, given.items) where !accepts(parameter, value) {
      return false
    }
    return true
  }

  func accepts(_ parameter: AllowParameter, _ value: PickleValue) -> Bool {
    switch value.kind {
    case .global:
      guard parameter.kinds.contains(.vettedGlobal),
        case .vetted(let index) = facts.globals[value.payload].standing
      else { return false }
      let entry = allow.entries[index]
      return parameter.literals.isEmpty ? entry.isClass : parameter.literals.contains(entry.name)
    case .instance, .persistent, .buffer: return parameter.kinds.contains(.vettedObject)
    case .foreign: return false
    case .text:
      guard parameter.kinds.contains(.text) else { return false }
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

  /// BUILD: `__setstate__`, or items of `__dict__`.
  mutating func build() throws(Halt) {
    let state = try pop()
    let receiver = try top()
    switch receiver.kind {
    case .foreign: break  // Its call is a finding already.
    case .instance where allow.entries[receiver.payload].isTrusted: break
    case .instance where allow.entries[receiver.payload].state.map { accepts($0, state) } ?? false:
      try filled(receiver, with: state)
    default:
      let kind: PickleFacts.Note.Kind = receiver.kind == .instance ? .uncoveredState : .foreignWrite
      let detail = facts.isFull(kind) ? "" : "\(describe(receiver)).__setstate__(\(describe(state)))"
      facts.note(kind, at: offset, detail)
    }
  }

  /// SETITEM(S), APPEND(S) and ADDITEMS: calls of a method on whatever is on top.
  mutating func write(_ write: Write, _ items: [PickleValue]) throws(Halt) {
    let receiver = try top()
    switch (receiver.kind, write) {
    case (.list, .append), (.dict, .items), (.set, .add): cells.append(items[...], to: receiver.payload)
    case (.list, .items), (.set, .append), (.byteArray, .append): break
    case (.foreign, _): break  // Its call is a finding already.
    case (.instance, _) where allow.entries[receiver.payload].writes.contains(write.rawValue): break
    default:
      let method = write == .items ? "__setitem__" : write == .append ? "extend" : "add"
      var detail = ""
      if !facts.isFull(.foreignWrite) {
        var shown: [String] = []
        for item in items.prefix(4) { shown.append(describe(item)) }
        detail = "\(describe(receiver)).\(method)(\(shown.joined(separator: ", ")))"
      }
      facts.note(.foreignWrite, at: offset, detail)
    }
  }
}
