// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle

extension LogAudit {
  /// Reports whatever stands in the directory and is no file of a log of this size.
  mutating func checkStrays() throws(LogError) {
    try checkStrays(in: "")
  }

  private mutating func checkStrays(in path: String) throws(LogError) {
    let names = try files { () throws(FilesError) in try Directory.names(in: directory.absolute(path)) }
    for name in names {
      let child = path.isEmpty ? name : path + "/" + name
      let kind = try files { () throws(FilesError) in try Directory.kind(of: directory.absolute(child)) }
      switch kind {
      case .directory where isExpected(directory: child): try checkStrays(in: child)
      case .file where isExpected(file: child): break
      default:
        let what = kind == .file ? "a file" : kind == .directory ? "a directory" : "something else"
        report.add(
          LogProblem(
            kind: .stray, path: child, entries: nil,
            expected: "only the files of a log of \(checkpoint.size) entries",
            found: "\(what), left by an append that was interrupted (the next append removes it) or put there"
          ))
      }
    }
  }

  private func isExpected(file path: String) -> Bool {
    path == "checkpoint" || path == LogDirectory.cosignedName
      || TilePath(parsing: path).map(layout.contains) == true
  }

  /// Whether some file of the log is below the directory.
  private func isExpected(directory path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard layout.size > 0, parts.count < 8, parts[0] == "tile" else { return false }
    guard parts.count > 1 else { return true }
    let contents = [.entries] + layout.levels.map { TilePath.Content.hashes(level: $0) }
    guard let content = contents.first(where: { TilePath.root(of: $0) == "tile/" + parts[1] }) else {
      return false
    }
    guard parts.count > 2 else { return true }
    if path.hasSuffix(".p") { return layout.partial(content).map { FilePath.parent(of: $0.text) } == path }
    // The first tile below `x001/x234` is 1234000.
    let first = TilePath(parsing: path + "/000")
    return first.map { $0.index < layout.tileCount(content) } == true
  }
}
