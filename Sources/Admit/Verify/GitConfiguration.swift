// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Reads `.git/config` as far as needed to say that it names no program: git runs those of `core.fsmonitor`,
/// `filter.x.smudge`, `alias.x` and many others, some of them already when somebody asks for the status.
enum GitConfiguration {
  /// Why the configuration may not be there unsigned; `nil` when all its settings are known to be harmless.
  static func objection(to text: String) -> String? {
    var section = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      guard let first = line.first, first != "#", first != ";" else { continue }
      if first == "[" {
        // A setting may follow on the same line, and quotes may hide a bracket: neither is what git writes.
        guard line.last == "]", line.count(where: { $0 == "]" }) == 1 else {
          return "its line `\(line)` is unusual"
        }
        section = line.dropFirst().prefix { $0 != " " && $0 != "]" && $0 != "\"" }.lowercased()
      } else {
        let key = line.prefix { $0 != "=" && $0 != " " && $0 != "\t" }.lowercased()
        guard line.last != "\\", harmless[section]?.contains(key) == true else {
          return "its setting `\(section).\(key)` is none that is known to name no program"
        }
      }
    }
    return nil
  }

  private static let harmless: [String: Set<String>] = [
    "branch": ["description", "merge", "rebase", "remote"],
    "core": [
      "autocrlf", "bare", "eol", "filemode", "ignorecase", "logallrefupdates", "precomposeunicode",
      "repositoryformatversion", "sharedrepository", "symlinks",
    ],
    "extensions": ["objectformat", "partialclone"],
    "init": ["defaultbranch"],
    "lfs": ["access", "locksverify", "repositoryformatversion"],
    "pull": ["ff", "rebase"],
    "remote": ["fetch", "partialclonefilter", "promisor", "pushurl", "tagopt", "url"],
    "submodule": ["active", "url"],
    "user": ["email", "name"],
  ]
}
