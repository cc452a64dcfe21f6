// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletRuntime
import MartletTables

/// The examples a model is measured on.
struct Dataset {
  let inputs: Tensor
  let labels: [Int64]
  /// Of the file they came from.
  let digest: Digest
  /// What the columns of a table are called; nil where the file does not say.
  let names: [String]?

  /// Reads an npz file, or a table of comma-separated values.
  /// - Parameters:
  ///   - label: the column of a table with the classes; nil for the one that is called so.
  ///   - classes: what stands there for class 0, 1 and so on; nil for numbers from 0.
  /// - Throws: ``StoreError/data(_:)``.
  init(at path: String, label: String? = nil, classes: [String]? = nil) throws(StoreError) {
    let bytes: Bytes
    do throws(BytesError) { bytes = try Bytes(contentsOf: path) } catch { throw .data("\(error)") }
    guard !Table.isArchive(bytes, named: path) else {
      self = try Dataset(npz: bytes, from: path)
      return
    }
    let table: Table
    do {
      table = try Table(csv: bytes, label: label, classes: classes, needsLabels: true)
      inputs = try Tensor(float32: table.values.map(Float.init), shape: [table.rowCount, table.width])
    } catch {
      throw .data("\(path): \(error)")
    }
    (labels, names, digest) = (table.labels ?? [], table.names, .of(bytes))
  }

  /// Reads `x_test` and `y_test`, or `x` and `y` where there is no separate test part.
  private init(npz bytes: Bytes, from path: String) throws(StoreError) {
    do {
      digest = .of(bytes)
      let archive = try NumpyArchive(bytes)
      let suffix = archive.names.contains("x_test") ? "_test" : ""
      guard let x = try archive["x" + suffix], let y = try archive["y" + suffix] else {
        throw StoreError.data(
          "\(path): expected the arrays x_test and y_test, or x and y; found "
            + (archive.names.isEmpty ? "none" : archive.names.joined(separator: ", "))
        )
      }
      guard x.descr.kind == "f" else {
        throw StoreError.data(
          "\(path): expected x\(suffix) as floating-point numbers in the model's own units, found \(x.descr.text)"
        )
      }
      guard x.shape.count >= 2, y.shape.count == 1, x.shape[0] == y.shape[0] else {
        throw StoreError.data(
          "\(path): expected one row of x\(suffix) for each label of y\(suffix), found the shapes \(x.shape) and \(y.shape)"
        )
      }
      guard "iu".contains(y.descr.kind) else {
        throw StoreError.data("\(path): expected y\(suffix) as whole numbers from 0, found \(y.descr.text)")
      }
      inputs = try Tensor(float32: x.float32(), shape: x.shape)
      if let place = inputs.firstNotFinite {
        throw StoreError.data(
          "\(path): x\(suffix), row \(place.row), element \(place.element): expected a finite number, found NaN or infinity"
        )
      }
      labels = try y.int64()
      let named = try? archive["feature_names"]?.texts()
      names = named?.count == x.shape[1] ? named : nil
    } catch let error as StoreError {
      throw error
    } catch {
      throw .data("\(path): \(error)")
    }
  }
}

extension Dataset {
  /// Reads a schema, and holds its features against the columns.
  /// - Throws: ``StoreError/data(_:)``.
  func schema(at path: String) throws(StoreError) -> (schema: TableSchema, digest: Digest) {
    do {
      let bytes = try Bytes(contentsOf: path)
      guard let text = String(validating: bytes.array(), as: UTF8.self) else {
        throw StoreError.data("\(path): expected a schema as YAML in UTF-8, found bytes that are no text")
      }
      let schema = try TableSchema(yaml: text)
      try check(schema.features.map(\.name), of: path)
      return (schema, .of(bytes))
    } catch let error as StoreError {
      throw error
    } catch let error as BytesError {
      // Which names the file itself.
      throw .data("\(error)")
    } catch {
      throw .data("\(path): \(error)")
    }
  }

  private func check(_ features: [String], of path: String) throws(StoreError) {
    guard let names, names != features else { return }
    let place = zip(names, features).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    guard let place else {
      throw .data(
        "\(path): expected the \(names.count) columns of the data as features, found \(features.count)")
    }
    throw .data(
      "\(path): expected the features in the order of the data's columns, with '\(names[place])' as number \(place + 1), "
        + "found '\(features[place])'")
  }
}
