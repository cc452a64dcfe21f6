// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletGuard
import MartletLifecycle
import MartletRuntime
import MartletTables
import MartletTheft

/// What a guard is calibrated with or tried on: the arrays of an npz file, or the rows of a table of comma-separated values as x.
struct GuardQueries {
  private enum Content {
    case arrays(NumpyArchive)
    case table(Table)
  }

  let path: String
  private let content: Content

  /// - Parameter label: the column of a table with the classes, which are no part of a query; nil for the one that is called so.
  init(_ path: String, label: String? = nil) throws {
    self.path = path
    do {
      let bytes = try Bytes(contentsOf: path)
      if Table.isArchive(bytes, named: path) {
        content = .arrays(try NumpyArchive(bytes))
      } else {
        content = .table(try Table(csv: bytes, label: label, needsLabels: false))
      }
    } catch let error as BytesError {
      // Which names the file itself.
      throw Unusable(description: "\(error)")
    } catch { throw Unusable(description: "\(path): \(error)") }
  }

  /// The rows of the first of some arrays that the file has.
  /// - Returns: nil where it has none of them.
  func rows(_ names: String...) throws -> Tensor? {
    guard case .arrays(let archive) = content else {
      guard case .table(let table) = content, names.contains("x") else { return nil }
      return try reading {
        try Tensor(float32: table.values.map(Float.init), shape: [table.rowCount, table.width])
      }
    }
    for name in names {
      guard let array = try reading({ try archive[name] }) else { continue }
      guard array.descr.kind == "f", array.shape.count >= 2, array.count > 0 else {
        throw Unusable(
          description:
            "\(path): expected \(name) as rows of floating-point numbers, found \(array.descr.text) of the shape \(array.shape)"
        )
      }
      let found = try reading { try Tensor(float32: array.float32(), shape: array.shape) }
      if let place = found.firstNotFinite {
        throw Unusable(
          description:
            "\(path): \(name), row \(place.row), element \(place.element): expected a finite number, found NaN or infinity"
        )
      }
      return found
    }
    return nil
  }

  func needed(_ names: String...) throws -> Tensor {
    for name in names {
      if let rows = try rows(name) { return rows }
    }
    var known: [String] = []
    if case .arrays(let archive) = content { known = archive.names }
    let found = known.isEmpty ? "none" : known.joined(separator: ", ")
    throw Unusable(
      description: "\(path): expected the array \(names.joined(separator: " or ")), found \(found)")
  }

  /// Whole numbers, one a row; nil where the file has none of that name.
  func numbers(_ name: String, rows: Int) throws -> [Int64]? {
    guard case .arrays(let archive) = content, let array = try reading({ try archive[name] }) else {
      return nil
    }
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
    let names: [String]?
    switch content {
    case .arrays(let archive): names = (try? archive["feature_names"]?.texts()) ?? nil
    case .table(let table): names = table.names
    }
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
