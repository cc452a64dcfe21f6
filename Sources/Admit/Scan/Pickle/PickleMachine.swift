// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Runs a pickle without doing anything: a real stack, marks and a memo as in CPython's `_pickle.c`, but
/// imports are names, calls are expressions and objects are kinds. It resolves every global and every call
/// that the pickle would make, and judges them against the allow list.
///
/// A call whose result is thrown away is still a call. Both readings of a Python 2 name are taken. What a limit
/// or an error leaves unread is a note, and a note is never safe.
struct PickleMachine: ~Escapable {
  let bytes: Span<UInt8>
  let allow: AllowList
  /// Inside a torch archive: persistent ids name storages.
  let isTorch: Bool
  /// Inside a TorchScript archive: `__torch__` names the archive's own classes.
  let isScript: Bool
  var facts: PickleFacts

  var stack: [PickleValue] = []
  var marks: [Int] = []
  var memo = PickleMemo()
  var cells = PickleCells()
  var globals: [GlobalKey: Int] = [:]
  var expressions: [String] = ["…"]
  /// Where the machine is.
  var offset = 0
  /// Where the next opcode stands.
  var end = 0
  /// Where it goes on when array bytes that no opcode holds follow the opcode that just ran.
  var resume: Int?
  /// What is known of the element types, by the detail of their values.
  var elements: [PickleElement] = [.unknown]
  /// Pickles of object arrays in each other.
  var depth = 0

  struct GlobalKey: Hashable {
    let module: String
    let name: String
  }

  /// Why a stream ends before its STOP.
  enum Halt: Error {
    case malformed(String)
    case limit(String)
  }

  @_lifetime(copy bytes)
  init(
    _ bytes: Span<UInt8>, allow: AllowList, isTorch: Bool = false, isScript: Bool = false,
    facts: PickleFacts = PickleFacts()
  ) {
    self.bytes = bytes
    self.allow = allow
    self.isTorch = isTorch
    self.isScript = isScript
    self.facts = facts
  }

  /// Runs one stream.
  /// - Parameter keepingMemo: as an unpickler object that is used a second time does.
  /// - Returns: where the stream ends, or nil when it does not get to its STOP.
  mutating func run(from start: Int, keepingMemo: Bool = false) -> Int? {
    stack.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    if !keepingMemo { memo = PickleMemo() }
    var lexer = PickleLexer(bytes, at: start)
    do {
      while let read = try lexer.next() {
        offset = read.offset
        facts.opcodes += 1
        if read.opcode == .stop {
          _ = try pop()
          facts.isComplete = true
          return read.end
        }
        end = read.end
        try step(read)
        if let next = resume {
          resume = nil
          lexer = PickleLexer(bytes, at: next)
        }
      }
      facts.note(.malformed, at: bytes.count, "the pickle ends without a STOP opcode")
    } catch let error as PickleError {
      facts.note(.malformed, at: error.offset, "\(error)")
    } catch let halt as Halt {
      switch halt {
      case .malformed(let reason): facts.note(.malformed, at: offset, reason)
      case .limit(let reason): facts.note(.limit, at: offset, reason)
      }
    } catch {
      facts.note(.malformed, at: offset, "\(error)")
    }
    return nil
  }

  mutating func push(_ value: PickleValue) throws(Halt) {
    guard stack.count < Limits.pickleStack else {
      throw .limit("more than \(Limits.pickleStack) values lie on the stack")
    }
    stack.append(value)
  }

  /// The lowest place that may be popped: values under the last mark are out of reach.
  private var floor: Int { marks.last ?? 0 }

  mutating func pop() throws(Halt) -> PickleValue {
    guard stack.count > floor, let value = stack.popLast() else {
      throw .malformed("the stack is empty")
    }
    return value
  }

  func top() throws(Halt) -> PickleValue {
    guard stack.count > floor, let value = stack.last else { throw .malformed("the stack is empty") }
    return value
  }

  /// Takes everything above the last mark.
  mutating func popMark() throws(Halt) -> [PickleValue] {
    let start = try lastMark()
    // A slice would keep the whole stack alive, and the next push would copy it.
    let items = Array(stack[start...])
    stack.removeLast(items.count)
    return items
  }

  /// Takes the last mark itself and leaves what is above it.
  mutating func lastMark() throws(Halt) -> Int {
    guard let mark = marks.popLast() else { throw .malformed("there is no mark on the stack") }
    return mark
  }

  mutating func drop() throws(Halt) {
    if let mark = marks.last, mark == stack.count { marks.removeLast() } else { _ = try pop() }
  }

  mutating func remember(_ index: Int64) throws(Halt) {
    let value = try top()
    guard memo.set(index, value) else {
      throw .limit("the memo has more than \(Limits.pickleMemo) entries")
    }
  }

  mutating func recall(_ index: Int64) throws(Halt) {
    guard let value = memo[index] else { throw .malformed("the memo has nothing at \(index)") }
    try push(value)
  }

  /// Puts everything on the stack from `start` into one container. When the cells are full, the contents of what
  /// the stack does not hold are forgotten.
  mutating func container(_ kind: PickleValue.Kind, from start: Int) throws(Halt) {
    if cells.isFull {
      cells.collect(&stack)
      memo.forgetContents()
    }
    let cell = cells.make(stack[start...])
    stack.removeLast(stack.count - start)
    try push(PickleValue(kind, cell))
  }

  /// A container of the top `count` values.
  mutating func tuple(_ count: Int) throws(Halt) {
    guard stack.count - floor >= count else { throw .malformed("the stack is empty") }
    try container(.tuple, from: stack.count - count)
  }
}
