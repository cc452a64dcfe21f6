// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension PickleMachine {
  /// In a torch file a persistent id is `('storage', type, key, location, count)`; files of the older layout have a
  /// sixth item for a view, and `('module', class, file, source)` for a class with its source, which the loader
  /// compares and does not run.
  mutating func persistent(_ id: PickleValue) throws(Halt) {
    if isTorch, id.kind == .tuple, let parts = cells.contents(id), (4...6).contains(parts.count) {
      let items = Array(parts.items)
      if parts.count == 4, constantText(items[0]) == "module", items[1].kind == .global {
        return try push(items[1])
      }
      if parts.count >= 5, constantText(items[0]) == "storage", items[1].kind == .global,
        case .vetted(let entry) = facts.globals[items[1].payload].standing,
        allow.entries[entry].isStorageType, let key = constantText(items[2]), items[3].kind == .text,
        let count = constantInteger(items[4]),
        parts.count == 5 || items[5].kind == .none || items[5].kind == .tuple
      {
        if facts.storages.count < Limits.archiveMembers {
          facts.storages.append(.init(key: key, type: allow.entries[entry].name, count: count))
          return try push(PickleValue(.persistent, facts.storages.count - 1))
        }
        return try push(PickleValue(.persistent, facts.storages.count))
      }
    }
    let construct = "persistent_load(\(describe(id)))"
    facts.note(.persistent, at: offset, construct)
    try push(foreign(construct))
  }

  /// In a TorchScript archive `__torch__` names the classes of its own code. Native classes that are no part of torch
  /// are not meant.
  func scriptStanding(_ module: String) -> PickleFacts.Standing? {
    guard isScript, module == "__torch__" || module.hasPrefix("__torch__.") else { return nil }
    if module.hasPrefix("__torch__.torch.classes."), !TorchOperators.isKnown(classes: module) { return nil }
    return allow.entry("__torch__", "*").map { .vetted($0) }
  }
}
