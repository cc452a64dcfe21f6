// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
import MartletFormats
import NIOCore

/// A remote file of which only what decides the verdict is fetched. What was not fetched reads as zeros, which nothing
/// takes for a harmless format: a member that a loader would interpret is always fetched.
struct RemoteFile {
  private let fetcher: Fetcher
  private let address: String
  private var sparse: SparseFile
  private var tag: String?
  private(set) var fetched = 0
  private(set) var size = 0

  /// Bytes that one file may cost.
  private static let limit = 2 << 30
  private static let head = 64 << 10

  /// Fetches what a scan has to see.
  /// - Returns: the bytes, with holes, and how many were fetched.
  static func read(_ address: String, with fetcher: Fetcher) async throws -> (bytes: Bytes, fetched: Int) {
    var file = try RemoteFile(address, fetcher)
    try await file.open()
    try await file.plan()
    return (try file.sparse.bytes(), file.fetched)
  }

  private init(_ address: String, _ fetcher: Fetcher) throws {
    self.address = address
    self.fetcher = fetcher
    sparse = try SparseFile()
  }

  private mutating func open() async throws {
    let part = try await fetcher.get(address, 0..<Self.head, limit: Self.limit)
    tag = part.tag
    size = part.size
    try sparse.setSize(size)
    try keep(part, at: 0)
  }

  private mutating func plan() async throws {
    let start = try sparse.bytes()
    if sparse.covers(0..<size) { return }
    if start.starts(with: [0x50, 0x4B, 3, 4]) { return try await planZip() }
    if start.starts(with: Array("GGUF".utf8)) { return try await planHeader() }
    if start.count > 9, start[8] == UInt8(ascii: "{"), start[5] == 0, start[6] == 0, start[7] == 0 {
      var length = 0
      for index in (0..<5).reversed() { length = length << 8 | Int(start[index]) }
      if length <= Limits.safetensorsHeader, 8 + length <= size { return try await fetch(0..<8 + length) }
    }
    try await fetch(0..<size)
  }

  /// More and more of the front, until nothing reads beyond it.
  private mutating func planHeader() async throws {
    var length = 1 << 20
    while length < size {
      try await fetch(0..<length)
      // The tensors' table ends where the header ends: one that is cut off reads as broken.
      if GGUFHeader.isWhole(try sparse.bytes().slice(0..<min(length, size))) { return }
      length *= 2
    }
    try await fetch(0..<size)
  }

  /// The directory, every header, and every member but the numbers that the pickle of a torch archive names.
  private mutating func planZip() async throws {
    try await fetch(max(0, size - Self.head)..<size)
    var directory = ZipDirectory(try sparse.bytes())
    if let range = directory?.range, !sparse.covers(range) {
      try await fetch(range)
      directory = ZipDirectory(try sparse.bytes())
    }
    guard let directory, let entries = directory.entries else { return try await fetch(0..<size) }
    let root = entries.first { $0.name.hasSuffix("/data.pkl") }.map { $0.name.dropLast(8) }
    var wanted: [Range<Int>] = []
    for (index, entry) in entries.enumerated() {
      let end = index + 1 < entries.count ? entries[index + 1].headerOffset : directory.range.lowerBound
      guard entry.headerOffset <= end, end <= size else { return try await fetch(0..<size) }
      let isNumbers = root.map { entry.name.hasPrefix($0 + "data/") } ?? false
      if isNumbers, entry.method == 0, entry.compressedSize > Self.head {
        let front = entry.headerOffset..<min(end, entry.headerOffset + 1024)
        // What lies behind the numbers: a descriptor, or something that is hidden there.
        let behind = min(end, max(front.upperBound, end - max(0, end - entry.headerOffset - entry.compressedSize)))..<end
        wanted += [front, behind]
      } else {
        wanted.append(entry.headerOffset..<end)
      }
    }
    if let first = entries.map(\.headerOffset).min(), first > 0 { wanted.append(0..<first) }
    wanted.append(directory.range.lowerBound..<size)
    for range in Self.merged(wanted) { try await fetch(range) }
  }

  /// Neighbours become one request.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 16384 {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private mutating func fetch(_ range: Range<Int>) async throws {
    for missing in sparse.missing(in: range) {
      guard fetched + missing.count <= Self.limit else {
        throw RemoteError.tooLarge(url: address, bytes: fetched + missing.count, limit: Self.limit)
      }
      var at = missing.lowerBound
      while at < missing.upperBound {
        let piece = at..<min(missing.upperBound, at + Limits.fetchedPiece)
        let part = try await fetcher.get(address, piece, limit: Self.limit)
        guard part.size == size, part.tag == tag else { throw RemoteError.changed(url: address) }
        try keep(part, at: piece.lowerBound)
        at = piece.upperBound
      }
    }
  }

  private mutating func keep(_ part: Fetcher.Part, at offset: Int) throws {
    fetched += part.bytes.readableBytes
    try part.bytes.withUnsafeReadableBytes { unsafe try sparse.write($0, at: part.isWhole ? 0 : offset) }
  }
}
