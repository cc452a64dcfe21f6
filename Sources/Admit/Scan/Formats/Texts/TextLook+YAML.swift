// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension TextLook {
  /// - Returns: whether the text is YAML and more than a scalar.
  func yaml(
    _ text: Bytes, isWhole: Bool, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) -> Bool {
    guard looksLikeYAML(text) else { return false }
    do throws(YAMLError) {
      let documents = try YAMLReader.read(text)
      let isData = documents.contains { document in
        document.tag != nil || document.sequence != nil
          || (document.mapping.map { $0.first?.key.scalar != nil } ?? false)
      }
      guard isData else { return false }
      var judge = YAMLJudge(text, allow: allow)
      judge.judge(documents)
      report(judge.config, at: place, in: &scan)
      for text in judge.encoded { EncodedScan.examine(Bytes(utf8: text), at: place, in: &scan) }
      return true
    } catch {
      guard error.isLimit else { return false }
      // Too much to hold as a tree: its tags are found without, and nothing else of it does anything unless it has one of
      // the names that loaders look for.
      if error.isDeep || Self.loaded.contains(where: { Self.contains($0, in: text) }) {
        scan.note(.yamlUnread, "the text may be YAML, but \(error.reason)", at: error.offset, place)
      }
      tags(in: text, at: place, in: &scan)
      return false
    }
  }

  private static let loaded = [
    "trust_remote_code", "auto_map", "loader_module", "class_path", "_target_", "py/object", "chat_template",
  ].map { Array($0.utf8) }

  private static func contains(_ word: [UInt8], in text: Bytes) -> Bool {
    let span = text.span
    guard span.count >= word.count else { return false }
    for at in 0...span.count - word.count where span[at] == word[0] {
      var same = 1
      while same < word.count, span[at + same] == word[same] { same += 1 }
      if same == word.count { return true }
    }
    return false
  }

  private func looksLikeYAML(_ text: Bytes) -> Bool {
    if text.count <= 1 << 16 { return true }
    for line in head.split(whereSeparator: \.isNewline).prefix(64) {
      if line.first == "#" || line.allSatisfy(\.isWhitespace) { continue }
      if ["- ", "---", "%", "{", "[", "? ", "!", "&"].contains(where: { line.hasPrefix($0) }) { return true }
      return line.contains(": ") || line.hasSuffix(":")
    }
    return false
  }

  /// Tags for objects in a text that is not read as YAML.
  func tags(in text: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    for tag in TagSearch(text).tags {
      let name = tag.name.split(separator: ":").last.map(String.init) ?? ""
      if case .dangerous(let effect) = PythonTarget(allow: allow).standing(name) {
        scan.note(
          .yamlTagHarm, "a tag names \(name), which \(effect)", construct: tag.name, at: tag.offset, place)
      } else {
        scan.note(
          .yamlTag, "a tag for objects in a text that is no YAML", construct: tag.name, at: tag.offset,
          allow: "yaml:malformed", place)
      }
    }
  }
}
