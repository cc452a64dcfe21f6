// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// Slows down whoever guesses, without a way to lock somebody else out.
///
/// Attempts are counted by where they come from, and by that together with the name they are for. They are never counted by the
/// name alone: an attacker elsewhere has other buckets than the owner, who signs in as ever. What guessers could still do
/// from very many places is what ``ScryptCost`` and ``TOTP`` are for.
///
/// The memory is fixed, whatever comes: each attempt has a bucket in each of two tables, chosen by a hash that changes with
/// every start, and waits only when both are empty. For somebody to wait because of others, both of their buckets
/// would have to belong to those.
///
///     if let wait = throttle.begin(from: source, as: name, at: now) { refuse("try again in \(wait) s") }
///     if signedIn { throttle.succeeded(from: source, as: name) }
package struct Throttle: Sendable {
  /// Of one source, whatever names it tries.
  package static let bySource = Rate(burst: 20, refill: 15)
  /// Of one source and one name.
  package static let byPair = Rate(burst: 5, refill: 30)

  /// Of the second factor of one principal. Only whoever knows the password gets that far, from wherever; a million codes
  /// would not be many otherwise. A new password ends it.
  package static let bySecondFactor = Rate(burst: 10, refill: 600)

  private static let width = 1 << 14
  private var sources: [TokenBucket]
  private var pairs: [TokenBucket]
  private var secondFactors: [TokenBucket]

  package init() {
    sources = [TokenBucket](repeating: TokenBucket(), count: 2 * Self.width)
    pairs = sources
    secondFactors = sources
  }

  /// Takes an attempt. Many at once are counted one by one, before any of them is answered.
  /// - Returns: seconds to wait, in which case the attempt must not be looked at; `nil` when it may go on.
  package mutating func begin(from source: ClientSource, as name: String, at time: Date) -> TimeInterval? {
    let bySource = Self.places(source, nil)
    let byPair = Self.places(source, name)
    let wait = max(
      bySource.map { sources[$0].wait(at: time, Self.bySource) }.min() ?? 0,
      byPair.map { pairs[$0].wait(at: time, Self.byPair) }.min() ?? 0)
    guard wait == 0 else { return wait }
    for place in bySource { sources[place].take(at: time, Self.bySource) }
    for place in byPair { pairs[place].take(at: time, Self.byPair) }
    return nil
  }

  /// Gives back what an attempt took that turned out well: no more, so that whoever has a name of their own does not guess
  /// at others' any faster.
  package mutating func succeeded(from source: ClientSource, as name: String) {
    for place in Self.places(source, nil) { sources[place].giveBack() }
    for place in Self.places(source, name) { pairs[place].giveBack() }
  }

  /// Takes an attempt at the second factor, after the password was right.
  /// - Returns: seconds to wait, in which case the code must not be looked at; `nil` when it may.
  package mutating func beginSecondFactor(of principal: String, at time: Date) -> TimeInterval? {
    let places = Self.places(.local, principal)
    let wait = places.map { secondFactors[$0].wait(at: time, Self.bySecondFactor) }.min() ?? 0
    guard wait == 0 else { return wait }
    for place in places { secondFactors[place].take(at: time, Self.bySecondFactor) }
    return nil
  }

  package mutating func secondFactorSucceeded(of principal: String) {
    for place in Self.places(.local, principal) { secondFactors[place].giveBack() }
  }

  private static func places(_ source: ClientSource, _ name: String?) -> [Int] {
    (0..<2).map { table in
      var hasher = Hasher()
      hasher.combine(table)
      hasher.combine(source)
      hasher.combine(name)
      return table * width + Int(hasher.finalize().magnitude % UInt(width))
    }
  }
}
