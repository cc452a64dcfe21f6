// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A text and what is quickly told about it, for the profiles to choose by.
struct TextSample: Sendable {
  let bytes: Bytes
  /// The whole text is strict JSON.
  let isJSON: Bool
  /// The names of the members of a JSON object, at most 256 of them; empty for anything else.
  let keys: [String]
  /// At most the first 4 KiB.
  let head: String

  init(_ bytes: Bytes, isJSON: Bool, keys: [String]) {
    self.bytes = bytes
    self.isJSON = isJSON
    self.keys = isJSON ? keys : []
    head = String(decoding: bytes.slice(0..<min(bytes.count, 4096)).array(), as: UTF8.self)
  }
}
