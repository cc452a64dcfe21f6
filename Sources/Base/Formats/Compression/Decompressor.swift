// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CZlib
package import MartletBytes

/// Why a compressed stream did not come out whole.
package enum DecompressionError: Error, Equatable, Sendable {
  case damaged(reason: String)
  /// The source ends inside of the stream.
  case truncated
  /// It becomes more than `limit` bytes.
  case tooLarge(limit: Int)
  /// No decoder takes such a stream.
  case unsupported
  /// There is no room for what comes out.
  case noRoom(reason: String)
}

extension DecompressionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .damaged(let reason): "the compressed data is damaged: \(reason)"
    case .truncated: "the compressed data is cut short"
    case .tooLarge(let limit): "the compressed data becomes more than \(limit) bytes"
    case .unsupported: "the compressed data needs a decoder with settings that are not supported"
    case .noRoom(let reason): "there is no room for the data: \(reason)"
    }
  }
}

/// Runs a decompressor, a piece at a time and never beyond a limit.
package enum Decompressor {
  /// What one stream became.
  package struct Outcome: Sendable {
    /// Bytes that came out.
    package var made = 0
    /// Bytes of the source that the stream took.
    package var consumed = 0
    /// Of what came out.
    package var crc32: UInt32 = 0
    /// What stopped it. What came out until then is in the spool.
    package var failure: DecompressionError?
  }

  private static let piece = 128 << 10

  /// Decodes one stream from the start of `source`.
  /// - Parameter spool: takes what comes out; without one it is only counted.
  package static func run(
    _ coder: Coder, _ source: Bytes, into spool: BytesSpool?, limit: Int, checking: Bool = false
  ) -> Outcome {
    var outcome = Outcome()
    guard let decoder = coder.decoder() else {
      outcome.failure = .unsupported
      return outcome
    }
    unsafe source.withUnsafeBytes { raw in
      let output = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
      defer { unsafe output.deallocate() }
      var sum: uLong = 0
      while outcome.failure == nil {
        // The libraries count in 32 bits, so that a long source is handed over in parts.
        let given = min(raw.count - outcome.consumed, 1 << 30)
        let input = unsafe UnsafeRawBufferPointer(
          rebasing: raw[outcome.consumed..<outcome.consumed + given])
        let step = unsafe decoder.step(input, output)
        outcome.consumed += step.taken
        let kept = min(step.made, limit - outcome.made)
        let fresh = unsafe UnsafeRawBufferPointer(rebasing: output[..<kept])
        outcome.made += kept
        if let start = fresh.baseAddress, checking {
          sum = unsafe crc32_z(sum, start.assumingMemoryBound(to: UInt8.self), kept)
        }
        if kept > 0, let spool {
          do throws(BytesError) { try unsafe spool.append(fresh) } catch {
            outcome.failure = .noRoom(reason: "\(error)")
            break
          }
        }
        if kept < step.made {
          outcome.failure = .tooLarge(limit: limit)
          break
        }
        switch step.state {
        case .end:
          outcome.crc32 = UInt32(truncatingIfNeeded: sum)
          return
        case .failed(let reason): outcome.failure = .damaged(reason: reason)
        case .more:
          if step.taken == 0, step.made == 0 { outcome.failure = .truncated }
        }
      }
      outcome.crc32 = UInt32(truncatingIfNeeded: sum)
    }
    return outcome
  }

  /// Whether `count` bytes come out of a stream, or all of a shorter one.
  /// - Parameter damagedFrom: as many are enough when the stream breaks then.
  package static func begins(
    _ coder: Coder, _ source: Bytes, count: Int, damagedFrom: Int = .max
  ) -> Bool {
    let outcome = run(coder, source.slice(0..<min(source.count, 64 << 10)), into: nil, limit: count)
    switch outcome.failure {
    case nil, .tooLarge: return true
    case .truncated: return outcome.made > 0
    default: return outcome.made >= damagedFrom
    }
  }
}
