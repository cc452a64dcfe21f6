// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletGuard
import MartletLifecycle
import MartletRuntime
import MartletTheft

/// The arrays of an npz file that a guard is calibrated with or tried on.
struct GuardQueries {
  let path: String
  private let archive: NumpyArchive

  init(_ path: String) throws {
    self.path = path
    do { archive = try NumpyArchive(try Bytes(contentsOf: path)) } catch let error as BytesError {
      // Which names the file itself.
      throw Unusable(description: "\(error)")
    } catch { throw Unusable(description: "\(path): \(error)") }
  }

  /// The rows of the first of some arrays that the file has.
  /// - Returns: nil where it has none of them.
  func rows(_ names: String...) throws -> Tensor? {
    for name in names {
      guard let array = try reading({ try archive[name] }) else { continue }
      guard array.descr.kind == "f", array.shape.count >= 2, array.count > 0 else {
        throw Unusable(
          description:
            "\(path): expected \(name) as rows of floating-point numbers, found \(array.descr.text) of the shape \(array.shape)"
        )
      }
      return try reading { try Tensor(float32: array.float32(), shape: array.shape) }
    }
    return nil
  }

  func needed(_ names: String...) throws -> Tensor {
    for name in names {
      if let rows = try rows(name) { return rows }
    }
    let found = archive.names.isEmpty ? "none" : archive.names.joined(separator: ", ")
    throw Unusable(
      description: "\(path): expected the array \(names.joined(separator: " or ")), found \(found)")
  }

  /// Whole numbers, one a row; nil where the file has none of that name.
  func numbers(_ name: String, rows: Int) throws -> [Int64]? {
    guard let array = try reading({ try archive[name] }) else { return nil }
    guard "iu".contains(array.descr.kind), array.shape == [rows] else {
      throw Unusable(
        description:
          "\(path): expected \(name) as \(rows) whole numbers, found \(array.descr.text) of the shape \(array.shape)"
      )
    }
    return try reading { try array.int64() }
  }

  /// What the columns are called; nil where the file does not say.
  func featureNames(_ width: Int) -> [String]? {
    let names = try? archive["feature_names"]?.texts()
    return names?.count == width ? names : nil
  }

  private func reading<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as Unusable { throw error } catch {
      throw Unusable(description: "\(path): \(error)")
    }
  }
}

extension Victim {
  /// Rows with what the model makes of them.
  func rows(_ inputs: Tensor) throws -> GuardCalibration.Rows {
    let answers = try answers(to: inputs)
    return .init(
      inputs: try inputs.array(of: Float.self), layer: answers.layer, scores: namesOnly ? [] : answers.scores,
      count: inputs.rowCount ?? 0)
  }
}
