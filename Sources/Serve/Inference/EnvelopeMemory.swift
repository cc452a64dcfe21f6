// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The outline of the last question on a connection. With raw tensors the JSON of the next is often the same, byte for byte, and is
/// not read again then.
package struct EnvelopeMemory: Sendable {
  private var json: [UInt8] = []
  private var envelope: RequestEnvelope?

  /// Bytes of JSON that are remembered.
  private static let most = 4_096

  package init() {}

  /// - Throws: ``InferenceError/notJSON(_:)``, ``InferenceError/malformed(_:)``.
  mutating func envelope(of bytes: Span<UInt8>) throws(InferenceError) -> RequestEnvelope {
    if let envelope, bytes.count == json.count, isSame(bytes) { return envelope }
    let found = try RequestEnvelope(bytes)
    if bytes.count <= Self.most {
      json = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
      envelope = found
    }
    return found
  }

  private func isSame(_ bytes: Span<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe json.withUnsafeBufferPointer { json in unsafe bytes.elementsEqual(json) }
    }
  }
}
