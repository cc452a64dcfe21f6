// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import MartletEvidence
import Synchronization

/// Those who are at the provider's to say who they are, each bound to the cookie of the browser that left. In this process's
/// memory: whoever comes back after a restart begins again.
final class Journeys: Sendable {
  struct Journey: Sendable {
    let state: String
    let nonce: String
    let verifier: String
    let back: String
    fileprivate let beganAt: Date

    /// Of the verifier, by S256 (RFC 7636, 4.2).
    var challenge: String {
      Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
  }

  /// Seconds that somebody may take at the provider's.
  static let patience: TimeInterval = 600
  private static let most = 4_096
  private let journeys = Mutex<[MartletEvidence.Digest: Journey]>([:])

  func begin(by visitor: SessionToken, back: String, at time: Date) -> Journey {
    let journey = Journey(
      state: SessionToken().reveal(), nonce: SessionToken().reveal(), verifier: SessionToken().reveal(),
      back: back, beganAt: time)
    journeys.withLock { journeys in
      journeys = journeys.filter { time < $0.value.beganAt + Self.patience }
      if journeys.count >= Self.most, let oldest = journeys.min(by: { $0.value.beganAt < $1.value.beganAt }) {
        journeys[oldest.key] = nil
      }
      journeys[visitor.digest] = journey
    }
    return journey
  }

  /// Ends the journey of a browser; nil unless it is back in time, with the state that it left with. Either way it cannot come
  /// back twice.
  func end(by visitor: SessionToken, state: String, at time: Date) -> Journey? {
    guard let journey = journeys.withLock({ $0.removeValue(forKey: visitor.digest) }),
      time < journey.beganAt + Self.patience, Array(journey.state.utf8) == Array(state.utf8)
    else { return nil }
    return journey
  }
}
