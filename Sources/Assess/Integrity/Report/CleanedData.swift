// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletDatasets
import MartletFiles
import MartletFormats

/// A dataset without some of its rows, in the form it had.
package enum CleanedData {
  /// The bytes of the file without these rows, counted from 0. Everything else is as it was: the fields of a text byte by byte, the
  /// elements of arrays bit by bit.
  /// - Throws: ``IntegrityError``.
  package static func bytes(of path: String, without rows: [Int]) throws(IntegrityError) -> [UInt8] {
    let format: DataFormat
    do throws(DataError) { format = try DataFile(path).format } catch { throw .data(error) }
    let content: Bytes
    do throws(BytesError) { content = try Bytes(contentsOf: path) } catch { throw .data(.bytes(error)) }
    if content.starts(with: [0x1F, 0x8B]) {
      throw .unsuitable(
        reason: "expected a file that is not packed for --remove, found gzip: unpack it first")
    }
    switch format {
    case .npz: return try archive(content, Set(rows))
    case .csv, .tsv: return try lines(content, tab: format == .tsv, Set(rows))
    case .npy, .jsonl, .folder:
      throw .unsuitable(reason: "expected an npz or CSV file for --remove, found \(format.rawValue)")
    }
  }

  private static func lines(_ content: Bytes, tab: Bool, _ gone: Set<Int>) throws(IntegrityError) -> [UInt8] {
    let source = content
    var scanner = CSVRowScanner(source.span, delimiter: tab ? 0x09 : nil)
    var fields: [CSVRowScanner.Field] = []
    var kept: [UInt8] = []
    do throws(CSVError) {
      var (row, at) = (-1, 0)
      _ = try scanner.next(source.span, into: &fields)
      let hasHeader = fields.allSatisfy { field in
        let text = source.slice(field.range)
        return !CSVTable.isMissing(text.span) && CSVTable.number(text.span) == nil
      }
      if !hasHeader { row = 0 }
      while true {
        if row < 0 || !gone.contains(row) { kept += source.slice(at..<scanner.offset).array() }
        at = scanner.offset
        row += 1
        fields.removeAll(keepingCapacity: true)
        guard try scanner.next(source.span, into: &fields) != nil else { break }
      }
    } catch { throw .data(.csv(error)) }
    return kept
  }

  private static func archive(_ content: Bytes, _ gone: Set<Int>) throws(IntegrityError) -> [UInt8] {
    do {
      let archive = try NumpyArchive(content)
      var arrays: [(name: String, array: NumpyArray)] = []
      for name in archive.names {
        if let array = try archive[name] { arrays.append((name, array)) }
      }
      // Rows are counted through the parts, in the order in which they are read.
      let parts = ["_train", "_calibration", "_holdout", "_val", "_valid", "_validation", "_test"]
      let split = parts.filter { part in
        arrays.contains { $0.name.hasSuffix(part) && $0.name.count > part.count }
      }
      var first: [String: Int] = [:]
      var counts: [String: Int] = [:]
      var start = 0
      for part in split.isEmpty ? [""] : split {
        let leading = arrays.first { $0.name == "x" + part } ?? arrays.first { $0.name.hasSuffix(part) }
        let count = leading?.array.shape.first ?? 0
        (first[part], counts[part]) = (start, count)
        start += count
      }
      let written = try arrays.map { name, array -> WrittenArray in
        let part = split.first { name.hasSuffix($0) } ?? ""
        guard let start = first[part], array.shape.first == counts[part],
          !array.fortranOrder || array.shape.count < 2
        else {
          guard !array.fortranOrder || array.shape.count < 2 else {
            throw IntegrityError.unsuitable(
              reason: "expected arrays in C order for --remove, found '\(name)' in Fortran order")
          }
          return WrittenArray(name, descr: array.descr.text, shape: array.shape, bytes: array.data.array())
        }
        let rows = array.shape[0]
        let stride = rows == 0 ? 0 : array.data.count / rows
        var bytes: [UInt8] = []
        var kept = 0
        for row in 0..<rows where !gone.contains(start + row) {
          bytes += array.data.slice(row * stride..<(row + 1) * stride).array()
          kept += 1
        }
        return WrittenArray(
          name, descr: array.descr.text, shape: [kept] + array.shape.dropFirst(), bytes: bytes)
      }
      return NumpyArchive.encoded(written)
    } catch let error as IntegrityError {
      throw error
    } catch {
      throw .unsuitable(reason: "\(error)")
    }
  }
}
