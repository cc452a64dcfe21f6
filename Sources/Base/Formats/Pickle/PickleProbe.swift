// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Tells a pickle from other bytes without running it. Protocols 0 and 1 have no magic, and text can begin like
/// one, so that it must get to a STOP with something on the stack, or name a global and do something with it.
package enum PickleProbe {
  /// After so many opcodes without an error nothing else can look like this.
  private static let enough = 1 << 14

  package static func looksLikePickle(_ bytes: Bytes) -> Bool {
    guard !bytes.isEmpty else { return false }
    if bytes[0] == PickleOpcode.proto.rawValue { return bytes.count == 1 || bytes[1] <= 5 }
    var lexer = PickleLexer(bytes.span)
    var depth = 0
    var marks: [Int] = []
    var named = false
    for count in 0..<enough {
      let read: PickleInstruction
      do throws(PickleError) {
        // All that is there reads as a pickle that is cut off; a word or two of text can do that too.
        guard let next = try lexer.next() else { return count >= 3 }
        read = next
      } catch {
        if case .truncated = error { return count >= 3 }
        return false
      }
      let taken: Int
      switch read.opcode {
      case .stop: return depth > 0
      case .mark:
        marks.append(depth)
        continue
      case .inst: return !marks.isEmpty
      case .pop where marks.last == depth, .popMark, .appends, .setItems, .addItems:
        guard let mark = marks.popLast() else { return false }
        depth = mark
        continue
      case .tuple, .list, .dict, .frozenSet, .obj:
        if read.opcode == .obj, named { return true }
        guard let mark = marks.popLast() else { return false }
        depth = mark + 1
        continue
      case .put, .binPut, .longBinPut, .memoize, .readOnlyBuffer:
        guard depth > 0 else { return false }
        continue
      case .frame, .proto: continue
      case .reduce, .newObj, .newObjEx, .build:
        if named { return true }
        return false
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
    return true
  }
}
