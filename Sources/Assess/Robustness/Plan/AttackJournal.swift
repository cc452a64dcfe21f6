// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What a plan of attacks has found so far, in a file: whoever is stopped goes on from there. Random numbers depend on nothing but
/// the seed and the example, so that the result is the same as without a stop.
///
/// The first line says what the work is about, each other one is a batch, as JSON. A line that was cut short is not counted.
package final class AttackJournal {
  /// One attack within one radius.
  struct Stage: Hashable, Codable {
    let radius: Float
    /// Its place in the plan.
    let attack: Int
  }

  /// What was done at a stage.
  struct Work: Equatable {
    /// The rows that were attacked, whether fooled or not.
    var rows: [Int] = []
    /// By row, the point of the unit space that fooled the model.
    var found: [Int: [Float]] = [:]
    var scoreQueries = 0
    var slopeQueries = 0
    var seconds = 0.0

    mutating func add(_ other: Work) {
      rows += other.rows
      found.merge(other.found) { $1 }
      scoreQueries += other.scoreQueries
      slopeQueries += other.slopeQueries
      seconds += other.seconds
    }
  }

  private struct Header: Codable, Equatable {
    let journal: Int
    let work: String
  }

  private struct Line: Codable {
    struct Find: Codable {
      let row: Int
      /// float32, little-endian.
      let point: Data
    }

    let stage: Stage
    let rows: [Int]
    let found: [Find]
    let scoreQueries: Int
    let slopeQueries: Int
    let seconds: Double
  }

  package let path: String
  private let file: FileHandle
  private var done: [Stage: Work] = [:]
  private var isUsed = false

  /// Opens the file, or makes it.
  /// - Parameter work: what it is about: another model, other data or another order has another text.
  /// - Throws: ``RobustnessError/journal(path:reason:)``.
  package init(_ path: String, about work: String) throws(RobustnessError) {
    self.path = path
    if !FileManager.default.fileExists(atPath: path) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw .journal(path: path, reason: "expected a place that can be written to")
      }
    }
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw .journal(path: path, reason: "expected a file that can be read and written")
    }
    self.file = file
    do {
      try read(about: Header(journal: 1, work: work))
    } catch let error as RobustnessError {
      throw error
    } catch {
      throw .journal(path: path, reason: "\(error)")
    }
  }

  private func read(about header: Header) throws {
    let bytes = try file.readToEnd() ?? Data()
    // Only whole lines: the last one may have been cut short.
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? Data()
    let lines = whole.split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    if let first = lines.first {
      guard let found = try? decoder.decode(Header.self, from: first) else {
        throw RobustnessError.journal(
          path: path, reason: "expected what an assessment keeps while it runs, found something else")
      }
      guard found == header else {
        throw RobustnessError.journal(
          path: path,
          reason: "it belongs to other work: it was begun for \(found.work), and this is \(header.work)")
      }
    } else if !(try Self.line(header)).starts(with: bytes) {
      throw RobustnessError.journal(
        path: path, reason: "expected what an assessment keeps while it runs, found something else")
    }
    for (place, text) in lines.dropFirst().enumerated() {
      guard let line = try? decoder.decode(Line.self, from: text) else {
        throw RobustnessError.journal(path: path, reason: "line \(place + 2) cannot be read: begin anew")
      }
      var work = Work(
        rows: line.rows, scoreQueries: line.scoreQueries, slopeQueries: line.slopeQueries,
        seconds: line.seconds)
      for find in line.found { work.found[find.row] = Self.floats(find.point) }
      done[line.stage, default: Work()].add(work)
    }
    try file.truncate(atOffset: UInt64(whole.count))
    if lines.isEmpty { try write(header) }
  }

  /// Takes the file away where nothing was found yet, after a run that could not begin.
  package func discardIfEmpty() {
    if done.isEmpty && !isUsed { try? FileManager.default.removeItem(atPath: path) }
  }

  /// What was done at a stage before this run; nil for nothing. Points of another width are not taken.
  func known(_ stage: Stage, width: Int) -> Work? {
    guard let work = done[stage], work.found.values.allSatisfy({ $0.count == width }) else { return nil }
    return work
  }

  func append(_ work: Work, to stage: Stage) throws(RobustnessError) {
    let found = work.found.keys.sorted().map {
      Line.Find(row: $0, point: Self.data(work.found[$0] ?? []))
    }
    let line = Line(
      stage: stage, rows: work.rows, found: found, scoreQueries: work.scoreQueries,
      slopeQueries: work.slopeQueries, seconds: work.seconds)
    isUsed = true
    do { try write(line) } catch { throw .journal(path: path, reason: "\(error)") }
  }

  private func write(_ value: some Encodable) throws {
    try file.write(contentsOf: Self.line(value))
    try file.synchronize()
  }

  private static func line(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(value) + Data("\n".utf8)
  }

  private static func data(_ values: [Float]) -> Data {
    Data(values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
  }

  private static func floats(_ data: Data) -> [Float] {
    let bytes = Array(data)
    return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
    }
  }
}

extension PlanReport.Attempt {
  /// - Parameter count: of the examples that were left for the attack.
  init(_ attack: any Attack, _ stage: AttackJournal.Stage, on count: Int, _ work: AttackJournal.Work) {
    self.init(
      attack: attack.name, radius: stage.radius, attacked: count, fooled: work.found.count,
      scoreQueries: work.scoreQueries, slopeQueries: work.slopeQueries, seconds: work.seconds)
  }
}
