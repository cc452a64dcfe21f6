// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Tells a pickle from other bytes without running it. Protocols 0 and 1 have no magic, and text can begin like
/// one, so that it must get to a STOP with something on the stack, or name a global and do something with it. What
/// names a global that is none must do all of it.
package enum PickleProbe {
  /// After so many opcodes without an error nothing else can look like this.
  private static let enough = 1 << 14

  package static func looksLikePickle(_ bytes: Bytes) -> Bool { looksLikePickle(bytes, streams: 64) }

  /// - Parameter streams: so many may follow each other until one names something.
  private static func looksLikePickle(_ bytes: Bytes, streams: Int) -> Bool {
    guard !bytes.isEmpty else { return false }
    if bytes[0] == PickleOpcode.proto.rawValue { return bytes.count == 1 || bytes[1] <= 5 }
    var lexer = PickleLexer(bytes.span)
    var depth = 0
    var marks: [Int] = []
    var named = false
    // It names what no import can find, and is a pickle only when everything else of it is one.
    var isOdd = false
    var called = false
    for count in 0..<enough {
      let read: PickleInstruction
      do throws(PickleError) {
        // All that is there reads as a pickle that is cut off; a word or two of text can do that too.
        guard let next = try lexer.next() else { return count >= 3 && (!isOdd || called) }
        read = next
      } catch {
        if case .truncated = error { return count >= 3 && (!isOdd || called) }
        return false
      }
      let taken: Int
      switch read.opcode {
      case .stop:
        return depth > 0
          && (called || (named && !isOdd) || endsLikePickle(bytes, at: read.end, streams: streams))
      case .global where !isImportable(read, in: bytes), .inst where !isImportable(read, in: bytes):
        isOdd = true
      default: break
      }
      switch read.opcode {
      case .mark:
        marks.append(depth)
        continue
      case .inst:
        guard let mark = marks.popLast() else { return false }
        if !isOdd { return true }
        named = true
        called = true
        depth = mark + 1
        continue
      case .pop where marks.last == depth, .popMark, .appends, .setItems, .addItems:
        guard let mark = marks.popLast() else { return false }
        depth = mark
        continue
      case .tuple, .list, .dict, .frozenSet, .obj:
        if read.opcode == .obj, named, !isOdd { return true }
        guard let mark = marks.popLast() else { return false }
        if read.opcode == .obj { called = called || named }
        depth = mark + 1
        continue
      case .put, .binPut, .longBinPut, .memoize, .readOnlyBuffer:
        guard depth > 0 else { return false }
        continue
      case .frame, .proto: continue
      case .reduce, .newObj, .newObjEx, .build:
        guard named else { return false }
        if !isOdd { return true }
        called = true
        taken = read.opcode == .newObjEx ? 3 : 2
      case .global, .ext1, .ext2, .ext4:
        named = true
        taken = 0
      case .stackGlobal:
        named = true
        taken = 2
      case .pop: taken = 2  // One is taken and none given back.
      case .append: taken = 2
      case .setItem: taken = 3
      case .tuple1, .binPersID: taken = 1
      case .tuple2: taken = 2
      case .tuple3: taken = 3
      default: taken = 0
      }
      guard depth - (marks.last ?? 0) >= (read.opcode == .pop ? 1 : taken) else { return false }
      depth += 1 - taken
    }
    return !isOdd || called
  }

  /// A number is written in a few letters, and `Git v2.25.4` begins with one: what follows a value that names nothing
  /// must be another pickle, or no text.
  private static func endsLikePickle(_ bytes: Bytes, at end: Int, streams: Int) -> Bool {
    let span = bytes.span
    var next = end
    while next < span.count, [0, 0x0A, 0x0D, 0x20].contains(span[next]) { next += 1 }
    guard next < span.count, streams > 1 else { return true }
    if looksLikePickle(bytes.slice(next..<bytes.count), streams: streams - 1) { return true }
    for at in 0..<min(span.count, 4096) where span[at] < 0x20 || span[at] == 0x7F {
      guard (0x09...0x0D).contains(span[at]) || span[at] == 0x1B else { return true }
    }
    return false
  }

  private static func isImportable(_ read: PickleInstruction, in bytes: Bytes) -> Bool {
    read.text.count <= 1024 && read.second.count <= 1024
      && ImportName.isImportable(
        PickleText.text(read.text, in: bytes.span), PickleText.text(read.second, in: bytes.span))
  }
}
