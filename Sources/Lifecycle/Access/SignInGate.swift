// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
import Synchronization

/// What sign-ins of one server share: who has tried how often, and that one password is hashed at a time, because each takes
/// 128 MiB.
package final class SignInGate: Sendable {
  private let throttle = Mutex(Throttle())
  private let hashing = Mutex(())
  /// What a password costs that is hashed now.
  package let cost: ScryptCost

  package init(cost: ScryptCost = .standard) { self.cost = cost }

  /// Counts an attempt.
  /// - Returns: how many seconds to wait; nil where it may go on.
  package func begin(from source: ClientSource, as name: String, at time: Date) -> TimeInterval? {
    throttle.withLock { $0.begin(from: source, as: name, at: time) }
  }

  func succeeded(from source: ClientSource, as name: String) {
    throttle.withLock { $0.succeeded(from: source, as: name) }
  }

  func beginSecondFactor(of principal: String, at time: Date) -> TimeInterval? {
    throttle.withLock { $0.beginSecondFactor(of: principal, at: time) }
  }

  func secondFactorSucceeded(of principal: String) {
    throttle.withLock { $0.secondFactorSucceeded(of: principal) }
  }

  func check(_ password: String, against stored: PasswordHash?) -> PasswordHash.Check {
    hashing.withLock { _ in PasswordHash.check(password, against: stored, standard: cost) }
  }
}

/// What somebody typed into a sign-in form, and where it came from.
package struct SignInAttempt: Sendable {
  package let name: String
  package let password: String
  /// Of the authenticator app; `nil` where none was asked for yet.
  package let code: String?
  package let source: ClientSource

  package init(name: String, password: String, code: String? = nil, source: ClientSource) {
    self.name = name
    self.password = password
    self.code = code
    self.source = source
  }
}

/// What came of it. All that is refused gets one answer: which part was wrong is in the log.
package enum SignInOutcome: Sendable {
  case signedIn(SessionToken, Authenticated)
  /// The password is right, and a code goes with it: ask for that, and send both.
  case codeNeeded
  case refused
  /// Nothing was looked at; try again in so many seconds.
  case wait(TimeInterval)
}
