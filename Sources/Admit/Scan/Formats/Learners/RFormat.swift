// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Data files of R: one value, or a workspace of several.
struct RFormat: ScannedFormat {
  let name = "r"
  private static let kinds = StructureKinds("r")

  func fits(_ bytes: Bytes) -> Bool { RData.start(of: bytes) != nil }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let data = RData(bytes)
    var notes = Notes()
    if let error = data.error { notes.add(error, as: Self.kinds) }
    let called = data.called.intersection(Self.dangerous).sorted()
    for seen in data.seen {
      switch seen.construct {
      case .promise:
        notes.add(
          "r.code", "a promise: R evaluates it when it looks at the value", construct: "r:promise",
          at: seen.offset)
      case .activeBinding:
        notes.add(
          "r.code", "an active binding: R calls its function on each look", construct: "r:active binding",
          at: seen.offset)
      case .closure, .language, .expression, .bytecode:
        if !called.isEmpty {
          notes.add(
            "r.code", "code that names \(called.joined(separator: ", "))", construct: "r:\(called[0])",
            at: seen.offset)
        }
        fallthrough
      default:
        let what = seen.construct.rawValue + (seen.detail.isEmpty ? "" : " \(seen.detail)")
        notes.add(
          Self.kinds.uncovered, "expected data, found a \(what)", construct: "r:\(what)", at: seen.offset,
          allow: "r:\(seen.construct.rawValue)")
      }
    }
    scan.report(notes, place)
    return name
  }

  /// Functions of R that reach the system, the network, files or code by name.
  private static let dangerous: Set<String> = [
    "system", "system2", "shell", "shell.exec", "eval", "evalq", "eval.parent", "parse", "source",
    "sys.source",
    "download.file", "url", "socketConnection", "pipe", "fifo", "dyn.load", "library.dynam", "unlink",
    "file.remove", "file.rename", "file.copy", "writeLines", "writeBin", "cat", "sink", "readLines",
    "Sys.setenv",
    "Sys.getenv", "install.packages", "loadNamespace", "readRDS", "load", "unserialize", "assign",
    "delayedAssign",
    "makeActiveBinding", "reg.finalizer", "on.exit", "do.call", "str2lang", "str2expression", "file", "q",
    "quit",
    "browseURL", "processx", "run", ".Call", ".External", ".C", "attach", "trace", "curl_download", "GET",
    "POST",
  ]
}
