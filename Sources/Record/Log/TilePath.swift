// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle

/// Names a file of the log below its directory (C2SP tlog-tiles): 256 hashes or 256 entries, or fewer at the
/// right edge.
///
///     tile/0/x001/x234/067        hashes 256 * 1234067 and on, of level 0
///     tile/1/000.p/8              the first 8 hashes of level 1
///     tile/entries/000.p/8        the first 8 entries
struct TilePath: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    /// Hashes; those of level n each stand for 256^n entries.
    case hashes(level: Int)
    case entries
  }

  /// Hashes or entries of a whole tile.
  static let fullWidth = 256
  /// 256^8 is more than any size.
  static let levels = 0..<8

  let content: Content
  let index: UInt64
  /// In `1...256`.
  let width: Int

  init(content: Content, index: UInt64, width: Int) {
    self.content = content
    self.index = index
    self.width = width
  }

  /// Reads a path of a log. Nil for anything that ``text`` would not write.
  init?(parsing path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard parts.popFirst() == "tile", let kind = parts.popFirst(), var last = parts.popLast() else {
      return nil
    }
    width = parts.last?.hasSuffix(".p") == true ? Int(last) ?? 0 : Self.fullWidth
    guard (1...Self.fullWidth).contains(width) else { return nil }
    if width < Self.fullWidth { last = parts.removeLast().dropLast(2) }
    guard parts.count < 6, parts.allSatisfy({ $0.hasPrefix("x") && $0.count == 4 }), last.count == 3,
      let index = UInt64(parts.map { $0.dropFirst() }.joined() + last)
    else { return nil }
    self.index = index
    if kind == "entries" {
      content = .entries
    } else if let level = Int(kind), Self.levels.contains(level) {
      content = .hashes(level: level)
    } else {
      return nil
    }
    guard text == path else { return nil }
  }

  var isFull: Bool { width == Self.fullWidth }

  /// Relative to the log's directory.
  var text: String {
    let groups = Self.groups(of: index)
    let name = (groups.dropLast().map { "x" + $0 } + groups.suffix(1)).joined(separator: "/")
    return "\(Self.root(of: content))/\(name)" + (isFull ? "" : ".p/\(width)")
  }

  /// The entries that this file says something about.
  var entries: Range<UInt64> { entries(of: 0..<width) }

  /// The entries that some of its slots say something about.
  func entries(of slots: Range<Int>) -> Range<UInt64> {
    let shift: UInt64
    if case .hashes(let level) = content { shift = UInt64(8 * level) } else { shift = 0 }
    let first = index * UInt64(Self.fullWidth)
    return (first + UInt64(slots.lowerBound)) << shift..<(first + UInt64(slots.upperBound)) << shift
  }

  static func root(of content: Content) -> String {
    switch content {
    case .hashes(let level): "tile/\(level)"
    case .entries: "tile/entries"
    }
  }

  /// Decimal in groups of three digits.
  static func groups(of index: UInt64) -> [String] {
    var rest = index
    var groups: [String] = []
    repeat {
      let digits = String(rest % 1000)
      groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1000
    } while rest > 0
    return groups.reversed()
  }
}

/// The shape of a log's files at one size.
struct TileLayout: Sendable {
  let size: UInt64

  /// How many hashes there are at a level; of entries, level 0.
  func count(level: Int) -> UInt64 { size >> UInt64(8 * level) }

  func count(_ content: TilePath.Content) -> UInt64 {
    if case .hashes(let level) = content { count(level: level) } else { size }
  }

  /// The levels that have hashes.
  var levels: Range<Int> {
    0..<(TilePath.levels.first { count(level: $0) == 0 } ?? TilePath.levels.upperBound)
  }

  /// How many files hold them, the partial one included.
  func tileCount(_ content: TilePath.Content) -> UInt64 {
    let count = count(content)
    return count / 256 + (count % 256 == 0 ? 0 : 1)
  }

  /// Whether a file belongs to a log of this size.
  func contains(_ path: TilePath) -> Bool {
    path.index < tileCount(path.content) && self.path(path.content, index: path.index) == path
  }

  /// The file that holds a tile. The index must be below ``tileCount(_:)``.
  func path(_ content: TilePath.Content, index: UInt64) -> TilePath {
    let width = min(256, count(content) - index * 256)
    return TilePath(content: content, index: index, width: Int(width))
  }

  /// The tile at the right edge that is not full, or nil where a level ends with a full one.
  func partial(_ content: TilePath.Content) -> TilePath? {
    let count = count(content)
    return count % 256 == 0 ? nil : path(content, index: count / 256)
  }
}
