// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension Disassembly {
  /// Every opcode of every stream: its offset, its bytes' meaning, and on the right what it resolves to.
  func pickle(_ bytes: Bytes) {
    let remarks = remarks(bytes)
    var start = 0
    var stream = 1
    while start < bytes.count {
      sink("; stream \(stream) at \(start)")
      guard let end = self.stream(bytes, from: start, remarks) else { return }
      start = end
      stream += 1
      guard start < bytes.count else { return }
      guard PickleProbe.looksLikePickle(bytes.slice(start..<bytes.count)) else { break }
    }
    if start < bytes.count {
      sink("; \(bytes.count - start) bytes follow that are no pickle")
      hex(bytes.slice(start..<bytes.count))
    }
  }

  /// - Returns: where the stream ends; nil when it breaks off.
  private func stream(_ bytes: Bytes, from start: Int, _ remarks: [Int: [String]]) -> Int? {
    let span = bytes.span
    var lexer = PickleLexer(span, at: start)
    var depth = 0
    while true {
      let read: PickleInstruction
      do throws(PickleError) {
        guard let next = try lexer.next() else {
          sink("; the stream ends without a STOP")
          return nil
        }
        read = next
      } catch {
        sink("; \(error)")
        hex(bytes.slice(min(error.offset, bytes.count)..<bytes.count))
        return nil
      }
      if read.opcode == .tuple || read.opcode == .list || read.opcode == .dict { depth = max(0, depth - 1) }
      let indent = String(repeating: " ", count: min(depth, 20) * 2)
      if read.opcode == .mark { depth += 1 }
      if [.appends, .setItems, .addItems, .popMark, .obj, .inst, .frozenSet].contains(read.opcode) {
        depth = max(0, depth - 1)
      }
      let byte = String(read.opcode.rawValue, radix: 16)
      let left =
        "\(Self.padded(read.offset, 8)): \(byte) \(indent)\(Self.filled(read.opcode.name, 16)) \(argument(read, span))"
      let notes = remarks[read.offset] ?? []
      sink(notes.isEmpty ? left : "\(Self.filled(left, 56))  ; \(notes.joined(separator: "; "))")
      if read.opcode == .stop { return read.end }
    }
  }

  private func argument(_ read: PickleInstruction, _ span: borrowing Span<UInt8>) -> String {
    switch read.opcode {
    case .global, .inst:
      return PickleText.text(read.text, in: span) + " " + PickleText.text(read.second, in: span)
    case .binInt, .binInt1, .binInt2, .binGet, .binPut, .longBinGet, .longBinPut, .proto, .frame, .ext1,
      .ext2, .ext4:
      return "\(read.value)"
    case .int, .long, .float, .get, .put, .persID:
      return PickleText.text(read.text, in: span) + (read.isPlain ? "" : "  (read as \(read.value))")
    case .long1, .long4: return read.isBig ? "\(read.text.count) bytes" : "\(read.value)"
    case .string, .binString, .shortBinString, .unicode, .binUnicode, .shortBinUnicode, .binUnicode8:
      return quoted(PickleText.text(of: read, in: span, limit: 80), more: read.text.count - 80)
    case .binBytes, .shortBinBytes, .binBytes8, .byteArray8:
      let shown = PickleText.text(read.text.prefix(40), in: span)
      return "b" + quoted(shown, more: read.text.count - 40)
    case .binFloat:
      var bits: UInt64 = 0
      for at in read.text { bits = bits << 8 | UInt64(span[at]) }
      return "\(Double(bitPattern: bits))"
    default: return ""
    }
  }

  private func quoted(_ text: String, more: Int) -> String {
    var shown = "'"
    for scalar in text.unicodeScalars {
      let category = scalar.properties.generalCategory
      if scalar == "'" || scalar == "\\" {
        shown += "\\" + String(scalar)
      } else if category == .control || category == .format {
        shown += "\\x" + String(scalar.value, radix: 16)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown + "'" + (more > 0 ? " … \(more) more bytes" : "")
  }

  /// What the abstract machine resolved, by the offset of the opcode.
  private func remarks(_ bytes: Bytes) -> [Int: [String]] {
    var remarks: [Int: [String]] = [:]
    var start = 0
    for _ in 0..<Limits.pickleStreams where start < bytes.count {
      var machine = PickleMachine(bytes.span, allow: allow)
      let end = machine.run(from: start)
      for global in machine.facts.globals {
        remarks[global.offset, default: []].append("\(global.construct), \(standing(global.standing))")
        if let call = global.call { remarks[call.offset, default: []].append(call.expression) }
      }
      for note in machine.facts.notes {
        remarks[note.offset, default: []].append("\(note.kind): \(note.detail)")
      }
      guard let end, end > start else { break }
      start = end
    }
    return remarks
  }

  private func standing(_ standing: PickleFacts.Standing) -> String {
    switch standing {
    case .vetted: "on the allow list"
    case .dangerous(let effect): effect
    case .walk(let step): "walks through \(step)"
    case .disguised(let how): "disguised: \(how)"
    case .unlisted: "not vetted"
    }
  }
}
