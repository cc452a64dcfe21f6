// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import Synchronization

/// Who is signed in, in this process's memory. A restart signs everybody out.
///
/// The cookie's value is not kept, only its SHA-256: what can be read out of the memory opens no session. A session ends
/// 30 minutes after its last use and 12 hours after its beginning, and there are at most ``mostSessions``, of one key at
/// most ``mostOfOneKey``: the least recently used gives way.
final class Sessions: Sendable {
  static let idleLifetime: TimeInterval = 30 * 60
  static let lifetime: TimeInterval = 12 * 3_600
  static let mostSessions = 4_096
  static let mostOfOneKey = 16

  private struct Session {
    let keyID: String
    let beganAt: Date
    var usedAt: Date

    func isLive(at time: Date) -> Bool {
      time < usedAt.addingTimeInterval(Sessions.idleLifetime)
        && time < beganAt.addingTimeInterval(Sessions.lifetime)
    }
  }

  private let sessions = Mutex<[Digest: Session]>([:])

  /// Begins a session for somebody who has just shown the secret of a key.
  /// - Returns: the value of the cookie.
  func begin(for keyID: String, at time: Date) -> String {
    let id = RandomText.make()
    sessions.withLock { sessions in
      sessions = sessions.filter { $0.value.isLive(at: time) }
      Self.makeRoom(in: &sessions, for: Self.mostOfOneKey) { $0.keyID == keyID }
      Self.makeRoom(in: &sessions, for: Self.mostSessions) { _ in true }
      sessions[.of(Array(id.utf8))] = Session(keyID: keyID, beganAt: time, usedAt: time)
    }
    return id
  }

  /// The key that the session was begun with; `nil` when there is no such session any more. Counts as a use.
  func key(of id: String, at time: Date) -> String? {
    sessions.withLock { sessions in
      let name = Digest.of(Array(id.utf8))
      guard let session = sessions[name] else { return nil }
      guard session.isLive(at: time) else {
        sessions[name] = nil
        return nil
      }
      sessions[name]!.usedAt = time
      return session.keyID
    }
  }

  func end(_ id: String) {
    sessions.withLock { $0[.of(Array(id.utf8))] = nil }
  }

  private static func makeRoom(
    in sessions: inout [Digest: Session], for limit: Int, among belongs: (Session) -> Bool
  ) {
    let candidates = sessions.filter { belongs($0.value) }
    guard candidates.count >= limit, let oldest = candidates.min(by: { $0.value.usedAt < $1.value.usedAt })
    else { return }
    sessions[oldest.key] = nil
  }
}
