// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ArtifactScan {
  /// Reads the code of a TorchScript archive. It can call nothing but the operators of torch, those of libraries that
  /// the program has loaded, and itself; it has no imports and no attributes of Python. So each operator that it names is
  /// judged, whether it is called there or only named.
  mutating func scanScript(_ bytes: Bytes, _ place: Place) {
    var lexer = TorchScriptLexer(bytes.span)
    var notes = Notes()
    var path: [String] = []
    var start = 0
    var afterDot = false
    var isOpen = false
    do throws(TorchScriptLexer.Failure) {
      while true {
        let token = try lexer.next()
        switch token {
        case .name(let name):
          if isOpen, afterDot {
            if path.count < 16 { path.append(name) }
          } else {
            judge(path, start, &notes)
            // A name behind the dot of an expression is a member of a value.
            path = afterDot ? [] : [name]
            isOpen = !afterDot
            start = lexer.offset
          }
          afterDot = false
        case .dot: afterDot = true
        default:
          judge(path, start, &notes)
          path = []
          isOpen = false
          afterDot = false
        }
        if token == nil { break }
      }
    } catch {
      judge(path, start, &notes)
      notes.add("torch.script.broken", "expected TorchScript: \(error.reason)", at: error.offset)
    }
    report(notes, place)
  }

  private func judge(_ path: [String], _ offset: Int, _ notes: inout Notes) {
    guard let first = path.first else { return }
    let operation: (space: String, name: String)
    switch first {
    case "torch" where path.count >= 2: operation = ("aten", path[1])
    case "ops" where path.count >= 3: operation = (path[1], path[2])
    case "torch", "ops":
      notes.add(
        "torch.script.operator", "expected an operator, found \(first) itself", construct: first, at: offset)
      return
    case "rpc_async", "rpc_sync", "rpc_remote": operation = ("prim", first)
    case "__torch__" where path.count > 3 && path[1] == "torch" && path[2] == "classes":
      let module = path.prefix(4).joined(separator: ".")
      if !TorchOperators.isKnown(classes: module) {
        notes.add(
          "torch.script.operator", "expected a native class of torch, found one of another library",
          construct: path.joined(separator: "."), at: offset, allow: module)
      }
      return
    default: return
    }
    var standing = TorchOperators.standing(operation.space, operation.name)
    // `torch.` also names what the operators of Python's own types are.
    if first == "torch", standing == .unlisted { standing = TorchOperators.standing("prim", operation.name) }
    let name = "\(operation.space)::\(operation.name)"
    switch standing {
    case .known: break
    case .harmful(let effect):
      notes.add(
        "torch.script.harm", "expected operators that compute, found \(name), which \(effect)",
        construct: name,
        at: offset)
    case .unlisted:
      notes.add(
        "torch.script.operator", "expected an operator of torch, found \(name)", construct: name, at: offset,
        allow: "torch:\(name)")
    }
  }
}
