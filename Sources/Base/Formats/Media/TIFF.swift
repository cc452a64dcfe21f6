// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The tagged image file format (TIFF 6.0): directories of fields, each with its values or where they lie.
package enum TIFF {
  private static let sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]

  /// Where the last thing that a directory names ends, or nil when something lies outside of the file.
  package static func end(of bytes: Bytes) -> Int? {
    let isLittle = bytes.starts(with: [0x49])
    func number(_ width: Int, at offset: Int) -> Int? {
      guard offset >= 0, offset <= bytes.count - width else { return nil }
      let span = bytes.span
      var value = 0
      for index in 0..<width {
        value = value << 8 | Int(span[offset + (isLittle ? width - 1 - index : index)])
      }
      return value
    }
    guard bytes.count >= 8, var directory = number(4, at: 4) else { return nil }
    var end = 8
    // Parts and entries over all directories: one that names itself as the next would be read without end.
    var left = Limits.mediaParts
    var seen: Set<Int> = []
    while directory != 0 {
      guard seen.insert(directory).inserted, let count = number(2, at: directory), count < left else {
        return nil
      }
      left -= count + 1
      var starts: [Int] = []
      var lengths: [Int] = []
      for index in 0..<count {
        let at = directory + 2 + 12 * index
        guard let tag = number(2, at: at), let type = number(2, at: at + 2),
          let values = number(4, at: at + 4),
          let place = number(4, at: at + 8), type < sizes.count
        else { return nil }
        let length = sizes[type] * values
        let start = length <= 4 ? at + 8 : place
        guard start <= bytes.count, length <= bytes.count - start else { return nil }
        if length > 4 { end = max(end, start + length) }
        guard [273, 279, 324, 325].contains(tag), type == 3 || type == 4 else { continue }
        guard values <= left else { return nil }
        left -= values
        for value in 0..<values {
          guard let found = number(sizes[type], at: start + sizes[type] * value) else { return nil }
          if tag == 273 || tag == 324 { starts.append(found) } else { lengths.append(found) }
        }
      }
      guard starts.count == lengths.count else { return nil }
      for (start, length) in zip(starts, lengths) {
        guard start <= bytes.count, length <= bytes.count - start else { return nil }
        end = max(end, start + length)
      }
      end = max(end, directory + 6 + 12 * count)
      guard let next = number(4, at: directory + 2 + 12 * count) else { return nil }
      directory = next
    }
    // Writers align what comes next, also where nothing comes.
    var aligned = end
    while aligned < bytes.count, aligned - end < 16, bytes[aligned] == 0 { aligned += 1 }
    return aligned == bytes.count ? aligned : end
  }
}
