// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// Finds what a configuration of Hydra or NeMo calls: the values of `_target_`, and in NeMo also of `target`.
///
/// A text is gone through for the key itself, so that whatever else stands in it and however it is nested does not
/// matter; a value that cannot be told from the text alone is a finding.
struct TargetScan {
  static let hydraKeys = ["_target_", "class_path"]
  static let nemoKeys = ["_target_", "class_path", "target"]

  private var notes = Notes()
  private var seen: Set<String> = []

  /// Whether a text names something to call.
  static func names(in bytes: Bytes) -> Bool {
    keys.first(in: bytes.slice(0..<min(bytes.count, Limits.modelConfig)).span) != nil
  }

  private static let keys = WordSearch([
    "_target_", "\\x5ftarget", "\\u005ftarget", "\\x5Ftarget", "\\u005Ftarget",
  ])

  static func examine(
    _ bytes: Bytes, keys: [String], at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    var targets = TargetScan()
    if bytes.count > Limits.modelConfig {
      targets.notes.add(
        .targetUnread, "expected at most \(Limits.modelConfig) bytes of configuration, found \(bytes.count)")
    } else if let document = try? TolerantJSON(bytes) {
      targets.walk(document.value, keys)
    } else {
      let text = String(decoding: bytes.array(), as: UTF8.self)
      for key in keys { targets.search(text, key) }
      targets.escapes(text)
    }
    for target in targets.seen { scan.saw(target, covered: "a class that holds layers or data") }
    scan.report(targets.notes, place)
  }

  private mutating func walk(_ value: JSONValue, _ keys: [String]) {
    switch value {
    case .array(let values): for value in values { walk(value, keys) }
    case .object(let members):
      for member in members {
        if keys.contains(member.name) {
          if let target = member.value.string { judge(target) } else { unread(member.name) }
        }
        walk(member.value, keys)
      }
    case .string(let text): artifact(text)
    default: break
    }
  }

  /// Looks for a key of YAML in a text: bare or quoted, in a block or in a flow.
  private mutating func search(_ text: String, _ key: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      var rest = line[...]
      while let found = rest.range(of: key) {
        let before = found.lowerBound > line.startIndex ? line[line.index(before: found.lowerBound)] : " "
        let isComment = line.drop { $0 == " " || $0 == "\t" }.first == "#"
        rest = rest[found.upperBound...]
        guard !isComment, " \t{,\"'-?".contains(before) else { continue }
        var value = rest.drop { $0 == "\"" || $0 == "'" }.drop { $0 == " " || $0 == "\t" }
        guard value.first == ":" else {
          // The value of a complex key follows on another line.
          if value.isEmpty { unread(key) }
          continue
        }
        value = value.dropFirst().drop { $0 == " " || $0 == "\t" }
        take(value, key)
      }
    }
  }

  private mutating func take(_ value: Substring, _ key: String) {
    guard let first = value.first else { return key == "target" ? () : unread(key) }
    if first == "\"" || first == "'" {
      let inner = value.dropFirst().prefix { $0 != first }
      guard !inner.contains("\\"), value.dropFirst().contains(first) else { return unread(key) }
      return judge(String(inner), isSure: key != "target")
    }
    let bare = value.prefix { !",}#".contains($0) }.trimmingCharacters(in: .whitespaces)
    if "&*|>!{[$%@`".contains(first) {
      if key != "target" || first != "{" { unread(key) }
      return
    }
    judge(bare, isSure: key != "target")
  }

  /// A key that is written with escapes, so that a search for it does not find it.
  private mutating func escapes(_ text: String) {
    let lower = text.lowercased()
    for escape in ["\\x5f", "\\u005f", "\\x74", "\\u0074"] where lower.contains(escape) { unread("_target_") }
    for line in text.split(whereSeparator: \.isNewline) {
      guard let range = line.range(of: "nemo:") else { continue }
      artifact(String(line[range.lowerBound...]))
    }
  }

  /// `nemo:NAME` is a member of the archive, unpacked by its name.
  private mutating func artifact(_ text: String) {
    guard text.hasPrefix("nemo:") else { return }
    let name = text.dropFirst(5).prefix { !" \"',}#".contains($0) }
    if name.hasPrefix("/") || name.split(separator: "/").contains("..") || name.contains("\\") {
      notes.add(
        .targetDanger, "the configuration takes the file \(name) from outside of the archive",
        construct: "nemo:\(name)")
    }
  }

  private mutating func unread(_ key: String) {
    notes.add(.targetUnread, "expected a plain name after \(key), found something else", construct: key)
  }

  private mutating func judge(_ target: String, isSure: Bool = true) {
    let parts = target.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isPath =
      parts.count > 1
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && !part.first!.isNumber
      }
    guard isPath else {
      // The word `target` also names other things than what to import.
      if isSure, target != "null", target != "~" {
        notes.add(
          .targetUnlisted, "expected the path of a class, found \(target)", construct: target, allow: target)
      }
      return
    }
    switch PythonTarget(allow: .standard).standing(target) {
    case .inert:
      seen.insert(target)
      return
    case .dangerous(let effect):
      notes.add(.targetDanger, "the configuration calls \(target), which \(effect)", construct: target)
      return
    case .unlisted: break
    }
    notes.add(
      .targetUnlisted, "expected a class that is known to be harmless, found \(target)", construct: target,
      allow: target)
  }
}

extension Note.Kind {
  static let targetDanger: Self = "target.danger"
  static let targetUnlisted: Self = "target.unlisted"
  static let targetUnread: Self = "target.unread"
}
