// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The index of a checkpoint of TensorFlow, whose numbers lie in data files beside it, or a checkpoint of the first
/// kind, which holds them itself.
struct CheckpointFormat: ScannedFormat {
  let name = "tensorflow-checkpoint"

  /// Bytes of an element by `DataType`.
  private static let width: [UInt64: Int] = [
    1: 4, 2: 8, 3: 4, 4: 1, 5: 2, 6: 1, 8: 8, 9: 8, 10: 1, 11: 1, 12: 1, 13: 4, 14: 2, 15: 2, 16: 2, 17: 2,
    18: 16, 19: 2, 22: 4, 23: 8, 24: 1, 25: 1, 26: 1, 27: 1, 28: 1, 29: 1, 30: 1,
  ]

  func fits(_ bytes: Bytes) -> Bool { SortedTable.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let table: SortedTable
    do {
      table = try SortedTable(bytes)
    } catch {
      scan.note(.brokenCheckpoint, "\(error)", place)
      return name
    }
    if table.unclaimed != 0 {
      scan.note(.brokenCheckpoint, "\(table.unclaimed) bytes belong to no block of the index", place)
    }
    guard table.entries.first?.key.isEmpty == true else {
      scan.note(.brokenCheckpoint, "expected a header in the index, found none", place)
      return name
    }
    do throws(ProtoError) {
      // The header of the first kind is a message in field 1, that of the second a number.
      var header = ProtoReader(table.entries[0].value)
      if let first = try header.next(), first.number == 1, first.wire == .bytes {
        try scanSlices(table, place, in: &scan)
      } else {
        judge(try TensorBundle(table), place, in: &scan)
      }
    } catch {
      scan.note(.brokenCheckpoint, "\(error)", place)
    }
    return name
  }

  private func judge(_ bundle: TensorBundle, _ place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    for field in bundle.unknownFields {
      notes.add(.unknownGraphField, "the header of the checkpoint has a field \(field)")
    }
    guard bundle.shards > 0, bundle.shards <= 100_000 else {
      return scan.note(.brokenCheckpoint, "expected shards, found \(bundle.shards)", place)
    }
    var needed: [Int: Int] = [:]
    for entry in bundle.entries {
      let name = entry.name.prefix(100)
      for field in entry.unknownFields {
        notes.add(.unknownGraphField, "the entry \(name) has a field \(field)")
      }
      if let problem = Self.contradiction(entry, shards: bundle.shards) {
        notes.add(.brokenCheckpoint, "\(name): \(problem)")
      }
      if entry.type != 7, Self.width[entry.type] == nil {
        notes.add(
          .checkpointObject, "expected numbers or strings, found the type \(entry.type)", construct: "\(name)"
        )
      }
      let (end, overflow) = entry.offset.addingReportingOverflow(entry.size)
      if overflow {
        notes.add(.brokenCheckpoint, "\(name): an offset and a size that overflow")
      } else if entry.shard < bundle.shards {
        needed[entry.shard] = max(needed[entry.shard] ?? 0, end)
      }
    }
    scan.report(notes, place)
    for shard in needed.keys.sorted() { find(shard, of: bundle.shards, needed[shard] ?? 0, place, in: &scan) }
  }

  private static func contradiction(_ entry: TensorBundle.Entry, shards: Int) -> String? {
    guard entry.shard < shards else { return "expected one of \(shards) shards, found \(entry.shard)" }
    guard let width = width[entry.type], !entry.isSliced else { return nil }
    var bytes = width
    for dimension in entry.dimensions {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: Int(dimension))
      guard dimension >= 0, !overflow else { return "dimensions that make no size" }
      bytes = product
    }
    return bytes == entry.size ? nil : "expected \(bytes) bytes, found \(entry.size)"
  }

  /// The data file beside the index, whose name follows from the index's own.
  private func find(
    _ shard: Int, of shards: Int, _ needed: Int, _ place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    guard let own = scan.name(of: place)?.split(separator: "/").last, own.hasSuffix(".index") else {
      return scan.note(.checkpointData, "the data files of the index are not beside it", place)
    }
    func five(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    let file = "\(own.dropLast(6)).data-\(five(shard))-of-\(five(shards))"
    switch scan.folder(of: place).dataFile(file) {
    case .inside(let size) where size >= needed, .shared(let size) where size >= needed:
      scan.hold([file], at: place)
    case .inside(let size), .shared(let size):
      scan.note(.checkpointData, "expected \(needed) bytes in \(file), found \(size)", place)
    case .missing: scan.note(.checkpointData, "expected \(file) beside the index, found nothing", place)
    case .escapes: scan.note(.assetEscape, "\(file) follows a link out of the folder", construct: file, place)
    }
  }

  /// A checkpoint of the first kind: every value is a message with a tensor.
  private func scanSlices(
    _ table: SortedTable, _ place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) throws(ProtoError) {
    for entry in table.entries.dropFirst() {
      var reader = ProtoReader(entry.value)
      while let field = try reader.next() {
        guard field.number == 2 else {
          scan.note(.unknownGraphField, "a slice of the checkpoint has a field \(field.number)", place)
          continue
        }
        var slice = try reader.message(field)
        while let part = try slice.next() {
          guard part.number == 3 else { continue }
          let tensor = try GraphTensor(slice.message(part))
          if tensor.handles > 0 || !tensor.variants.isEmpty {
            scan.note(.checkpointObject, "expected numbers or strings, found objects", place)
          }
        }
      }
    }
  }
}

extension Note.Kind {
  static let brokenCheckpoint: Self = "checkpoint.broken"
  static let checkpointData: Self = "checkpoint.data"
  static let checkpointObject: Self = "checkpoint.object"
}
