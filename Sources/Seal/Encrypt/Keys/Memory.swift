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

  /// Zeroes plaintext that swift-crypto gave us, before its memory goes back to the heap.
  static func erase(_ data: inout Data) {
    unsafe data.withUnsafeMutableBytes { bytes in
      if let start = bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
    }
  }
}
