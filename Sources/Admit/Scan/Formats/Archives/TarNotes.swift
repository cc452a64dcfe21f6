// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The opinion on names, links and contradictions of a tar archive.
enum TarNotes {
  static func notes(on archive: TarArchive) -> Notes {
    var notes = Notes()
    for issue in archive.issues { add(issue, to: &notes) }
    let links = Set(archive.entries.filter { $0.kind == .symbolicLink }.map { folded($0.name, case: false) })
    var names = Set<String>()
    var exact = Set<String>()
    for entry in archive.entries where !entry.isOtherReading {
      for name in [entry.name] + entry.otherNames {
        guard let reason = MemberName.escapes(name) else { continue }
        notes.add(
          "archive.escape", "expected a relative name, found one that \(reason)", construct: name,
          at: entry.headerOffset)
      }
      checkLink(entry, links, &notes)
      checkKind(entry, &notes)
      guard entry.kind != .directory else { continue }
      if entry.kind == .hardLink, !exact.contains(folded(entry.target, case: false)) {
        notes.add(
          "archive.special", "expected a hard link to a member before it, found none of that name",
          construct: "\(entry.name) -> \(entry.target)", at: entry.headerOffset)
      }
      exact.insert(folded(entry.name, case: false))
      if !names.insert(folded(entry.name, case: true)).inserted {
        notes.add(
          "archive.duplicate", "expected every name once, found it again", construct: entry.name,
          at: entry.headerOffset)
      }
    }
    return notes
  }

  private static func checkLink(_ entry: TarEntry, _ links: Set<String>, _ notes: inout Notes) {
    let reason: String?
    switch entry.kind {
    case .symbolicLink:
      reason = MemberName.linkEscapes(entry.target, from: entry.name) ?? climbs(entry, links)
    case .hardLink: reason = MemberName.escapes(entry.target)
    default: reason = nil
    }
    if let reason {
      notes.add(
        "archive.link", "expected a link to a member, found one that \(reason)",
        construct: "\(entry.name) -> \(entry.target)", at: entry.headerOffset)
    }
    guard !links.isEmpty else { return }
    var parts = folded(entry.name, case: false).split(separator: "/")
    if !parts.isEmpty { parts.removeLast() }
    if let link = prefixes(of: parts.prefix(64)).first(where: links.contains) {
      notes.add(
        "archive.link", "expected a member in a folder, found one that is written through the link \(link)",
        construct: entry.name, at: entry.headerOffset)
    }
  }

  /// A target that goes through another link and up again ends where nobody can tell from the names.
  private static func climbs(_ entry: TarEntry, _ links: Set<String>) -> String? {
    let target = entry.target.split(separator: "/")
    guard links.count > 1, target.contains("..") else { return nil }
    if target.count > 64 { return "has more than 64 parts" }
    let folder = entry.name.split(separator: "/").dropLast().filter { $0 != "." }
    var path = folder.map(String.init)
    for part in target where part != "." {
      if part == ".." {
        if links.contains(path.joined(separator: "/")) { return "goes up again behind another link" }
        _ = path.popLast()
      } else {
        path.append(String(part))
      }
    }
    return nil
  }

  private static func checkKind(_ entry: TarEntry, _ notes: inout Notes) {
    let what: String
    switch entry.kind {
    case .device: what = "a device"
    case .pipe: what = "a pipe"
    case .unknown(let type): what = "type \(type)"
    default: return
    }
    notes.add(
      "archive.special", "expected a file, a folder or a link, found \(what)", construct: entry.name,
      at: entry.headerOffset)
  }

  private static func prefixes(of parts: ArraySlice<Substring>) -> [String] {
    var path = ""
    return parts.map {
      path += (path.isEmpty ? "" : "/") + $0
      return path
    }
  }

  /// A name without empty parts.
  private static func folded(_ name: String, case ignoresCase: Bool) -> String {
    let parts = (ignoresCase ? name.lowercased() : name).split(separator: "/").filter { $0 != "." }
    return parts.joined(separator: "/")
  }

  private static func add(_ issue: TarIssue, to notes: inout Notes) {
    switch issue {
    case .checksum(let offset):
      notes.add("archive.broken", "the checksum of a header is wrong", at: offset)
    case .truncated(let member, let offset):
      notes.add("archive.broken", "the archive is cut short", construct: member, at: offset)
    case .badNumber(let field, let offset):
      notes.add("archive.broken", "the \(field) in a header is no number", at: offset)
    case .badRecord(let reason, let offset):
      notes.add("archive.broken", reason, at: offset)
    case .multiVolume(let offset):
      notes.add("archive.broken", "it is one volume of several", at: offset)
    case .afterEnd(let offset):
      notes.add("archive.ambiguous", "another archive follows the end of the first", at: offset)
    case .trailing(let range):
      notes.add(
        "archive.trailing", "\(range.count) bytes follow the end of the archive", at: range.lowerBound)
    case .sizes(let member, let header, let record, let offset):
      notes.add(
        "archive.smuggled", "readers take \(header) or \(record) bytes for this member", construct: member,
        at: offset)
    case .names(let member, let other, let offset):
      notes.add(
        "archive.ambiguous", "the header says name \(other), the record before it says \(member)",
        construct: member, at: offset)
    case .globalOverride(let key, let offset):
      notes.add("archive.ambiguous", "a record gives all members that follow one \(key)", at: offset)
    case .tooManyMembers(let limit):
      notes.add("archive.limit", "expected at most \(limit) members, found more")
    }
  }
}
