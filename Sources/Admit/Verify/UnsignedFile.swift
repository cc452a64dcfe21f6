// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence

/// Decides which files may lie unsigned where OMS (`.git`, `.github`, …) or the signer leave files out.
///
/// Only what is known to be harmless may: the records that git itself keeps, and short texts that people read. Anything else
/// could be code that runs when the model is used: a Python module, a library, a pickle, a git hook, a setting of git that
/// names a program. A path that the user ignores is not looked at.
struct UnsignedFile {
  let file: ModelTree.Aside
  private let names: [String]

  init(_ file: ModelTree.Aside) {
    self.file = file
    names = file.name.split(separator: "/").map(String.init)
  }

  /// Why it may not be there; `nil` when it may.
  /// - Parameter read: gives its bytes.
  func objection(_ read: () throws(ManifestError) -> [UInt8]) throws(ManifestError) -> String? {
    if file.kind == .other { return "it is a link or no plain file" }
    if names[0] == ".git", names.count > 1 {
      let inner = names.dropFirst()
      // Git runs no hook of that name, whoever may execute it.
      if inner.count == 2, inner.first == "hooks", names.last!.hasSuffix(".sample") { return nil }
      if file.kind == .executable { return "it can be executed" }
      if inner.count == 1, inner.first == "config" {
        guard let text = String(validating: try read(), as: UTF8.self) else { return "it is no text" }
        return GitConfiguration.objection(to: text)
      }
      let isRecord =
        inner.count == 1 ? Self.gitFiles.contains(names[1]) : Self.gitFolders.contains(names[1])
      return isRecord ? nil : "it is none of git's own records"
    }
    if file.kind == .executable { return "it can be executed" }
    guard isText else { return "it is neither a text for people nor one of git's own records" }
    guard file.size <= Limits.unsignedFile else { return "it is too long for a text for people" }
    let bytes = try read()
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(where: Self.isControl) else {
      return "it is no text, whatever its name says"
    }
    return text.hasPrefix("#!") ? "it begins like a script" : nil
  }

  private var isText: Bool {
    let name = names[names.count - 1]
    if Self.textNames.contains(name) { return true }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
    let ending = name[name.index(after: dot)...].lowercased()
    return Self.textEndings.contains(ending) || names[0] == ".github" && Self.formEndings.contains(ending)
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F
  }

  private static let textNames: Set<String> = [
    ".gitignore", ".gitattributes", ".gitkeep", "AUTHORS", "CHANGELOG", "CODEOWNERS", "LICENSE", "NOTICE",
    "README",
  ]
  private static let textEndings: Set<String> = ["asc", "crt", "md", "pem", "pub", "rst", "sig", "txt"]
  /// What GitHub reads, and nobody who uses the model.
  private static let formEndings: Set<String> = ["json", "yaml", "yml"]

  private static let gitFiles: Set<String> = [
    "HEAD", "ORIG_HEAD", "FETCH_HEAD", "COMMIT_EDITMSG", "description", "index", "packed-refs", "shallow",
  ]
  private static let gitFolders: Set<String> = ["branches", "info", "lfs", "logs", "objects", "refs"]
}
