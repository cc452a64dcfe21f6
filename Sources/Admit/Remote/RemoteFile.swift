// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A remote file of which only what decides the verdict is fetched. What was not fetched reads as zeros, and is handed to
/// the scanner as holes, which prove nothing.
struct RemoteFile {
  let bytes: Bytes
  let holes: [Range<Int>]
  let fetched: Int
  var size: Int { bytes.count }

  /// Fetches what a scan has to see.
  /// - Parameter edgesOnly: of what has no header, the front and the end are enough.
  static func read(
    _ address: String, edgesOnly: Bool = false, with fetcher: Fetcher
  ) async throws(RemoteError) -> RemoteFile {
    var plan = try FetchPlan(address, fetcher, edgesOnly: edgesOnly)
    try await plan.run()
    let bytes = try plan.file.bytes()
    return RemoteFile(bytes: bytes, holes: plan.file.missing(in: 0..<bytes.count), fetched: plan.fetched)
  }
}

/// Finds out, piece by piece, what of a file is needed.
private struct FetchPlan {
  private let fetcher: Fetcher
  private let address: String
  private let edgesOnly: Bool
  private var tag: String?
  private var size = 0
  let file: SparseFile
  private(set) var fetched = 0

  private static let head = 64 << 10
  /// A comment of a zip archive, the records around it, and a little.
  private static let tail = 66 << 10
  /// What is fetched of a stored member of numbers: its header.
  private static let front = 1024

  init(_ address: String, _ fetcher: Fetcher, edgesOnly: Bool) throws(RemoteError) {
    self.address = address
    self.fetcher = fetcher
    self.edgesOnly = edgesOnly
    file = try SparseFile()
  }

  mutating func run() async throws(RemoteError) {
    let part = try await fetcher.get(address, 0..<Self.head, into: file, limit: Limits.fetchedFile)
    tag = part.tag
    size = part.size
    fetched = part.count
    try file.setSize(size)
    guard !file.missing(in: 0..<size).isEmpty else { return }
    try await fetch(max(0, size - Self.tail)..<size)
    let bytes = try file.bytes()
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) { return try await planZip(bytes) }
    // Behind anything else may lie an archive, which some readers find from the end.
    guard !ZipArchive.looksLikeOne(bytes) else { return try await fetch(0..<size) }
    if bytes.starts(with: Array("GGUF".utf8)) { return try await planGGUF() }
    if let end = Self.safetensorsHeader(bytes) { return try await fetch(0..<end) }
    if !edgesOnly { try await fetch(0..<size) }
  }

  private static func safetensorsHeader(_ bytes: Bytes) -> Int? {
    guard bytes.count > 9, bytes[8] == UInt8(ascii: "{") else { return nil }
    var length: UInt64 = 0
    for index in 0..<8 { length |= UInt64(bytes[index]) << (8 * UInt64(index)) }
    guard length <= UInt64(Limits.safetensorsHeader), Int(length) <= bytes.count - 8 else { return nil }
    return 8 + Int(length)
  }

  /// More and more of the front, until the header ends in it or is broken for a reason that more bytes do not change.
  private mutating func planGGUF() async throws(RemoteError) {
    var length = 1 << 20
    var last: [StructureError]?
    while length < size {
      try await fetch(0..<length)
      let header = GGUF(try file.bytes().slice(0..<length))
      if let start = header.dataStart {
        return try await fetch(0..<min(max(start, length), size))
      }
      if header.errors == last { return }
      last = header.errors
      length *= 2
    }
    try await fetch(0..<size)
  }

  /// The directory, every header, and every member but the numbers of a torch archive.
  private mutating func planZip(_ start: Bytes) async throws(RemoteError) {
    guard var directory = ZipDirectory(start) else { return try await fetch(0..<size) }
    if !file.missing(in: directory.range).isEmpty {
      try await fetch(directory.range)
      guard let again = ZipDirectory(try file.bytes()), again.range == directory.range else {
        return try await fetch(0..<size)
      }
      directory = again
    }
    guard let entries = directory.entries else { return try await fetch(0..<size) }
    let root = entries.first { $0.name.hasSuffix("/data.pkl") }.map { $0.name.dropLast(8) }
    var wanted = [0..<(entries.first?.headerOffset ?? size), directory.range.lowerBound..<size]
    for (index, entry) in entries.enumerated() {
      let next = index + 1 < entries.count ? entries[index + 1].headerOffset : directory.range.lowerBound
      guard entry.headerOffset <= next, next <= size else { return try await fetch(0..<size) }
      let dataEnd = entry.headerOffset.addingReportingOverflow(entry.compressedSize)
      if let root, Self.isStorage(entry, under: root), !dataEnd.overflow {
        let front = min(next, entry.headerOffset + Self.front)
        wanted.append(entry.headerOffset..<front)
        // What lies behind the numbers: a descriptor, or something that is hidden there.
        wanted.append(min(next, max(front, dataEnd.partialValue))..<next)
      } else {
        wanted.append(entry.headerOffset..<next)
      }
    }
    for range in Self.merged(wanted) { try await fetch(range) }
  }

  /// `root/data/17`, stored: raw numbers, if the pickle says so.
  private static func isStorage(_ entry: ZipEntry, under root: Substring) -> Bool {
    guard entry.method == 0, entry.compressedSize > head, entry.name.hasPrefix(root + "data/") else {
      return false
    }
    let key = entry.name.dropFirst(root.count + 5)
    return !key.isEmpty && key.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
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

  private mutating func fetch(_ range: Range<Int>) async throws(RemoteError) {
    for missing in file.missing(in: range) {
      guard missing.count <= Limits.fetchedFile - fetched else {
        throw .tooLarge(url: Self.shown(address), bytes: fetched + missing.count, limit: Limits.fetchedFile)
      }
      var at = missing.lowerBound
      while at < missing.upperBound {
        let piece = at..<min(missing.upperBound, at + Limits.fetchedPiece)
        at = piece.upperBound
        // A server that knows no ranges may have sent everything in the meantime.
        if file.missing(in: piece).isEmpty { continue }
        let part = try await fetcher.get(address, piece, into: file, limit: Limits.fetchedFile - fetched)
        guard part.size == size, part.tag == tag else { throw .changed(url: Self.shown(address)) }
        fetched += part.count
      }
    }
  }

  private static func shown(_ address: String) -> String {
    String(address.prefix { $0 != "?" })
  }
}
