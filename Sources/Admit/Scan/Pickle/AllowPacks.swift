// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The vetted classes of one library, which a user turns on by name.
package struct AllowPack: Sendable {
  package let name: String
  /// What it covers and why that is harmless, or what is not.
  package let about: String
  package let isOnByDefault: Bool
  private let made: @Sendable () -> [AllowEntry]

  /// Made anew each time: a pack that is not on costs nothing.
  var entries: [AllowEntry] {
    var entries = made()
    for index in entries.indices { entries[index].pack = name }
    return entries
  }

  init(
    _ name: String, isOnByDefault: Bool, about: String,
    _ entries: @autoclosure @escaping @Sendable () -> [AllowEntry]
  ) {
    self.name = name
    self.about = about
    self.isOnByDefault = isOnByDefault
    made = entries
  }
}

/// Every pack. On by default are those whose classes were all inspected: making one and giving it a state only fills
/// its dictionary. The lists in `Packs/` are made by `Scripts/make_packs.py` from the libraries themselves.
package enum AllowPacks {
  package static let all = [
    torch, joblib, numpy, scipy, sklearn, xgboost, lightgbm, pandas, lightning, ultralytics, transformers,
    catboost, pyarrow, dill, pytz,
  ]

  private static let optional: [String: String] = Dictionary(
    all.filter { !$0.isOnByDefault }.flatMap { pack in pack.entries.map { ($0.construct, pack.name) } },
    uniquingKeysWith: { first, _ in first })

  /// The pack that covers a construct once a user turns it on.
  static func optional(covering construct: String) -> String? { optional[construct] }

  /// The entries of the packs that are on by default and of those named.
  static func entries(named names: Set<String>) -> [AllowEntry] {
    all.filter { $0.isOnByDefault || names.contains($0.name) }.flatMap(\.entries)
  }

  /// Entries from lines of a module and names in it.
  /// - Parameter make: what becomes of each pair.
  static func list(_ lines: String, _ make: (String, String) -> AllowEntry) -> [AllowEntry] {
    var entries: [AllowEntry] = []
    for line in Words.lines(of: lines) {
      let words = Words.of(line)
      guard let module = words.first else { continue }
      for name in words.dropFirst() { entries.append(make(module, name)) }
    }
    return entries
  }

  /// Classes that are made empty and whose state only fills their dictionary.
  static func classes(_ lines: String, _ reason: String) -> [AllowEntry] {
    list(lines) {
      AllowEntry(
        module: $0, name: $1, reason: reason, isClass: true, isMadeEmpty: true, state: .init([.dict, .none]))
    }
  }

  /// Functions and constants that are named as values of attributes and never called by the pickle.
  static func named(_ lines: String, _ reason: String) -> [AllowEntry] {
    list(lines) { AllowEntry(module: $0, name: $1, reason: reason) }
  }
}
