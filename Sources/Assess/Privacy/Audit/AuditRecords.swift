// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
import MartletFormats
package import MartletRuntime

/// Records with their labels, of which it is known that all were in the training of a model, or none.
package struct AuditRecords: Sendable {
  /// float32 [N, ...]
  package let inputs: Tensor
  package let labels: [Int64]
  /// What each record is called: its row in the file, or its entry of the array `id`.
  package let ids: [Int64]
  /// What it is called in messages: the file.
  package let name: String
  package var count: Int { labels.count }
  /// Of one record.
  package var shape: [Int] { Array(inputs.shape.dropFirst()) }

  package init(inputs: Tensor, labels: [Int64], ids: [Int64]? = nil, name: String) throws(PrivacyError) {
    let rows = inputs.rowCount ?? 0
    guard inputs.shape.count >= 2, rows == labels.count, rows > 0 else {
      throw .records(
        reason:
          "\(name): expected one row of x for each label of y and at least one, found the shapes \(inputs.shape) and "
          + "[\(labels.count)]")
    }
    (self.inputs, self.labels, self.name) = (inputs, labels, name)
    self.ids = ids ?? (0..<Int64(rows)).map { $0 }
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .records(
        reason:
          "\(name): expected finite values, found NaN or infinity in row \(place / (values.count / rows))")
    }
    if let row = labels.firstIndex(where: { $0 < 0 }) {
      throw .records(reason: "\(name): expected labels from 0, found \(labels[row]) in row \(row)")
    }
  }

  /// Reads the arrays `x` and `y` of an npz file, and `id` where there is one.
  /// - Throws: ``PrivacyError/records(reason:)``.
  package init(npz bytes: Bytes, name: String) throws(PrivacyError) {
    let file = try AuditArrays(bytes, name: name)
    let x = try file.numbers("x")
    self = try AuditRecords(
      inputs: try running { () throws(RuntimeError) in try Tensor(float32: x.values, shape: x.shape) },
      labels: try file.integers("y"), ids: try file.identities(count: x.shape.first ?? 0), name: name)
  }

  /// Some of the records.
  func rows(_ rows: [Int]) throws(PrivacyError) -> AuditRecords {
    try AuditRecords(
      inputs: try running { () throws(RuntimeError) in try inputs.rows(rows) },
      labels: rows.map { labels[$0] },
      ids: rows.map { ids[$0] }, name: name)
  }
}

/// The arrays of one npz file, by name.
struct AuditArrays {
  private let archive: NumpyArchive
  private let name: String

  init(_ bytes: Bytes, name: String) throws(PrivacyError) {
    self.name = name
    do { archive = try NumpyArchive(bytes) } catch {
      throw .records(reason: "\(name): expected an npz file, found other bytes: \(error)")
    }
  }

  func has(_ array: String) -> Bool { archive.names.contains(array) }

  func numbers(_ array: String) throws(PrivacyError) -> (values: [Float], shape: [Int]) {
    let found = try self.array(array)
    do { return (try found.float32(), found.shape) } catch {
      throw .records(reason: "\(name): \(array): \(error)")
    }
  }

  /// A list of whole numbers.
  func integers(_ array: String) throws(PrivacyError) -> [Int64] {
    let found = try self.array(array)
    guard found.shape.count == 1 else {
      throw .records(reason: "\(name): expected \(array) as a list, found the shape \(found.shape)")
    }
    do { return try found.int64() } catch { throw .records(reason: "\(name): \(array): \(error)") }
  }

  /// A list or a table of 0 and 1, or of booleans.
  func flags(_ array: String) throws(PrivacyError) -> [Bool] {
    let found = try self.array(array)
    let values: [Int64]
    do { values = try found.int64() } catch { throw .records(reason: "\(name): \(array): \(error)") }
    if let other = values.first(where: { $0 != 0 && $0 != 1 }) {
      throw .records(reason: "\(name): expected 0 and 1 in \(array), found \(other)")
    }
    return values.map { $0 == 1 }
  }

  func identities(count: Int) throws(PrivacyError) -> [Int64]? {
    guard has("id") else { return nil }
    let ids = try integers("id")
    guard ids.count == count else {
      throw .records(reason: "\(name): expected one id for each of \(count) records, found \(ids.count)")
    }
    return ids
  }

  private func array(_ array: String) throws(PrivacyError) -> NumpyArray {
    let found: NumpyArray?
    do { found = try archive[array] } catch { throw .records(reason: "\(name): \(array): \(error)") }
    guard let found else {
      throw .records(
        reason: "\(name): expected the array \(array), found "
          + (archive.names.isEmpty ? "none" : archive.names.joined(separator: ", ")))
    }
    return found
  }
}
