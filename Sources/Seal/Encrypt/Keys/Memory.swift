// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc

/// The places where memory of ours and Foundation's `Data`, which swift-crypto takes and gives, meet.
enum Memory {
  /// A view for the length of one call into swift-crypto, which keeps nothing of it.
  @unsafe static func view(_ bytes: UnsafeRawBufferPointer) -> Data {
    guard let start = bytes.baseAddress else { return Data() }
    return unsafe Data(
      bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
  }

  /// Shows `body` the bytes of `data` without a copy. `Data` itself lets untyped errors through only.
  static func lend(
    _ data: Data, _ body: (UnsafeRawBufferPointer) throws(SealError) -> Void
  ) throws(SealError) {
    var failure: SealError?
    unsafe data.withUnsafeBytes { bytes in
      do throws(SealError) { try unsafe body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Zeroes plaintext that swift-crypto gave us, before its memory goes back to the heap.
  static func erase(_ data: inout Data) {
    unsafe data.withUnsafeMutableBytes { bytes in
      if let start = bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
    }
  }

  /// Lets the heap keep what is freed, up to this many bytes, instead of giving it back to the system for every chunk and
  /// taking it again, page by page, for the next: swift-crypto allocates each chunk it makes. Sealing is half as fast
  /// without.
  static let keepsHeap: Bool = mallopt(trimThreshold, 16 << 20) == 1 && mallopt(topPadding, 1 << 20) == 1

  /// M_TRIM_THRESHOLD and M_TOP_PAD of malloc.h, which the Glibc module leaves out.
  private static let trimThreshold: Int32 = -1
  private static let topPadding: Int32 = -2
}

@_silgen_name("mallopt")
private func mallopt(_ parameter: Int32, _ value: Int32) -> Int32
