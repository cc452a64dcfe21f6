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
    let called = Self.harm(in: data.called)
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

  /// Functions of R that reach the system, the network or native code, or take files away.
  private static let dangerous: Set<String> = [
    "system", "system2", "shell", "shell.exec", "source", "sys.source", "download.file", "url",
    "socketConnection", "pipe", "fifo", "dyn.load", "library.dynam", "unlink", "file.remove", "file.rename",
    "install.packages", "browseURL", "curl_download", "processx", "curl_fetch_memory",
  ]

  /// Functions that make code of a text, and those that run it: ordinary by themselves, in the functions of models too.
  private static let parsers: Set<String> = ["parse", "str2lang", "str2expression", "unserialize", "readRDS"]
  private static let runners: Set<String> = ["eval", "evalq", "eval.parent", "do.call"]

  /// Names that together or alone are harm.
  private static func harm(in called: Set<String>) -> [String] {
    var harm = called.intersection(dangerous)
    let parses = called.intersection(parsers)
    let runs = called.intersection(runners)
    if !parses.isEmpty, !runs.isEmpty { harm.formUnion(parses.union(runs)) }
    return harm.sorted()
  }
}
