// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFiles
import MartletFormats

/// Keeps what shadows say in a folder, for the next audit of the same model on the same data. A file for each shadow, so that more
/// shadows reuse those that there are; what does not fit is trained anew.
package struct ShadowStore: Sendable {
  package let folder: String

  /// - Parameters:
  ///   - folder: below which shadows are kept; it is made when there is none.
  ///   - key: what a shadow depends on: digests of the model and of the data, and how they are trained. It becomes the name of a folder.
  /// - Throws: ``PrivacyError/cache(path:reason:)``.
  package init(_ folder: String, key: String) throws(PrivacyError) {
    self.folder = folder + "/" + key
    do {
      try FileManager.default.createDirectory(
        atPath: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .cache(
        path: self.folder,
        reason: "expected a folder that can be written to, found: \(error.localizedDescription)")
    }
  }

  private func path(_ shadow: Int) -> String { folder + "/shadow-\(shadow).npz" }

  /// - Returns: nil where there is none, or one of other records.
  func margins(shadow: Int, isIn: [Bool]) -> [Float]? {
    guard let bytes = try? Bytes(contentsOf: path(shadow)), let file = try? NumpyArchive(bytes),
      let margins = try? file["margin"]?.float32(), let inside = try? file["in"]?.int64(),
      margins.count == isIn.count, inside.count == isIn.count, margins.allSatisfy(\.isFinite),
      zip(inside, isIn).allSatisfy({ ($0 == 1) == $1 })
    else { return nil }
    return margins
  }

  func keep(_ margins: [Float], shadow: Int, isIn: [Bool]) throws(PrivacyError) {
    let bytes = NumpyArchive.encoded([
      WrittenArray("margin", float32: margins, shape: [margins.count]),
      WrittenArray("in", int64: isIn.map { $0 ? 1 : 0 }),
    ])
    do { try DurableFile.replace(path(shadow), with: bytes.span, mode: 0o600) } catch {
      throw .cache(path: path(shadow), reason: "\(error)")
    }
  }
}
