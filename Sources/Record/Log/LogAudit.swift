// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle

/// One pass over a log's files. The tree is computed anew from the entries, and every stored hash is compared
/// with the computed one. Where they differ, the level above tells which of the two was signed for.
struct LogAudit {
  /// A computed hash, and whether a problem below it has been reported, which makes a difference here no news.
  struct Computed {
    var hash: TreeHash
    var isExplained: Bool
  }

  let directory: LogDirectory
  let checkpoint: Checkpoint
  let layout: TileLayout
  var report: LogReport
  /// The last, growing tile of each level, as computed.
  private var computed: [[Computed]] = Array(repeating: [], count: TilePath.levels.count + 1)
  /// The tile of each level that was read last.
  private var stored: [Int: (index: UInt64, content: TileContent)] = [:]

  static func run(
    _ directory: LogDirectory, key: LogVerifierKey, progress: (UInt64, UInt64) -> Void
  ) throws(LogError) -> LogReport {
    var report = LogReport()
    do throws(LogError) {
      guard let file = try directory.readCheckpoint() else {
        guard
          try files({ () throws(FilesError) in try Directory.kind(of: directory.absolute("tile")) }) != nil
        else { throw LogError.noLog(directory: directory.path) }
        throw LogError.noCheckpoint(directory: directory.path)
      }
      report.checkpoint = try key.checkpoint(from: file)
    } catch .noLog(let path) {
      throw .noLog(directory: path)
    } catch {
      report.add(
        LogProblem(
          kind: .checkpoint, path: "checkpoint", entries: nil, expected: "a checkpoint signed by \(key.text)",
          found: error.description))
      return report
    }
    var audit = LogAudit(directory: directory, checkpoint: report.checkpoint!, report: report)
    try audit.checkTree(progress)
    if audit.report.isIntact { audit.checkCosigned(key: key) }
    try audit.checkStrays()
    return audit.report
  }

  private init(directory: LogDirectory, checkpoint: Checkpoint, report: LogReport) {
    self.directory = directory
    self.checkpoint = checkpoint
    self.report = report
    layout = TileLayout(size: checkpoint.size)
  }

  private mutating func checkTree(_ progress: (UInt64, UInt64) -> Void) throws(LogError) {
    for index in 0..<layout.tileCount(.entries) {
      try checkBundle(index)
      if report.wasStopped { return }
      progress(report.entriesRead, checkpoint.size)
    }
    for level in layout.levels where !computed[level].isEmpty {
      _ = try resolve(level: level, index: layout.count(level: level) / 256)
    }
    let root = TreeEdge(computed.map { $0.map(\.hash) }).root
    if root != checkpoint.root && report.isIntact {
      report.add(
        LogProblem(
          kind: .contradiction, path: "checkpoint", entries: 0..<checkpoint.size,
          expected: "the signed root \(checkpoint.root)", found: "entries and hashes that give \(root)"))
    }
  }

  /// Reads a bundle, hands the hashes of its entries up, and reports what its framing has wrong.
  private mutating func checkBundle(_ index: UInt64) throws(LogError) {
    let tile = layout.path(.entries, index: index)
    var leaves: [TreeHash] = []
    let flaw: String?
    do throws(FilesError) {
      if let bytes = try directory.read(tile) {
        let (entries, end) = EntryBundle.ranges(in: bytes, count: tile.width)
        leaves = entries.map { TreeHash(leaf: bytes.span.extracting($0)) }
        flaw = end == bytes.count ? nil : "\(bytes.count - end) bytes that are no entry"
      } else {
        flaw = "no file"
      }
    } catch {
      flaw = error.description
    }
    report.entriesRead += UInt64(leaves.count)
    let unknown = Computed(hash: .empty, isExplained: true)
    var slots = leaves.map { Computed(hash: $0, isExplained: false) }
    slots += Array(repeating: unknown, count: tile.width - leaves.count)
    if flaw != nil || leaves.count < tile.width {
      let summary = [leaves.isEmpty ? nil : "\(leaves.count) entries", flaw].compactMap { $0 }
      var first = min(leaves.count, tile.width - 1)
      // Where a length was changed, everything after it is read askew; what is stored about these entries stands
      // in for them, so that the levels above can be checked.
      if case .hashes(let hashes) = try content(level: 0, index: index) {
        first = zip(leaves, hashes).enumerated().first { $1.0 != $1.1 }?.offset ?? first
        if leaves.count < tile.width {
          for slot in first..<tile.width { slots[slot] = Computed(hash: hashes[slot], isExplained: true) }
        }
      }
      add(
        .entries, tile, slots: first..<tile.width, expected: "\(tile.width) entries and nothing else",
        found: summary.joined(separator: " and "))
    }
    computed[0] = slots
    if tile.isFull { try complete(level: 0, index: index) }
  }

