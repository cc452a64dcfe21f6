// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFiles
import MartletFormats

/// Keeps what was measured of references in a folder: a file for each, so that more references reuse those that there are.
package struct ReferenceStore: Sendable {
  package let folder: String

  /// - Parameters:
  ///   - folder: below which references are kept; it is made when there is none.
  ///   - key: what they depend on: the architecture, the data, and how they are trained and measured. It becomes the name of a folder.
  /// - Throws: ``BackdoorError/cache(path:reason:)``.
  package init(_ folder: String, key: String) throws(BackdoorError) {
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

  private func path(_ place: Int) -> String { folder + "/reference-\(place).npz" }

  /// - Returns: nil where there is none, or one that does not fit.
  func observation(_ place: Int, classes: Int, statistics: [Statistic]) -> Observation? {
    guard let bytes = try? Bytes(contentsOf: path(place)), let file = try? NumpyArchive(bytes),
      let accuracy = try? file["accuracy"]?.float32(), accuracy.count == 1
    else { return nil }
    var values: [Statistic: [Double]] = [:]
    for statistic in statistics {
      guard let own = try? file[statistic.rawValue]?.float32(), own.count == classes,
        own.allSatisfy(\.isFinite)
      else { return nil }
      values[statistic] = own.map(Double.init)
    }
    return Observation(values: values, accuracy: Double(accuracy[0]))
  }

  func keep(_ observation: Observation, _ place: Int) throws(BackdoorError) {
    let bytes = NumpyArchive.encoded(
      [WrittenArray("accuracy", float32: [Float(observation.accuracy)], shape: [1])]
        + Statistic.allCases.compactMap { statistic in
          observation.values[statistic].map {
            WrittenArray(statistic.rawValue, float32: $0.map { Float($0) }, shape: [$0.count])
          }
        })
    do { try DurableFile.replace(path(place), with: bytes.span, mode: 0o600) } catch {
      throw .cache(path: path(place), reason: "\(error)")
    }
  }
}
