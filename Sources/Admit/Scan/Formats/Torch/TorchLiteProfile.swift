// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A model for torch's lite interpreter: it runs the operators that `bytecode.pkl` names and never looks at the code.
struct TorchLiteProfile: ArchiveProfile {
  let name = "torch-lite"

  func fits(_ archive: any MemberArchive) -> Bool { archive.names.contains { $0.hasSuffix("/bytecode.pkl") } }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    for name in archive.names where name.hasSuffix("/bytecode.pkl") {
      guard let bytes = archive.contents(of: name) else { continue }
      var notes = Notes()
      var lexer = PickleLexer(bytes.span)
      // The pickle itself is run as any other; what breaks it is said there.
      while let read = (try? lexer.next()) ?? nil {
        guard Self.isText(read.opcode), 4...128 ~= read.text.count else { continue }
        judge(PickleText.text(of: read, in: bytes.span), at: read.offset, &notes)
      }
      scan.report(notes, place.inside(name))
    }
  }

  private static func isText(_ opcode: PickleOpcode) -> Bool {
    [.binUnicode, .shortBinUnicode, .unicode, .binString, .shortBinString, .string, .binUnicode8].contains(
      opcode)
  }

  private func judge(_ text: String, at offset: Int, _ notes: inout Notes) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty, !parts[0].isEmpty, !parts[2].isEmpty,
      text.utf8.allSatisfy({ $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_") || $0 > 0x2F && $0 < 0x7B })
    else { return }
    switch TorchOperators.standing(String(parts[0]), String(parts[2])) {
    case .known: return
    case .harmful(let effect):
      notes.add(
        "torch.script.harm", "expected operators that compute, found \(text), which \(effect)",
        construct: text,
        at: offset)
    case .unlisted:
      // The operators of torch itself are too many to list; those that do harm are known.
      if parts[0] == "aten" || parts[0] == "prim" { return }
      notes.add(
        "torch.script.operator", "expected an operator of torch, found \(text)", construct: text, at: offset,
        allow: "torch:\(text)")
    }
  }
}
