// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a scan could not start.
package enum ScanError: Error, Equatable, Sendable {
  case missing(path: String)
  case tooManyFiles(limit: Int)
}

extension ScanError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "expected a file or a folder at \(path), found nothing"
    case .tooManyFiles(let limit):
      "expected at most \(limit) files and folders, found more: scan a smaller folder"
    }
  }
}

extension Scanner {
  /// Scans files, and everything in folders. The artifacts are in the order of the paths, below a folder in the order of
  /// the names' bytes.
  ///
  /// - Throws: ``ScanError``; what cannot be read below a path is a finding.
  package func scan(paths: [String], options: ScanOptions = .init()) throws(ScanError) -> ScanReport {
    ScanRun(self, try ScanList(paths).items, options).run()
  }

  /// Scans a file, or everything in a folder.
  package func scan(path: String) throws(ScanError) -> ScanReport { try scan(paths: [path]) }
}
