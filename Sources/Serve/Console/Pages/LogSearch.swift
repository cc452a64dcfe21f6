// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdCore
import MartletLifecycle

/// What somebody looks for in the log, as the address says it.
struct LogSearch: Sendable {
  let action: String?
  let outcome: String?
  /// A name, or an id.
  let principal: String?
  let model: String?
  /// Days as `2026-05-03`, in UTC.
  let since: String?
  let until: String?
  let before: UInt64?
  private let first: Date?
  private let last: Date?

  private static let longest = 128

  /// - Throws: ``ConsoleRefusal/notFound`` for an index that is none, ``ConsoleRefusal/malformed`` for a day that is none.
  init(_ uri: URI) throws(ConsoleRefusal) {
    func word(_ name: Substring) -> String? {
      guard let text = uri.queryParameters[name].map({ String($0) })?.trimmingCharacters(in: .whitespaces),
        !text.isEmpty
      else { return nil }
      return String(text.prefix(Self.longest))
    }
    (action, outcome, principal) = (word("action"), word("outcome"), word("principal"))
    (model, since, until) = (word("model"), word("since"), word("until"))
    if let text = word("before") {
      guard let index = UInt64(text) else { throw .notFound }
      before = index
    } else {
      before = nil
    }
    first = try Self.day(since)
    last = try Self.day(until)?.addingTimeInterval(86_400)
  }

  private static func day(_ text: String?) throws(ConsoleRefusal) -> Date? {
    guard let text else { return nil }
    guard let date = try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day()) else {
      throw .malformed
    }
    return date
  }

  var isEmpty: Bool {
    action == nil && outcome == nil && principal == nil && model == nil && since == nil && until == nil
  }

  /// - Parameter names: of principals, by their ids, for who is named as people know them.
  func filter(_ names: [String: String]) -> RecordFilter {
    var filter = RecordFilter()
    filter.action = action
    filter.outcome = outcome
    filter.principal = principal.map { wanted in names.first { $0.value == wanted }?.key ?? wanted }
    filter.model = model
    filter.since = first
    filter.until = last
    return filter
  }

  /// The address of the same search further back.
  func address(before index: UInt64) -> String {
    let words: [(String, String?)] = [
      ("action", action), ("outcome", outcome), ("principal", principal), ("model", model), ("since", since),
      ("until", until), ("before", "\(index)"),
    ]
    let pairs = words.compactMap { name, value in
      value.map { "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
    }
    return "/log?" + pairs.joined(separator: "&")
  }
}
