// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
import MartletEvidence

/// How much the models whose names fit a pattern may take in the store, all together.
package struct Quota: Codable, Sendable, Equatable {
  /// A name, or a pattern with `*`.
  package let models: NamePattern
  /// Of plaintext, in all versions whose files are kept; nil for any number.
  package let bytes: Int?
  /// Whose files are kept; nil for any number.
  package let versions: Int?

  package init(models: NamePattern, bytes: Int? = nil, versions: Int? = nil) {
    self.models = models
    self.bytes = bytes
    self.versions = versions
  }

  /// Why so much more does not fit; nil when it does.
  /// - Parameter kept: every version of the store.
  package func objection(toAdding bytes: Int, _ model: String, beside kept: [ModelVersion]) -> String? {
    guard models.matches(model) else { return nil }
    let kept = kept.filter { $0.filesRemovedAt == nil && models.matches($0.model) }
    if let most = versions, kept.count + 1 > most {
      return "the quota on `\(models)` is \(most) versions, and there are \(kept.count)"
    }
    let taken = kept.reduce(0) { $0 + $1.manifest.resources.reduce(0) { $0 + $1.size } }
    if let most = self.bytes, taken + bytes > most {
      return "the quota on `\(models)` is \(most) bytes, \(taken) are taken, and this is \(bytes)"
    }
    return nil
  }
}

/// Which versions give up their files by themselves.
package struct Retention: Codable, Sendable, Equatable {
  /// A name, or a pattern with `*`.
  package let models: NamePattern
  /// So many of the highest numbers of each model stay whatever their age.
  package let newest: Int
  /// Younger versions stay.
  package let days: Int

  package init(models: NamePattern, newest: Int, days: Int) {
    self.models = models
    self.newest = newest
    self.days = days
  }

  /// Those that are due. What is released, quarantined for somebody to look at, or named by an alias stays.
  /// - Parameter versions: of every model.
  package func due(_ versions: [ModelVersion], aliases: [Alias], at time: Date) -> [ModelVersion] {
    let named = Set(aliases.map { "\($0.model):\($0.number)" })
    var due: [ModelVersion] = []
    for (_, versions) in Dictionary(grouping: versions.filter { models.matches($0.model) }, by: \.model) {
      let older = versions.sorted { $0.number > $1.number }.dropFirst(newest)
      due += older.filter { isDue($0, at: time) && !named.contains("\($0.model):\($0.number)") }
    }
    return due.sorted { ($0.model, $0.number) < ($1.model, $1.number) }
  }

  private func isDue(_ version: ModelVersion, at time: Date) -> Bool {
    guard version.filesRemovedAt == nil, version.state != .released, version.state != .quarantined else {
      return false
    }
    return time.timeIntervalSince(version.createdAt) >= Double(days) * 86_400
  }
}
