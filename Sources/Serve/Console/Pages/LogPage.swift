// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLifecycle
import MartletLog

/// The newest entries, those before one, or those that fit a search.
struct LogPageView: Page {
  struct CheckpointView: Sendable {
    let size: String
    let origin: String
    let root: String
    let key: String
  }

  /// What was looked for, for the form.
  struct SearchView: Sendable {
    let actions: [OptionView]
    let outcome: String?
    let principal: String?
    let about: String?
    let since: String?
    let until: String?
    let isUsed: Bool
  }

  static let template = Templates.Name.log
  let chrome: Chrome
  let damage: String?
  let checkpoint: CheckpointView?
  let search: SearchView
  let range: String
  let searched: String?
  let entries: [EntryView]
  let hasEntries: Bool
  /// The address of the newest; `nil` when this is it.
  let newer: String?
  let older: String?
  let hasPages: Bool

  init(
    chrome: Chrome, _ page: MartletLifecycle.LogPage, search: LogSearch, names: [String: String], key: String
  ) {
    self.chrome = chrome
    self.search = SearchView(search)
    damage = nil
    checkpoint = CheckpointView(
      size: Wording.number(page.checkpoint.size), origin: page.checkpoint.origin,
      root: "\(page.checkpoint.root)", key: key)
    entries = page.entries.map { EntryView($0, names: names) }
    hasEntries = !entries.isEmpty
    let seen = page.searched
    if search.isEmpty {
      range = seen.isEmpty ? "No entries" : "Entries \(seen.lowerBound) to \(seen.upperBound - 1)"
      searched = nil
    } else {
      range = entries.isEmpty ? "No entries" : Wording.count(entries.count, "entry", "entries")
      searched = "Looked for in \(Wording.number(seen.count)) entries, from \(seen.lowerBound) on."
    }
    newer = search.before != nil && seen.upperBound < page.checkpoint.size ? "/log" : nil
    older = seen.lowerBound > 0 ? search.address(before: seen.lowerBound) : nil
    hasPages = newer != nil || older != nil
  }

  init(chrome: Chrome, damage: LogError, search: LogSearch) {
    self.chrome = chrome
    self.search = SearchView(search)
    self.damage = Wording.sentence("\(damage)")
    checkpoint = nil
    range = ""
    searched = nil
    entries = []
    hasEntries = false
    newer = nil
    older = nil
    hasPages = false
  }
}

/// One thing that a form lets choose.
struct OptionView: Sendable {
  let value: String
  let title: String
  let isChosen: Bool

  init(_ value: String, _ title: String? = nil, chosen: String?) {
    self.value = value
    self.title = title ?? value
    isChosen = value == chosen
  }
}

extension LogPageView.SearchView {
  /// What stages and doors are called in the log: each stands for all that begin with it.
  private static let actions = [
    ("", "Anything"), ("admit", "Admission"), ("seal", "Sealing"), ("assess", "Assessment"),
    ("approve", "Approvals"), ("release", "Releases"), ("reevaluate", "Decided anew"),
    ("version", "Taken out of service"), ("policy", "Policies"), ("serve", "The server's doors"),
    ("console", "The console"), ("access", "Signing in and out"), ("user", "People"), ("token", "API keys"),
    ("grant", "Grants"),
  ]

  init(_ search: LogSearch) {
    var known = Self.actions
    if let action = search.action, !known.contains(where: { $0.0 == action }) {
      known.append((action, action))
    }
    actions = known.map { OptionView($0.0, $0.1, chosen: search.action ?? "") }
    (outcome, principal, about) = (search.outcome, search.principal, search.model)
    (since, until) = (search.since, search.until)
    isUsed = !search.isEmpty
  }
}
