// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle

/// A time for people and for programs.
struct Moment: Sendable {
  let text: String
  let machine: String

  init(_ time: Date) {
    // What a statement of others does not say.
    text = time == .distantPast ? "no time given" : time.formatted(Self.style) + " UTC"
    machine = time.formatted(.iso8601)
  }

  private static let style = Date.VerbatimFormatStyle(
    format: """
      \(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits), \
      \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)
      """, locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
    calendar: Calendar(identifier: .gregorian))
}

extension Wording {
  /// Of what is not counted with an `s`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(number(count)) \(count == 1 ? one : many)"
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

  static func number(_ number: some BinaryInteger & CVarArg) -> String {
    Int(number).formatted(.number.locale(Locale(identifier: "en_US")))
  }

  /// A sentence that begins as one, unless it begins with a name such as `os.system`.
  static func sentence(_ text: String) -> String {
    let word = text.prefix { $0 != " " }
    let whole = word.allSatisfy(\.isLetter) ? word.prefix(1).uppercased() + text.dropFirst() : text
    return whole.last.map { ".!?".contains($0) } == true ? whole : whole + "."
  }
}

/// How grave something is, as the class of a tag.
enum Tone: String {
  case good, doubtful, bad, plain

  init(_ verdict: Verdict) {
    switch verdict {
    case .safe: self = .good
    case .unknown, .incomplete: self = .doubtful
    case .unsafe: self = .bad
    }
  }

  init(_ severity: Severity) {
    switch severity {
    case .info, .low: self = .plain
    case .medium: self = .doubtful
    case .high, .critical: self = .bad
    }
  }

  init(_ outcome: SignatureFact.Outcome) {
    switch outcome {
    case .verified: self = .good
    case .unchecked: self = .doubtful
    case .absent: self = .plain
    case .invalid: self = .bad
    }
  }

  /// Of a record's outcome.
  init(outcome: String) {
    switch outcome {
    case "refused", "denied": self = .bad
    case "skipped": self = .doubtful
    case "passed", "allowed": self = .good
    default: self = .plain
    }
  }

  /// Of an attack's trust.
  init(trust: String) {
    switch trust {
    case "reliable": self = .good
    case "suspect": self = .doubtful
    default: self = .bad
    }
  }
}
