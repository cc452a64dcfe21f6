// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Arrays with one number of rows.
struct ArrayGroup {
  /// `train`, `test` and so on; empty where the names do not say.
  let split: String
  let count: Int
  let members: [ArrayMember]

  /// Bytes of one row, about.
  var stride: Int { members.reduce(0) { $0 + $1.stride } }
  var signature: [String] { members.map(\.signature) }

  private static let splits: Set<String> = [
    "train", "test", "val", "valid", "validation", "calibration", "holdout",
  ]
  private static let inputs: Set<String> = ["x", "X", "data", "features", "images", "inputs"]
  private static let labels: Set<String> = ["y", "Y", "label", "labels", "target", "targets"]

  /// Puts arrays together by the endings of their names.
  /// - Throws: ``DataError/ragged(_:expected:found:)`` for labels and for parts that have another number of rows than their inputs.
  static func parted(
    _ arrays: [(name: String, array: NumpyArray)]
  ) throws(DataError) -> (groups: [ArrayGroup], others: [(name: String, array: NumpyArray)]) {
    var order: [String] = []
    var bySplit: [String: [(base: String, name: String, array: NumpyArray)]] = [:]
    var others: [(name: String, array: NumpyArray)] = []
    for (name, array) in arrays {
      guard let _ = array.shape.first else {
        others.append((name, array))
        continue
      }
      let ending = name.split(separator: "_").last.map(String.init) ?? ""
      let isSplit = splits.contains(ending) && name.count > ending.count + 1
      let split = isSplit ? ending : ""
      if bySplit[split] == nil { order.append(split) }
      bySplit[split, default: []].append(
        (isSplit ? String(name.dropLast(ending.count + 1)) : name, name, array))
    }
    var groups: [ArrayGroup] = []
    for split in order {
      let all = bySplit[split]!
      if split.isEmpty, order.count > 1, !all.contains(where: { inputs.contains($0.base) }) {
        others += all.map { ($0.name, $0.array) }
        continue
      }
      let leading = all.first { inputs.contains($0.base) } ?? all[0]
      let count = leading.array.shape[0]
      var members: [ArrayMember] = []
      for (base, name, array) in all {
        if array.shape[0] == count {
          members.append(try ArrayMember(base, array, file: name))
        } else if !split.isEmpty || labels.contains(base) {
          throw .ragged(
            CellPlace(row: min(count, array.shape[0]), column: name),
            expected: "\(count) rows as in '\(leading.name)'", found: "\(array.shape[0])")
        } else {
          others.append((name, array))
        }
      }
      // The order in the file is not what the data say.
      members.sort { ($0.isInput ? 0 : 1, $0.name) < ($1.isInput ? 0 : 1, $1.name) }
      groups.append(ArrayGroup(split: split, count: count, members: members))
    }
    groups.sort { (rank($0.split), $0.split) < (rank($1.split), $1.split) }
    return (groups, others)
  }

  private static func rank(_ split: String) -> Int { split == "train" ? 0 : split == "test" ? 2 : 1 }

  static func isInput(_ name: String) -> Bool { inputs.contains(name) }
}

/// One array whose first axis are the rows.
struct ArrayMember {
  let name: String
  let isInput: Bool
  private let array: NumpyArray
  /// Nil for texts.
  private let kind: Column.Kind?
  /// Of one row.
  private let shape: [Int]
  private let elements: Int
  private let texts: [String]

  init(_ name: String, _ array: NumpyArray, file: String) throws(DataError) {
    (self.name, self.array) = (name, array)
    isInput = ArrayGroup.isInput(name)
    shape = Array(array.shape.dropFirst())
    elements = shape.reduce(1, *)
    switch (array.descr.kind, array.descr.itemSize) {
    case ("f", 2): kind = .float16
    case ("f", 4): kind = .float32
    case ("f", 8): kind = .float64
    case ("i", 1): kind = .int8
    case ("i", 2): kind = .int16
    case ("i", 4): kind = .int32
    case ("i", 8), ("M", 8), ("m", 8): kind = .int64
    case ("u", 1): kind = .uint8
    case ("u", 2): kind = .uint16
    case ("u", 4): kind = .uint32
    case ("u", 8): kind = .uint64
    case ("b", _): kind = .boolean
    case ("U", _), ("S", _): kind = nil
    default:
      throw .array(name: file, reason: "expected numbers, truth values or texts, found \(array.descr.text)")
    }
    guard elements > 0, kind != nil || shape.isEmpty else {
      throw .array(name: file, reason: "expected rows with something in them, found the shape \(array.shape)")
    }
    if kind == nil {
      do throws(NumpyError) { texts = try array.texts() } catch {
        throw .array(name: file, reason: "\(error)")
      }
    } else {
      texts = []
      guard elements <= Limits.dataRow / array.descr.itemSize else {
        throw .array(name: file, reason: "expected at most \(Limits.dataRow) bytes in a row, found more")
      }
    }
  }

  var stride: Int { kind == nil ? 32 : elements * array.descr.itemSize }
  var signature: String { "\(name) \(kind.map(\.rawValue) ?? "text") \(shape)" }
  /// A row of numbers has a column for each; a picture is one cell.
  private var isWide: Bool { shape.count == 1 && elements <= Limits.dataColumns }
  var columnCount: Int { isWide ? elements : 1 }

  func columns(_ names: [String]?) throws(DataError) -> [Column] {
    guard let kind else { return [Column(name, .text)] }
    guard isWide else { return [Column(name, kind, shape: shape.isEmpty ? nil : shape)] }
    if isInput, let names {
      guard names.count == elements else {
        throw .array(
          name: "feature_names",
          reason: "expected \(elements) names, one for each column, found \(names.count)")
      }
      return names.map { Column($0, kind) }
    }
    return (0..<elements).map { Column("\(name)\($0)", kind) }
  }

  /// Some rows in canonical form: little-endian, in C order.
  func part(_ rows: Range<Int>, from column: Int) throws(DataError) -> RowPart {
    let columns = column..<column + columnCount
    guard let kind else {
      var writer = CellWriter()
      for row in rows { writer.text(texts[row].utf8) }
      return RowPart(Bytes(writer.bytes), .variable(cellEnds: writer.ends), columns: columns)
    }
    let size = kind.width!
    let layout = RowPart.Layout.fixed(width: isWide ? size : size * elements)
    let isPlain = size == 1 || !array.descr.isBigEndian
    guard isPlain, !array.fortranOrder || array.shape.count < 2 else {
      return RowPart(rearranged(rows, size), layout, columns: columns)
    }
    let stride = size * elements
    return RowPart(
      array.data.slice(rows.lowerBound * stride..<rows.upperBound * stride), layout, columns: columns)
  }

  private func rearranged(_ rows: Range<Int>, _ size: Int) -> Bytes {
    let span = array.data.span
    let isFortran = array.fortranOrder && array.shape.count > 1
    var made: [UInt8] = []
    made.reserveCapacity(rows.count * elements * size)
    var position = [Int](repeating: 0, count: shape.count)
    for row in rows {
      for index in 0..<elements {
        var place = row * elements + index
        if isFortran {
          // The first index runs fastest.
          place = 0
          for axis in shape.indices.reversed() { place = place * shape[axis] + position[axis] }
          place = place * array.shape[0] + row
          for axis in shape.indices.reversed() {
            position[axis] += 1
            if position[axis] < shape[axis] { break }
            position[axis] = 0
          }
        }
        for byte in 0..<size {
          made.append(span[place * size + (array.descr.isBigEndian ? size - 1 - byte : byte)])
        }
      }
    }
    return Bytes(made)
  }
}
