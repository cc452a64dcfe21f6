// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension HDF5File {
  /// The files that a virtual dataset is put together from; `.` is this file.
  package mutating func virtualSources(heap: Int?, index: Int) throws(HDF5Error) -> [String] {
    guard let heap else { return [] }
    let bytes = try globalObject(heap: heap, index: index)
    let span = bytes.span
    var cursor = try HDF5Cursor(span, at: 0, sizes, "the sources of a virtual dataset")
    let version = try cursor.u8()
    let count = try cursor.length()
    guard version <= 1 else { throw .unsupported(what: "a virtual dataset", offset: heap) }
    var files: [String] = []
    for _ in 0..<count {
      try step(at: heap)
      let flags = version == 1 ? try cursor.u8() : 0
      // The second version names a file once and points to it later.
      if flags & 4 != 0 {
        files.append(".")
      } else if flags & 1 != 0 {
        try cursor.skip(sizes.length)
      } else {
        files.append(try cursor.terminatedText())
      }
      if flags & 2 != 0 { try cursor.skip(sizes.length) } else { _ = try cursor.terminatedText() }
      try selection(&cursor, heap)
      try selection(&cursor, heap)
    }
    return files
  }

  /// Moves over the description of a part of a dataspace.
  private mutating func selection(_ cursor: inout HDF5Cursor, _ heap: Int) throws(HDF5Error) {
    let type = try cursor.u32()
    let version = try cursor.u32()
    switch (type, version) {
    case (0, _), (3, _): try cursor.skip(8)
    case (2, 1):
      try cursor.skip(4)
      try cursor.skip(try cursor.u32())
    case (2, 2):
      try cursor.skip(1 + 4)
      let rank = try cursor.u32()
      guard rank <= 32 else { throw .corrupting(what: "a selection of \(rank) dimensions", offset: heap) }
      try cursor.skip(rank * 4 * 8)
    case (2, 3):
      let flags = try cursor.u8()
      let width = try cursor.u8()
      let rank = try cursor.u32()
      guard rank <= 32, [2, 4, 8].contains(width) else {
        throw .corrupting(what: "a selection of \(rank) dimensions", offset: heap)
      }
      if flags & 1 != 0 {
        try cursor.skip(rank * 4 * width)
      } else {
        let blocks = try cursor.count(width)
        let (bytes, overflow) = blocks.multipliedReportingOverflow(by: 2 * rank * width)
        guard !overflow else { throw .malformed(what: "a selection", offset: heap) }
        try cursor.skip(bytes)
      }
    default: throw .unsupported(what: "a selection of kind \(type)", offset: heap)
    }
  }
}
