// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletDatasets

/// The rows that a model is trained on, as numbers: what is looked at here.
package struct TrainingRows: Sendable {
  /// Places in the dataset, counted from 0.
  package let places: [Int]
  /// Row after row, as they stand in the data. Texts are spread over a number for each value.
  package let values: [Float]
  package let width: Int
  package let names: [String]
  /// Of a row that is a picture or another array; nil for a table.
  package let shape: [Int]?
  package let labels: [Int]
  /// What stands in the data for each class.
  package let classes: [String]

  package var count: Int { labels.count }

  /// A column with labels, where nobody says which.
  private static let labelNames = ["y", "label", "labels", "target", "class"]
  private static let mostNumbers = 1 << 29
  private static let mostClasses = 1_000
  /// A text column with more values says nothing here.
  private static let mostTexts = 64

  /// Reads a dataset. Of one with parts, the rows of `train`.
  /// - Throws: ``IntegrityError``.
  package init(_ path: String, label: String?, options: ReadingOptions) throws(IntegrityError) {
    let found: Result<TrainingRows, IntegrityError>
    do throws(DataError) {
      let file = try DataFile(path, options)
      guard file.format != .folder else {
        throw DataError.notData(
          reason:
            "expected arrays or a table, found a folder of pictures: make an npz file with x and y of it")
      }
      found = try Self.read(file.source, label, nanIsMissing: options.nanIsMissing)
    } catch { throw .data(error) }
    self = try found.get()
    if count < 20 { throw .unsuitable(reason: "expected at least 20 rows with labels, found \(count)") }
    for (index, name) in classes.enumerated() where labels.count(where: { $0 == index }) < 5 {
      throw .unsuitable(reason: "expected at least 5 rows of each class, found fewer of '\(name.prefix(40))'")
    }
    if classes.count < 2 { throw .unsuitable(reason: "expected at least two classes, found one") }
  }

  private static func read(
    _ source: any RowSource, _ label: String?, nanIsMissing: Bool
  ) throws(DataError) -> Result<TrainingRows, IntegrityError> {
    let names = source.columns.map(\.name)
    let place = names.firstIndex { name in
      if let label { label == name } else { labelNames.contains(name.lowercased()) }
    }
    guard let place else { return .failure(.noLabels(wanted: label, found: names)) }
    let split = names.firstIndex(of: "split")
    let shaped = source.columns.indices.filter { source.columns[$0].shape != nil && $0 != place }
    let others = source.columns.indices.filter { $0 != place && $0 != split }
    guard !others.isEmpty else {
      return .failure(.unsuitable(reason: "expected columns beside the labels, found none"))
    }
    var (places, labelTexts): ([Int], [String]) = ([], [])
    var numbers = [[Float]](repeating: [], count: names.count)
    var texts = [[String]](repeating: [], count: names.count)
    var total = 0
    while let block = try source.next() {
      for row in 0..<block.count {
        if let split,
          case .text(let part) = Cell(block.cell(row: row, column: split), of: source.columns[split]),
          part != "train"
        {
          continue
        }
        let cell = Cell(block.cell(row: row, column: place), of: source.columns[place])
        switch cell {
        case .missing: return .failure(.badLabel(row: block.first + row, found: "nothing"))
        case .json, .file, .numbers:
          return .failure(.badLabel(row: block.first + row, found: "something else"))
        default: labelTexts.append(cell.text)
        }
        places.append(block.first + row)
        for column in others {
          switch Cell(block.cell(row: row, column: column), of: source.columns[column]) {
          case .numbers(let all):
            try check(all, of: source.columns[column], row: block.first + row, nanIsMissing)
            total += all.count
            numbers[column] += all.map(Float.init)
          case .missing: numbers[column].append(.nan)
          case .text(let text): texts[column].append(text)
          case let cell:
            let number = cell.number ?? .nan
            if cell.number != nil {
              try check([number], of: source.columns[column], row: block.first + row, nanIsMissing)
            }
            numbers[column].append(Float(number))
          }
          total += 1
        }
        guard total <= mostNumbers else {
          return .failure(
            .unsuitable(
              reason: "expected at most \(mostNumbers) numbers, found more: look at a part of the rows"))
        }
      }
    }
    guard let classes = ordered(labelTexts) else {
      return .failure(.unsuitable(reason: "expected at most \(mostClasses) classes, found more"))
    }
    let byText = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    let labels = labelTexts.map { byText[$0]! }
    let columns = features(source.columns, others, numbers, texts, rows: places.count)
    guard !columns.isEmpty else {
      return .failure(.unsuitable(reason: "expected columns of numbers, found none"))
    }
    let shape = shaped.count == 1 && others.count == 1 ? source.columns[shaped[0]].shape : nil
    let (values, width) = woven(columns, rows: places.count)
    return .success(
      TrainingRows(
        places: places, values: values, width: width, names: columns.flatMap { $0.names }, shape: shape,
        labels: labels, classes: classes))
  }

  /// Arrays may have numbers that are not finite; of text they were refused when it was read.
  private static func check(
    _ numbers: [Double], of column: Column, row: Int, _ nanIsMissing: Bool
  ) throws(DataError) {
    guard let found = numbers.firstIndex(where: { !$0.isFinite && !(nanIsMissing && $0.isNaN) }) else {
      return
    }
    let place = column.shape == nil ? column.name : "\(column.name), element \(found)"
    throw .notFinite(
      CellPlace(row: row, column: place), found: numbers[found].isNaN ? "NaN" : "infinity")
  }

  private init(
    places: [Int], values: [Float], width: Int, names: [String], shape: [Int]?, labels: [Int],
    classes: [String]
  ) {
    (self.places, self.values, self.width, self.names) = (places, values, width, names)
    (self.shape, self.labels, self.classes) = (shape, labels, classes)
  }

  /// Rows that are there already.
  package init(values: [Float], width: Int, shape: [Int]? = nil, labels: [Int], classes: Int) {
    self.init(
      places: Array(labels.indices), values: values, width: width, names: (0..<width).map { "x\($0)" },
      shape: shape,
      labels: labels, classes: (0..<classes).map(String.init))
  }

  /// The classes in the order of their numbers, or of their texts.
  private static func ordered(_ texts: [String]) -> [String]? {
    let all = Set(texts)
    guard all.count <= mostClasses else { return nil }
    return all.sorted { left, right in
      if let a = Double(left), let b = Double(right) { return a < b }
      return left < right
    }
  }

  /// Columns of numbers: what is missing has the column's mean.
  private static func features(
    _ columns: [Column], _ others: [Int], _ numbers: [[Float]], _ texts: [[String]], rows: Int
  ) -> [(names: [String], values: [Float])] {
    var found: [(names: [String], values: [Float])] = []
    for column in others {
      let (name, each) = (columns[column].name, columns[column].elements)
      if texts[column].count == rows {
        let values = Set(texts[column]).sorted()
        guard values.count > 1, values.count <= mostTexts else { continue }
        for value in values {
          found.append((["\(name)=\(value)"], texts[column].map { $0 == value ? 1 : 0 }))
        }
      } else if numbers[column].count == rows * each {
        let there = numbers[column].filter { !$0.isNaN }
        guard !there.isEmpty else { continue }
        let mean = Float(there.reduce(0.0) { $0 + Double($1) } / Double(there.count))
        let filled = numbers[column].map { $0.isNaN ? mean : $0 }
        found.append((each == 1 ? [name] : (0..<each).map { "\(name)[\($0)]" }, filled))
      }
    }
    return found
  }

  private static func woven(
    _ columns: [(names: [String], values: [Float])], rows: Int
  ) -> (values: [Float], width: Int) {
    let width = columns.reduce(0) { $0 + $1.names.count }
    if columns.count == 1 { return (columns[0].values, width) }
    var values: [Float] = []
    values.reserveCapacity(rows * width)
    for row in 0..<rows {
      for column in columns {
        let each = column.names.count
        values += column.values[row * each..<(row + 1) * each]
      }
    }
    return (values, width)
  }

  package func row(_ row: Int) -> ArraySlice<Float> { values[row * width..<(row + 1) * width] }
}
