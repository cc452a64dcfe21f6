// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLifecycle
import MartletLog

/// The newest entries, or those before one.
struct LogPageView: Page {
  struct CheckpointView: Sendable {
    let size: String
    let origin: String
    let root: String
  }

  static let template = Templates.Name.log
  let chrome: Chrome
  let damage: String?
  let checkpoint: CheckpointView?
  let range: String
  let entries: [EntryView]
  /// Empty for the address of the newest; `nil` when this is it.
  let newer: String?
  let older: String?
  let hasPages: Bool

  init(chrome: Chrome, _ page: MartletLifecycle.LogPage, names: [String: String]) {
    self.chrome = chrome
    damage = nil
    checkpoint = CheckpointView(
      size: Wording.number(page.checkpoint.size), origin: page.checkpoint.origin,
      root: "\(page.checkpoint.root)")
    entries = page.entries.map { EntryView($0, names: names) }
    let searched = page.searched
    range =
      searched.isEmpty ? "No entries" : "Entries \(searched.lowerBound) to \(searched.upperBound - 1)"
    newer = searched.upperBound < page.checkpoint.size ? "" : nil
    older = searched.lowerBound > 0 ? "\(searched.lowerBound)" : nil
    hasPages = newer != nil || older != nil
  }

  init(chrome: Chrome, damage: LogError) {
    self.chrome = chrome
    self.damage = Wording.sentence("\(damage)")
    checkpoint = nil
    range = ""
    entries = []
    newer = nil
    older = nil
    hasPages = false
  }
}
