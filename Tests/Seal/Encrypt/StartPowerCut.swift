// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletFiles
import Synchronization

/// How the start of a file that was being written in place looks after a power cut.
enum TornStart: CaseIterable {
  case old, new, firstHalfNew, secondHalfNew
}

/// Takes the power away in the midst of a change in place: the n-th call that changes the disk fails, and so do all after it.
/// What was not synced is then lost: names of the directory as they were at its last sync, files that were written and
/// not synced cut in half, and the start of the file itself torn.
final class StartPowerCut: Sendable {
  private struct State {
    var calls = 0
    var dirty: Set<String> = []
    /// What stood at a path before a change of its name that is not synced; nil for nothing.
    var unsynced: [String: Data?] = [:]
    var oldStart: Data?
  }

  private let failing: Int
  private let path: String
  private let torn: TornStart
  private let state = Mutex(State())

  init(at call: Int, path: String, torn: TornStart) {
    failing = call
    self.path = path
    self.torn = torn
  }

  var happened: Bool { state.withLock { $0.calls > failing } }

  func before(_ step: Disk.Step) -> Disk.Fault? {
    state.withLock { state in
      defer { state.calls += 1 }
      guard state.calls < failing else { return .failure(EIO) }
      switch step.operation {
      case .create: if state.unsynced[step.path] == nil { state.unsynced[step.path] = .some(nil) }
      case .write where step.path == path:
        if state.oldStart == nil { state.oldStart = start() }
      case .write: state.dirty.insert(step.path)
      case .rename:
        state.unsynced[step.target!] = FileManager.default.contents(atPath: step.target!)
        state.unsynced[step.path] = nil
        if state.dirty.remove(step.path) != nil { state.dirty.insert(step.target!) }
      case .remove: state.unsynced[step.path] = FileManager.default.contents(atPath: step.path)
      case .sync where step.path == path: state.oldStart = nil
      case .sync:
        state.dirty.remove(step.path)
        state.unsynced = state.unsynced.filter { FilePath.parent(of: $0.key) != step.path }
      default: break
      }
      // The call before the one that fails takes only part of what it is given.
      return state.calls == failing - 1 && step.operation == .write ? .shortWrite(1000) : nil
    }
  }

  /// Loses what may be lost.
  func lose() {
    state.withLock { state in
      for path in state.dirty {
        var facts = stat()
        if stat(path, &facts) == 0 { truncate(path, facts.st_size / 2) }
      }
      for (path, old) in state.unsynced {
        try? FileManager.default.removeItem(atPath: path)
        if let old { try? old.write(to: URL(fileURLWithPath: path)) }
      }
      guard let old = state.oldStart, let new = start() else { return }
      let half = old.count / 2
      let bytes: Data =
        switch torn {
        case .old: old
        case .new: new
        case .firstHalfNew: new.prefix(half) + old.suffix(half)
        case .secondHalfNew: old.prefix(half) + new.suffix(half)
        }
      let file = FileHandle(forWritingAtPath: path)
      try? file?.write(contentsOf: bytes)
      try? file?.close()
    }
  }

  private func start() -> Data? {
    try? FileHandle(forReadingAtPath: path)?.read(upToCount: 4096)
  }
}
