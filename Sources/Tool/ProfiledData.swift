// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFiles
import MartletGuard

/// What `martlet data profile --format json` wrote of the columns of a dataset, as far as a guard needs it.
struct ProfiledData: Decodable {
  struct Column: Decodable {
    struct Value: Decodable {
      let value: String
      let count: Int
    }

    let name: String
    let type: String
    let low: Double?
    let high: Double?
    let isWhole: Bool?
    let values: [Value]?
  }

  let version: Int
  let columns: [Column]

  init(_ path: String) throws {
    guard let bytes = try WholeFile.read(path, atMost: Limits.guardFile) else {
      throw Unusable(description: "there is no file \(path)")
    }
    do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
      throw Unusable(
        description:
          "\(path): expected what `martlet data profile --format json` writes, found another document")
    }
    guard version == 1 else {
      throw Unusable(description: "\(path): expected a profile of version 1, found \(version)")
    }
  }
}

extension InputProfile {
  /// The profile with the ranges and categories of a dataset in place of those that a few rows have.
  ///
  /// Of a table with names for its features each is looked for among the columns. Otherwise the columns of numbers are the features in
  /// their order, or one of them is an array that has them all. A feature of at most 16 whole numbers
  /// keeps to those: with more of them it is a count, of which another may come.
  func widened(by columns: [ProfiledData.Column], path: String) throws -> InputProfile {
    let numbers = columns.filter { $0.low != nil && $0.high != nil }
    func range(_ column: ProfiledData.Column) -> Range {
      let (low, high) = (Float(column.low ?? 0), Float(column.high ?? 0))
      guard column.isWhole == true, let values = column.values, values.count <= 16 else {
        let room = shape.count > 1 ? 0 : (high - low) * 0.5
        return Range(low: low - room, high: high + room)
      }
      let categories = Set(values.compactMap { Float($0.value) }).sorted()
      guard categories.count == values.count, !categories.isEmpty else { return Range(low: low, high: high) }
      return Range(low: low, high: high, categories: categories)
    }
    if let names {
      let found = names.map { name in numbers.first { $0.name == name } }
      if !found.contains(where: { $0 == nil }) {
        return InputProfile(
          type: type, shape: shape, ranges: found.compactMap { $0.map(range) }, names: names)
      }
    }
    // An array in an npz file is one column, as `float32 1x8x8`; labels and the like beside it are others.
    let dimensions = shape.map(String.init).joined(separator: "x")
    if let array = numbers.first(where: { $0.type.split(separator: " ").dropFirst().first == dimensions[...] }
    ) {
      // Its values are those of any element, so that they are no categories of one.
      let (low, high) = (Float(array.low ?? 0), Float(array.high ?? 0))
      let room = shape.count > 1 ? 0 : (high - low) * 0.5
      return InputProfile(
        type: type, shape: shape, ranges: [Range(low: low - room, high: high + room)], names: names)
    }
    guard numbers.count >= width, shape.count == 1 else {
      throw Unusable(
        description:
          "\(path): expected a column of numbers for each of the model's \(width) inputs, or an array \(dimensions) of them, found \(numbers.count)"
      )
    }
    return InputProfile(
      type: type, shape: shape, ranges: numbers.prefix(width).map(range),
      names: names ?? numbers.prefix(width).map(\.name))
  }
}
