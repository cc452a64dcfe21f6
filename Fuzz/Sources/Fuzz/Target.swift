// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletScan

/// What can be fuzzed: the scanner as a whole, which tells the format by the bytes, and each parser by its name in
/// `Fuzz/targets`, where its seeds are.
///
/// A body only has to come back: an error is a fine answer, a trap, a hang or memory without bound is none.
enum Target {
  typealias Body = @Sendable (Bytes) -> Void

  static let scan: Body = { _ = Scanner().scan(bytes: $0, name: "fuzz") }

  static let parsers: [String: Body] = archives.merging(arrays, uniquingKeysWith: first)
    .merging(graphs, uniquingKeysWith: first).merging(texts, uniquingKeysWith: first)
    .merging(learners, uniquingKeysWith: first).merging(trust, uniquingKeysWith: first)
    .merging(seal, uniquingKeysWith: first).merging(log, uniquingKeysWith: first)
    .merging(access, uniquingKeysWith: first).merging(data, uniquingKeysWith: first)
    .merging(serve, uniquingKeysWith: first).merging(guarding, uniquingKeysWith: first)

  private static func first(_ one: @escaping Body, _: @escaping Body) -> Body { one }

  /// What a member or a stream may become here: more only costs time.
  static let inflated = 1 << 20
}
