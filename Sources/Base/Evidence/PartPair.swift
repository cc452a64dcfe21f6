// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CSHA256
import MartletBytes

/// Reads and hashes two parts of a model's files at once on one thread, where the processor can: the steps of one message wait
/// for each other, so two take hardly longer than one.
struct PartPair {
  static let isAvailable = sha256_pair_is_available()

  private let first: PartLane
  private let second: PartLane

  init(_ tree: ModelTree) throws(ManifestError) {
    first = try PartLane(tree)
    second = try PartLane(tree)
  }

  /// Hashes parts until none is left.
  /// - Throws: ``ManifestError/changed(_:)`` when a file is not the one that was listed, or is written to meanwhile.
  func run(_ queue: PartQueue) throws(ManifestError) {
    while true {
      try first.fill(queue)
      try second.fill(queue)
      switch (first.blocks, second.blocks) {
      case (0, 0): return
      case (0, let blocks): second.compress(blocks, beside: first)
      case (let blocks, 0): first.compress(blocks, beside: second)
      case (let one, let other): first.compress(min(one, other), beside: second)
      }
    }
  }
}

/// One of the two messages, and the bytes of it that wait to be hashed.
@safe private final class PartLane {
  /// Bytes that are read at once.
  private static let piece = 128 << 10
  private static let block = 64

  private let tree: ModelTree
  private let root: OpenedFile
  /// A piece, and the padding of the last one.
  private let buffer: UnsafeMutableRawBufferPointer
  private var current: (place: Int, length: Int)?
  private var file: PartFile?
  private var isPadded = false
  /// The bytes of `buffer` that wait: whole blocks.
  private var waiting = 0..<0
  private var state: [UInt32] = []

  /// Blocks that wait.
  var blocks: Int { waiting.count / Self.block }

  init(_ tree: ModelTree) throws(ManifestError) {
    self.tree = tree
    root = try .root(tree.path)
    unsafe buffer = .allocate(byteCount: Self.piece + 2 * Self.block, alignment: 64)
  }

  deinit { unsafe buffer.deallocate() }

  /// Makes that blocks wait, of this part or of the next; after the last part none do.
  func fill(_ queue: PartQueue) throws(ManifestError) {
    guard waiting.isEmpty else { return }
    if isPadded { try finish(queue) }
    if current == nil {
      guard let next = queue.take() else { return }
      file = try PartFile(next.part, of: tree, root)
      current = (next.place, next.part.range.count)
      // The first 32 bits of the fractional parts of the square roots of the first eight primes (FIPS 180-4, 5.3.3).
      state = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
        0x5be0_cd19,
      ]
    }
    let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<Self.piece])
    guard let current, var filled = try unsafe file?.read(into: piece) else { return }
    if file?.rest.isEmpty == true { filled = pad(filled, of: current.length) }
    waiting = 0..<filled
  }

  /// Ends the message of `length` bytes, of which `filled` wait, as SHA-256 does: a one bit, zeros, the length in bits.
  private func pad(_ filled: Int, of length: Int) -> Int {
    let end = (filled + 8) / Self.block * Self.block + Self.block
    unsafe buffer[filled] = 0x80
    for index in filled + 1..<end - 8 { unsafe buffer[index] = 0 }
    unsafe buffer.storeBytes(of: (UInt64(length) * 8).bigEndian, toByteOffset: end - 8, as: UInt64.self)
    isPadded = true
    return end
  }

  private func finish(_ queue: PartQueue) throws(ManifestError) {
    guard let current else { return }
    try file?.check()
    queue.finish(
      current.place,
      Digest(
        bytes: state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }))
    self.current = nil
    file = nil
    isPadded = false
  }

  /// Hashes `blocks` of what waits, and as many of `other`, unless nothing waits there.
  func compress(_ blocks: Int, beside other: PartLane) {
    let data = unsafe UnsafePointer(bytes: buffer, waiting.lowerBound)
    if other.waiting.isEmpty {
      var idle = state
      unsafe sha256_pair(&state, data, &idle, data, blocks)
    } else {
      unsafe sha256_pair(
        &state, data, &other.state, UnsafePointer(bytes: other.buffer, other.waiting.lowerBound), blocks)
      other.waiting.removeFirst(blocks * Self.block)
    }
    waiting.removeFirst(blocks * Self.block)
  }
}

extension UnsafePointer<UInt8> {
  fileprivate init(bytes: UnsafeMutableRawBufferPointer, _ offset: Int) {
    unsafe self.init((bytes.baseAddress! + offset).assumingMemoryBound(to: UInt8.self))
  }
}
