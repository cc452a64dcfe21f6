// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
package import MartletFiles
package import MartletFormats
package import MartletMerkle

/// Where a cell stands. Rows are counted from 0 as arrays are; of a text file the line is told too, from 1.
package struct CellPlace: Equatable, Sendable, CustomStringConvertible {
  package let row: Int
  package let column: String?
  package let line: Int?

  package init(row: Int, column: String? = nil, line: Int? = nil) {
    (self.row, self.column, self.line) = (row, column, line)
  }

  package var description: String {
    "row \(row)" + (line.map { " (line \($0))" } ?? "") + (column.map { ", column '\($0.prefix(80))'" } ?? "")
  }
}

/// Why data could not be read, sealed, verified or compared.
package enum DataError: Error, Equatable, Sendable {
  case files(FilesError)
  case bytes(BytesError)
  case csv(CSVError)
  case zip(ZipError)
  /// An array of a numpy file that is none, or cannot be rows.
  case array(name: String, reason: String)
  /// Nothing there is a dataset; the reason says what was expected and found.
  case notData(reason: String)
  /// Two columns have one name.
  case repeatedColumn(String)
  /// A row has more or fewer cells than the others.
  case ragged(CellPlace, expected: String, found: String)
  case notText(CellPlace)
  /// A number that is not finite.
  case notFinite(CellPlace, found: String)
  /// A column has numbers in some rows and something else in others.
  case mixed(CellPlace, expected: String, found: String)
  /// A line that is no JSON object.
  case json(CellPlace, reason: String)
  case tooLarge(what: String, limit: Int)
  /// A column that was asked for.
  case noColumn(String, found: [String])
  /// A manifest, a file of row digests or a proof that is none; the reason is a whole sentence part.
  case malformed(what: String, reason: String)
  /// A file that does not belong to the manifest.
  case otherFile(what: String, expected: String, found: String)
  case noSuchRow(Int, count: Int)
  case proof(ProofFlaw)
  /// One of several files that were given.
  indirect case file(String, DataError)
}

extension DataError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .files(let error): error.description
    case .bytes(let error): error.description
    case .csv(let error): error.description
    case .zip(let error): error.description
    case .array(let name, let reason): "the array '\(name.prefix(80))': \(reason)"
    case .notData(let reason): reason
    case .repeatedColumn(let name):
      "expected every column to have a name of its own, found '\(name.prefix(80))' twice: rename one of them"
    case .ragged(let place, let expected, let found): "\(place): expected \(expected), found \(found)"
    case .notText(let place): "\(place): expected text in UTF-8, found bytes that are none: convert the file"
    case .notFinite(let place, let found):
      "\(place): expected a finite number, found \(found): leave the row out, or take NaN for a missing value with --nan-is-missing"
    case .mixed(let place, let expected, let found):
      "\(place): expected \(expected) as in the rows before, found \(found): say with --text that the column is text, or mend the row"
    case .json(let place, let reason): "\(place): expected one JSON object, \(reason)"
    case .tooLarge(let what, let limit): "expected at most \(limit) \(what), found more"
    case .noColumn(let name, let found):
      "expected a column '\(name.prefix(80))', found "
        + found.prefix(20).map { String($0.prefix(40)) }.joined(separator: ", ")
        + (found.count > 20 ? ", …" : "")
    case .malformed(let what, let reason): "expected \(what), but \(reason)"
    case .otherFile(let what, let expected, let found): "expected \(what) \(expected), found \(found)"
    case .noSuchRow(let row, let count): "expected a row below \(count), the number of rows, found \(row)"
    case .proof(let flaw): "the proof is refused: \(flaw.rawValue)"
    case .file(let path, let error): "\(path): \(error)"
    }
  }
}

/// Says which of several files an error is about, where the error itself does not.
func naming<Value>(_ path: String, _ body: () throws(DataError) -> Value) throws(DataError) -> Value {
  do throws(DataError) { return try body() } catch {
    switch error {
    case .files, .bytes, .file: throw error
    default: throw .file(path, error)
    }
  }
}

/// Passes an error of another room on as one of this.
func files<Value>(_ body: () throws(FilesError) -> Value) throws(DataError) -> Value {
  do throws(FilesError) { return try body() } catch { throw .files(error) }
}

func bytes<Value>(_ body: () throws(BytesError) -> Value) throws(DataError) -> Value {
  do throws(BytesError) { return try body() } catch { throw .bytes(error) }
}
