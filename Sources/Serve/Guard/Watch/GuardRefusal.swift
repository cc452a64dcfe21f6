// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a question is not put to the model.
package enum GuardRefusal: Error, Equatable, Sendable {
  /// Too fast. Seconds to wait; infinity for more rows than are ever allowed at once.
  case rate(GuardedParty, wait: Double)
  /// No more for now. Seconds until there is more; infinity for never.
  case budget(GuardedParty, wait: Double)
  /// An operator has to look first.
  case held(GuardedParty)
}

extension GuardRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rate(let party, let wait):
      wait.isFinite
        ? "\(party) asks too fast: try again in \(Self.seconds(wait))"
        : "\(party) sends more rows in one request than it may: send fewer"
    case .budget(let party, let wait):
      "\(party) has used its budget" + (wait.isFinite ? ": there is more in \(Self.seconds(wait))" : "")
    case .held(let party): "\(party) is held until an operator has looked"
    }
  }

  private static func seconds(_ wait: Double) -> String {
    let seconds = Int(min(wait, 1e9).rounded(.up))
    return seconds == 1 ? "1 second" : "\(seconds) seconds"
  }
}
