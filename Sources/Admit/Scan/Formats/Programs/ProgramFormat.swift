// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A program. It is no model, and running it is all that it is for: `unsafe`, whatever it would do.
struct ProgramFormat: ScannedFormat {
  let kind: Program

  var name: String { kind.rawValue }

  func fits(_ bytes: Bytes) -> Bool { kind.fits(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.note("program", "expected a model, found a program (\(name))", construct: name, at: 0, place)
    return name
  }
}

/// A script that names its interpreter in the first line, or that a shell of Windows is known to run.
struct ScriptProfile: TextProfile {
  let name = "script"

  private static let interpreters = [
    "sh", "bash", "dash", "zsh", "ksh", "csh", "tcsh", "fish", "ash", "busybox", "python", "perl", "ruby",
    "php", "node",
    "lua", "tclsh", "wish", "awk", "gawk", "sed", "osascript", "pwsh", "powershell", "env", "make", "expect",
    "Rscript",
  ]

  func fits(_ text: TextSample) -> Bool { Self.interpreter(text.head) != nil }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    guard let interpreter = Self.interpreter(text.head) else { return }
    scan.note(
      "program.script", "expected a model, found a script for \(interpreter)", construct: interpreter, at: 0,
      place)
  }

  static func interpreter(_ head: String) -> String? {
    let text = head.hasPrefix("\u{FEFF}") ? head.dropFirst() : head[...]
    if text.hasPrefix("#!") {
      let line = text.dropFirst(2).prefix { !$0.isNewline }
      let words = line.split(separator: " ")
      guard let path = words.first else { return nil }
      let base = path.split(separator: "/").last.map(String.init) ?? ""
      guard path.hasPrefix("/") || interpreters.contains(where: { base.hasPrefix($0) }) else { return nil }
      if base == "env", let next = words.dropFirst().first(where: { !$0.hasPrefix("-") }) {
        return String(next)
      }
      return base
    }
    let first = text.prefix(200).lowercased().drop { $0.isWhitespace }
    if first.hasPrefix("@echo off") || first.hasPrefix("@echo on") { return "cmd.exe" }
    if first.hasPrefix("<?php") { return "php" }
    return nil
  }
}
