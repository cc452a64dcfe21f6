// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Random pickles from a seed: mostly valid, of every opcode, with odd numbers, memo tricks and small mistakes.
struct RandomPickles {
  private var state: UInt64
  private var bytes: [UInt8] = []
  private var depth = 0
  private var marks: [Int] = []
  private var stored: [Int] = []

  init(seed: UInt64) { state = seed }

  mutating func next() -> [UInt8] {
    bytes = []
    depth = 0
    marks = []
    stored = []
    if chance(70) { bytes += [0x80, UInt8(random(6))] }
    for _ in 0..<4 + random(40) { one() }
    while !marks.isEmpty { close() }
    if depth == 0 { constant() }
    if chance(95) { bytes.append(0x2E) }
    if chance(6) { bytes[random(bytes.count)] = UInt8(random(256)) }
    if chance(4) { bytes.removeLast(1 + random(bytes.count - 1)) }
    return bytes
  }

  private mutating func random(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) >> 1) % max(1, bound)
  }

  private mutating func chance(_ percent: Int) -> Bool { random(100) < percent }
  private mutating func pick<Element>(_ all: [Element]) -> Element { all[random(all.count)] }
  private mutating func text(_ text: String) { bytes += Array(text.utf8) }
  private var above: Int { depth - (marks.last ?? 0) }

  private mutating func one() {
    switch random(24) {
    case 0...6: constant()
    case 7: open()
    case 8, 9: if marks.isEmpty { container() } else { close() }
    case 10: container()
    case 11, 12: memo()
    case 13, 14: global()
    case 15, 16: call()
    case 17: write()
    case 18: build()
    case 19: drop()
    case 20:
      if above > 0 || chance(3) {
        bytes.append(0x32)
        depth += 1
      }
    case 21: pair()
    case 22: if chance(50) { rare() }
    default: constant()
    }
  }

  private mutating func open() {
    bytes.append(0x28)
    marks.append(depth)
  }

  private mutating func close() {
    guard let mark = marks.popLast() else { return }
    let inside = depth - mark
    depth = mark
    switch random(8) {
    case 0, 1, 2: bytes.append(0x74)
    case 3: bytes.append(0x6C)
    case 4: bytes.append(inside % 2 == 0 || chance(5) ? 0x64 : 0x6C)
    case 5: bytes.append(0x91)
    case 6:
      bytes.append(0x31)
      depth -= 1
    default:
      // Written into what lies under the mark.
      guard depth > (marks.last ?? 0) || chance(5) else {
        bytes.append(0x74)
        break
      }
      bytes.append(pick([0x65, inside % 2 == 0 ? 0x75 : 0x65, 0x90]))
      depth -= 1
    }
    depth += 1
  }

  private mutating func constant() {
    depth += 1
    switch random(14) {
    case 0: bytes.append(pick([0x4E, 0x88, 0x89]))
    case 1: bytes += [0x4B, UInt8(random(256))]
    case 2: bytes += [0x4D, UInt8(random(256)), UInt8(random(256))]
    case 3: bytes += [0x4A] + (0..<4).map { _ in UInt8(random(256)) }
    case 4: text("I" + number() + "\n")
    case 5: text("L" + number() + pick(["", "L"]) + "\n")
    case 6: text("F" + (chance(80) ? "\(random(1000)).5" : pick(Self.floats)) + "\n")
    case 7: bytes += [0x47] + (0..<8).map { _ in UInt8(random(256)) }
    case 8: text("S" + (chance(80) ? "'os'" : pick(Self.quoted)) + "\n")
    case 9: text("V" + pick(Self.names + ["\\u006fs", "a\\\\u0041", "\\U00000041", "é"]) + "\n")
    case 10: short(0x8C)
    case 11: short(pick([0x55, 0x43]))
    case 12: long(pick([0x58, 0x42, 0x54]))
    default:
      let length = random(9)
      bytes += [0x8A, UInt8(length)] + (0..<length).map { _ in UInt8(random(256)) }
    }
  }

  private mutating func number() -> String { chance(80) ? "\(random(1000) - 300)" : pick(Self.numbers) }

  private mutating func short(_ opcode: UInt8) {
    let name = Array(pick(Self.names).utf8)
    bytes += [opcode, UInt8(name.count)] + name
  }

  private mutating func long(_ opcode: UInt8) {
    let name = Array(pick(Self.names).utf8)
    bytes += [opcode, UInt8(name.count), 0, 0, 0] + name
  }

  private mutating func container() {
    let count = random(4)
    if count == 0 || above < count {
      bytes.append(pick([0x29, 0x5D, 0x7D, 0x8F]))
      depth += 1
    } else {
      bytes.append(UInt8(0x84 + count))
      depth -= count - 1
    }
  }

  private mutating func memo() {
    if above > 0, chance(50) || stored.isEmpty {
      let index = pick([stored.count, random(4), random(300), 70_000])
      stored.append(index)
      switch random(4) {
      case 0: bytes.append(0x94)
      case 1:
        text(
          "p" + pick(["", " ", "0"]) + "\(index)"
            + pick(["", "\0x", " ", "L"].prefix(chance(80) ? 1 : 4).map { $0 }) + "\n")
      case 2 where index < 256: bytes += [0x71, UInt8(index)]
      default: bytes += [0x72, UInt8(index & 255), UInt8(index >> 8 & 255), UInt8(index >> 16), 0]
      }
    } else if !stored.isEmpty {
      let index = chance(90) ? pick(stored) : random(10)
      depth += 1
      switch random(3) {
      case 0: text("g\(index)\n")
      case 1 where index < 256: bytes += [0x68, UInt8(index)]
      default: bytes += [0x6A, UInt8(index & 255), UInt8(index >> 8 & 255), UInt8(index >> 16), 0]
      }
    }
  }

  private mutating func global() {
    depth += 1
    if chance(50) {
      text("c" + pick(Self.names) + "\n" + pick(Self.names) + "\n")
    } else {
      short(chance(85) ? 0x8C : 0x55)
      short(chance(85) ? 0x8C : 0x55)
      bytes.append(0x93)
    }
  }

  private mutating func call() {
    switch random(5) {
    case 0, 1:
      global()
      arguments()
      bytes.append(chance(60) ? 0x52 : 0x81)
      depth -= 1
    case 2:
      global()
      arguments()
      bytes += [0x7D, 0x92]
      depth -= 1
    case 3:
      open()
      for _ in 0..<random(3) { constant() }
      text("i" + pick(Self.names) + "\n" + pick(Self.names) + "\n")
      depth = (marks.popLast() ?? 0) + 1
    default:
      open()
      global()
      for _ in 0..<random(3) { constant() }
      bytes.append(0x6F)
      depth = (marks.popLast() ?? 0) + 1
    }
  }

  private mutating func arguments() {
    let count = random(4)
    for _ in 0..<count { constant() }
    bytes.append(count == 0 ? 0x29 : UInt8(0x84 + count))
    depth -= count - 1
    if chance(5) {
      bytes += [0x30, 0x5D]  // Something else than a tuple.
    }
  }

  private mutating func write() {
    guard above > 0 || chance(3) else { return }
    switch random(2) {
    case 0:
      constant()
      bytes.append(0x61)
      depth -= 1
    default:
      constant()
      constant()
      bytes.append(0x73)
      depth -= 2
    }
  }

  private mutating func build() {
    guard above > 0 || chance(3) else { return }
    switch random(3) {
    case 0: bytes.append(0x4E)
    case 1: bytes += [0x7D]
    default: bytes += [0x4E, 0x7D, 0x86]
    }
    bytes.append(0x62)
  }

  private mutating func drop() {
    guard above > 0 || chance(3) else { return }
    bytes.append(0x30)
    depth -= 1
  }

  private mutating func pair() {
    bytes += [0x5D]
    depth += 1
    open()
    for _ in 0..<random(4) { constant() }
    bytes.append(0x65)
    depth = marks.popLast() ?? 0
  }

  private mutating func rare() {
    switch random(7) {
    case 0: bytes += [0x80, UInt8(random(7))]
    case 1:
      text("Pid\n")
      depth += 1
    case 2 where above > 0: bytes.append(0x51)
    case 3: bytes += [0x95, UInt8(random(24)), 0, 0, 0, 0, 0, 0, 0]
    case 4: bytes += [0x82, UInt8(random(3))]
    case 5:
      bytes += [0x96, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2]
      depth += 1
    default: bytes.append(0x98)
    }
  }

  private static let numbers = [
    "0", "1", "00", "01", "-5", "0x10", "0o17", "010", " 12", "12 ", "1_000", "1\0xx", "99999999999999999999",
    "+3",
    "0b11", "1L", "", "--1", "0x", "1__0", "-0", "7", "300", "\t4",
  ]
  private static let floats = [
    "1.5", "1e5", " 2.5", "1_0.5", "inf", "-nan", "0x1p3", "1.0\0z", ".5", "5.", "1e", "abc", "3 ",
  ]
  private static let names = [
    "os", "system", "collections", "OrderedDict", "builtins", "__builtin__", "eval", "a.b", "x", "copy_reg",
    "mod",
    "Thing", "_codecs", "encode", "x\\x41", "numpy", "dtype",
  ]
  private static let quoted = [
    "'os'", "\"system\"", "'\\x6fs'", "'a\\'b'", "'", "'unbalanced", "'a\\\\'", "'\\101'", "x", "''",
  ]
}
