// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Recipes that hold commands of a shell: those of `make` and `docker`, units of a desktop or of the system. Building is
/// what they are for; a command that fetches and runs what nobody has signed is not.
enum BuildText {
  struct Command: Sendable {
    /// The kind of recipe.
    let recipe: String
    let line: String
    /// What it does that nobody can answer for.
    let what: String
  }

  /// The first command of a recipe that nobody can answer for.
  static func command(in text: String) -> Command? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) && $0.first != "#" }) else {
      return nil
    }
    let opening = first.trimming.lowercased()
    switch opening {
    case "[desktop entry]", "[internetshortcut]", "[autorun]":
      return Command(recipe: "the entry of a desktop", line: String(first), what: "starts with a click")
    case "[unit]", "[service]":
      guard let start = lines.first(where: { $0.trimming.hasPrefix("Exec") }) else { return nil }
      return Command(
        recipe: "the unit of a service", line: String(start.prefix(160)), what: "runs without being asked")
    case _ where opening.hasPrefix("windows registry editor"):
      return Command(recipe: "a file of registry keys", line: String(first), what: "changes the system")
    default: break
    }
    if opening.hasPrefix("from "), lines.contains(where: { Self.instruction($0) != nil }) {
      for line in Self.joined(lines) {
        if let part = Self.instruction(line[...]), let what = Self.harm(in: part) {
          return Command(recipe: "a recipe of docker", line: String(part.prefix(160)), what: what)
        }
      }
    }
    if let line = lines.prefix(4096).first(where: { Self.isUnprotected($0.trimming) }) {
      return Command(
        recipe: "a list of packages", line: String(line.trimming.prefix(160)),
        what: "fetches code over a connection that anybody can change")
    }
    // The lines below a target, each behind a tab.
    var isRecipe = false
    for line in Self.joined(lines) {
      if line.first == "\t" {
        if isRecipe, let what = Self.harm(in: line) {
          return Command(recipe: "a recipe of make", line: String(line[...].trimming.prefix(160)), what: what)
        }
      } else if !line.isEmpty, line.first != "#" {
        isRecipe = Self.isTarget(line[...])
      }
    }
    if lines.contains(where: { Self.cron($0) != nil }), lines.allSatisfy({ Self.isCron($0) }) {
      return Command(
        recipe: "a table of times", line: String(first.prefix(160)), what: "runs without being asked")
    }
    return nil
  }

  /// What a command does that nobody can answer for. A script from an address that is verified is somebody's.
  static func harm(in line: String) -> String? {
    guard let sign = ShellSigns.harm(in: line) else { return nil }
    if sign.hasPrefix("| "), line.contains("https://"), !line.contains("http://") { return nil }
    if ["python -c", "python3 -c", "chmod +x", "mkfs.", "useradd ", "/etc/passwd", "/etc/sudoers"].contains(
      sign)
    {
      return nil
    }
    return "uses '\(sign)'"
  }

  private static func joined(_ lines: [Substring]) -> [String] {
    var out: [String] = []
    var isOpen = false
    for line in lines.prefix(1 << 14) {
      if isOpen, let last = out.indices.last, out[last].utf8.count < 1 << 16 {
        out[last] += " " + line.trimming
      } else {
        out.append(String(line))
      }
      isOpen = line.last == "\\"
      if isOpen, let last = out.indices.last { out[last].removeLast() }
    }
    return out
  }

  private static func instruction(_ line: Substring) -> String? {
    for word in ["RUN ", "CMD ", "ENTRYPOINT ", "ADD ", "HEALTHCHECK "] where line.hasPrefix(word) {
      return String(line.dropFirst(word.count))
    }
    return nil
  }

  /// A package, or an index of packages, by an address without TLS.
  private static func isUnprotected(_ line: Substring) -> Bool {
    guard line.holds("http://"), !line.holds("//localhost"), !line.holds("//127.0.0.1") else { return false }
    let options = ["--index-url", "-i", "--extra-index-url", "--find-links", "-f"]
    let words = line.split { $0 == " " || $0 == "=" }
    if let first = words.first, options.contains(String(first)), words.count > 1 {
      return words[1].hasPrefix("http://")
    }
    if line.hasPrefix("git+http://") { return true }
    let isArchive = [".tar.gz", ".whl", ".zip"].contains { line.hasSuffix($0) }
    return isArchive && words.count <= 3 && (line.hasPrefix("http://") || line.holds(" @ http://"))
  }

  /// `all: deps`
  private static func isTarget(_ line: Substring) -> Bool {
    guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, let first = line.first,
      first.isLetter || first == "." || first == "$" || first == "_" || first == "%"
    else { return false }
    return line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || " ._-/%$()".contains($0) }
  }

  private static func isCron(_ line: Substring) -> Bool {
    line.allSatisfy(\.isWhitespace) || line.first == "#" || cron(line) != nil || line.contains("=")
  }

  /// `*/5 * * * * command`
  private static func cron(_ line: Substring) -> Substring? {
    let words = line.split(separator: " ", maxSplits: 5)
    guard words.count == 6, words.prefix(5).contains("*"),
      words.prefix(5).allSatisfy({ $0.allSatisfy { $0.isNumber || "*/,-".contains($0) } })
    else { return nil }
    return words[5]
  }
}

extension Substring {
  /// Without white space at both ends.
  var trimming: Substring {
    var text = drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
