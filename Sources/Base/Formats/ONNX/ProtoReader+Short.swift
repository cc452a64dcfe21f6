// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension ProtoReader {
  /// The beginning of a string: names and paths are short, and one that is not equals no name that anyone expects.
  package func short(_ field: ProtoField) throws(ProtoError) -> String {
    let contents = try contents(field)
    return String(decoding: contents.slice(0..<min(contents.count, Limits.graphName)).array(), as: UTF8.self)
  }
}
