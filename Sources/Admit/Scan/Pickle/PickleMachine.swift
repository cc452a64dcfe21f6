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

  var stack = PickleStack()
  var marks: [Int] = []
  /// The lowest place that may be popped: values under the last mark are out of reach.
  var floor = 0
  var memo = PickleMemo()
  var cells = PickleCells()
  var expressions: [String] = ["…"]
  /// Where the machine is.
  var offset = 0
  /// Where the next opcode stands.
  var end = 0
  /// Where it goes on when array bytes that no opcode holds follow the opcode that just ran.
  var resume: Int?
  /// What is known of the element types, by the detail of their values.
  var elements: [PickleElement] = [.unknown]
  /// What is known of values of pyarrow, by their detail: the first is none, the second an empty `bytearray`.
  var arrowParts: [ArrowPart] = [.buffer(0..<0), .buffer(0..<0)]
  /// Bytes of buffers that were looked at.
  var arrowWork = 0
  /// Array bytes are run as opcodes, as by an unpickler that does not know joblib.
  var readsArrays = false
  /// Array bytes were met and left out.
  var leftOutArrays = false
  /// Pickles of object arrays in each other.
  var depth = 0
  /// Where the open frame ends; -1 when none is.
  private var frame = -1
  /// Arguments are read as from a file that cannot look ahead: what lies in front of the end of a frame is lost.
  private var losesFrames = false
  private var crossed = false

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
    crossed = false
    let end = pass(from: start, keepingMemo: keepingMemo)
    if crossed {
      losesFrames = true
      _ = pass(from: start, keepingMemo: keepingMemo)
      losesFrames = false
    }
    if leftOutArrays, depth == 0 { addPlainReading(from: start) }
    if depth == 0 { judgeUncalled() }
    return end
  }

  /// What is vetted for one call only, and was imported for none such, was not imported for it.
  private mutating func judgeUncalled() {
    for index in facts.globals.indices {
      guard case .vetted(let entry) = facts.globals[index].standing, !facts.globals[index].isCovered,
        let effect = allow.entries[entry].otherwise
      else { continue }
      facts.globals[index].standing = .dangerous(effect)
    }
  }

  /// Python's own unpickler knows nothing of joblib: to it the bytes of an array are opcodes. Numbers make no sense as such and
  /// soon end it, so that only what does harm before counts.
  private mutating func addPlainReading(from start: Int) {
    leftOutArrays = false
    var plain = PickleMachine(bytes, allow: allow, isTorch: isTorch, isScript: isScript)
    plain.readsArrays = true
    _ = plain.pass(from: start, keepingMemo: false)
    var harm = PickleFacts()
    for global in plain.facts.globals {
      switch global.standing {
      case .dangerous, .walk: _ = harm.add(global)
      case .vetted, .unlisted, .disguised: if global.call?.suspicion != nil { _ = harm.add(global) }
      }
    }
    facts.merge(harm)
  }

  private mutating func pass(from start: Int, keepingMemo: Bool) -> Int? {
    stack.cut(to: 0)
    marks.removeAll(keepingCapacity: true)
    floor = 0
    frame = -1
    if !keepingMemo { memo = PickleMemo() }
    var at = start
    var opcodes = 0
    defer { facts.opcodes += opcodes }
    var isWhole = false
    // What ends in an open frame may end because an argument crosses its end.
    defer { if !isWhole, frame >= 0 { crossed = true } }
    do {
      while at < bytes.count {
        offset = at
        opcodes += 1
        if at >= frame, frame >= 0 { leaveFrame(at) }
        if !losesFrames, let next = try quick(at) {
          at = next
          continue
        }
        var lexer = PickleLexer(bytes, at: at)
        if losesFrames { lexer.frame = frame }
        guard let read = try lexer.next() else { break }
        if read.opcode == .stop {
          _ = try pop()
          if frame > read.end {
            facts.note(.malformed, at: at, "its frame does not end where the pickle does")
          }
          facts.isComplete = true
          isWhole = true
          return read.end
        }
        end = read.end
        if read.opcode == .frame { open(read) } else { try step(read) }
        at = read.end
        if let next = resume {
          // A frame ends where the bytes of an array begin, as joblib writes it.
          if frame > read.end { facts.note(.malformed, at: read.end, "the bytes of an array lie in a frame") }
          frame = -1
          at = next
          resume = nil
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

  /// CPython's C unpickler gives frames no meaning, its Python unpickler reads on behind them: where they do not fit
  /// the opcodes, the two go different ways.
  private mutating func open(_ read: PickleInstruction) {
    if frame > read.offset { facts.note(.malformed, at: read.offset, "a frame begins inside another") }
    if read.value > bytes.count - read.end {
      facts.note(.malformed, at: read.offset, "a frame is longer than the file")
      frame = -1
    } else {
      frame = read.end + Int(read.value)
    }
  }

  private mutating func leaveFrame(_ at: Int) {
    if at > frame {
      crossed = true
      facts.note(.malformed, at: at, "an opcode crosses the end of a frame")
    }
    frame = -1
  }

  @inline(__always)
  mutating func push(_ value: PickleValue) throws(Halt) {
    guard stack.push(value) else { throw Self.stackLimit() }
  }

  private static func stackLimit() -> Halt {
    .limit("more than \(Limits.pickleStack) values lie on the stack")
  }

  @inline(__always)
  mutating func pop() throws(Halt) -> PickleValue {
    guard stack.count > floor else { throw .malformed("the stack is empty") }
    let value = stack[stack.count - 1]
    stack.cut(to: stack.count - 1)
    return value
  }

  @inline(__always)
  func top() throws(Halt) -> PickleValue {
    guard stack.count > floor else { throw .malformed("the stack is empty") }
    return stack[stack.count - 1]
  }

  mutating func mark() throws(Halt) {
    guard marks.count < Limits.pickleStack / 4 else { throw .limit("too many marks lie on the stack") }
    marks.append(stack.count)
    floor = stack.count
  }

  /// Takes the last mark itself and leaves what is above it.
  mutating func lastMark() throws(Halt) -> Int {
    guard let mark = marks.popLast() else { throw .malformed("there is no mark on the stack") }
    floor = marks.last ?? 0
    return mark
  }

  mutating func drop() throws(Halt) {
    if let mark = marks.last, mark == stack.count { _ = try lastMark() } else { _ = try pop() }
  }

  mutating func remember(_ index: Int64) throws(Halt) {
    let value = try top()
    if index > Limits.pickleMemoIndex, index > 4 * Int64(memo.count) {
      facts.note(.expansion, at: offset, "memo index \(index), with \(memo.count) entries in the memo")
    }
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
    if cells.isFull { cells.collect(&stack) }
    let value = PickleValue(kind, cells.make(stack, from: start))
    weigh(value)
    stack.cut(to: start)
    try push(value)
  }

  /// Notices containers that stand for far more than the file holds, and those that lie deeper in each other than what
  /// walks through them can follow: to hash a deep tuple overflows the C stack.
  @inline(__always)
  mutating func weigh(_ value: PickleValue) {
    let size = cells.size(value)
    if size.weight > Float(Limits.pickleExpansion) { noteExpansion(size.weight) }
    if size.depth > Limits.pickleDepth { noteDepth() }
  }

  @inline(never)
  private mutating func noteExpansion(_ weight: Float) {
    guard weight / 1024 > Float(bytes.count), facts.notes(.expansion).isEmpty else { return }
    let shown = weight < 1e18 ? "\(Int64(weight))" : "more than 10^18"
    facts.note(.expansion, at: offset, "a container that unfolds to \(shown) items")
  }

  @inline(never)
  private mutating func noteDepth() {
    guard facts.notes(.expansion).isEmpty else { return }
    facts.note(.expansion, at: offset, "more than \(Limits.pickleDepth) containers in each other")
  }

  /// A container of the top `count` values.
  mutating func tuple(_ count: Int) throws(Halt) {
    guard stack.count - floor >= count else { throw .malformed("the stack is empty") }
    try container(.tuple, from: stack.count - count)
  }
}