  /// A level's tile is complete: its root goes into the level above, which may complete that one.
  private mutating func complete(level: Int, index: UInt64) throws(LogError) {
    let hash = try resolve(level: level, index: index)
    computed[level] = []
    computed[level + 1].append(hash)
    if computed[level + 1].count == TilePath.fullWidth { try complete(level: level + 1, index: index / 256) }
  }

  /// Compares a computed tile with the stored one, reports the difference, and settles on the one to go on with,
  /// which is left in ``computed``. Returns its root, where it is full.
  private mutating func resolve(level: Int, index: UInt64) throws(LogError) -> Computed {
    let tile = layout.path(.hashes(level: level), index: index)
    let mine = computed[level].map(\.hash)
    var isExplained = computed[level].contains(where: \.isExplained)
    switch try content(level: level, index: index) {
    case .flawed(let found):
      add(
        .tile, tile, slots: 0..<tile.width, expected: "\(tile.width * TreeHash.byteCount) bytes of hashes",
        found: found)
      if !isExplained, try !isVouchedFor(mine, level: level, index: index) {
        add(
          .contradiction, tile, slots: 0..<tile.width, expected: "entries that lead to the signed root",
          found: "entries that do not")
      }
      isExplained = true
    case .hashes(let theirs) where theirs != mine:
      let kind: LogProblem.Kind
      if try isVouchedFor(theirs, level: level, index: index) {
        kind = .entries
      } else if try isVouchedFor(mine, level: level, index: index) {
        kind = .tile
      } else {
        kind = .contradiction
      }
      for slots in differences(level: level, theirs) {
        let (right, wrong) = kind == .tile ? (mine, theirs) : (theirs, mine)
        let path = kind == .entries && level == 0 ? layout.path(.entries, index: index) : tile
        add(
          kind, path, slots: slots, hashes: tile, expected: "the hash \(right[slots.lowerBound])",
          found: "\(wrong[slots.lowerBound])")
      }
      if kind != .tile { computed[level] = theirs.map { Computed(hash: $0, isExplained: false) } }
      isExplained = kind == .contradiction
    case .hashes: break
    }
    let hash = tile.isFull ? TreeHash.root(ofPerfect: computed[level].map(\.hash)) : .empty
    return Computed(hash: hash, isExplained: isExplained)
  }

  /// The runs of slots that differ and are not explained by a problem below.
  private func differences(level: Int, _ theirs: [TreeHash]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (slot, mine) in computed[level].enumerated() where mine.hash != theirs[slot] && !mine.isExplained {
      if let last = runs.last, last.upperBound == slot {
        runs[runs.count - 1] = last.lowerBound..<slot + 1
      } else {
        runs.append(slot..<slot + 1)
      }
    }
    return runs
  }

  /// Whether the stored level above, or at the right edge the signed root, confirms these hashes.
  private mutating func isVouchedFor(
    _ hashes: [TreeHash], level: Int, index: UInt64
  ) throws(LogError) -> Bool {
    if hashes.count == TilePath.fullWidth {
      guard case .hashes(let above) = try content(level: level + 1, index: index / 256) else { return false }
      return above[Int(index % 256)] == TreeHash.root(ofPerfect: hashes)
    }
    var edge = TreeEdge()
    for other in layout.levels {
      guard other != level, let tile = layout.partial(.hashes(level: other)) else {
        edge.levels.append(other == level ? hashes : [])
        continue
      }
      guard case .hashes(let stored) = try content(level: other, index: tile.index) else { return false }
      edge.levels.append(stored)
    }
    return edge.root == checkpoint.root
  }

  private mutating func content(level: Int, index: UInt64) throws(LogError) -> TileContent {
    if let known = stored[level], known.index == index { return known.content }
    let content: TileContent
    do throws(FilesError) {
      content = try directory.hashes(layout.path(.hashes(level: level), index: index))
    } catch {
      content = .flawed(found: error.description)
    }
    stored[level] = (index, content)
    return content
  }

  private mutating func add(
    _ kind: LogProblem.Kind, _ file: TilePath, slots: Range<Int>, hashes: TilePath? = nil, expected: String,
    found: String
  ) {
    let range = (hashes ?? file).entries(of: slots)
    report.add(LogProblem(kind: kind, path: file.text, entries: range, expected: expected, found: found))
  }
}
