// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletFiles
import MartletLog

/// Looks at a store from outside: who may read its secrets, where its keys are, and whether the clock can be right. Opens
/// nothing and changes nothing.
package struct StoreDoctor: Sendable {
  /// How far a clock may be behind what it wrote itself: file systems and machines round.
  private static let tolerance: TimeInterval = 300
  /// No store is older than the first Martlet.
  private static let earliest = Date(timeIntervalSince1970: 1_767_225_600)

  private let home: Home
  private let now: Date

  package init(_ home: Home, at now: Date) {
    self.home = home
    self.now = now
  }

  package func examine() -> [Checkup] {
    guard (try? Directory.kind(of: home.path)) == .directory else {
      return [
        Checkup("store", .note, "there is no store at \(home.path) yet: martlet protect makes one"), clock,
      ]
    }
    return [
      secret("store", home.path, isDirectory: true), secret("keys", home.keys, isDirectory: true),
      secret("sealing key", home.sealingKey), secret("evidence key", home.evidenceKey),
      secret("log key", home.logKey), secret("server key", home.serverKey, isNeeded: false), place, clock,
    ]
  }

  private func secret(
    _ subject: String, _ path: String, isDirectory: Bool = false, isNeeded: Bool = true
  ) -> Checkup {
    do throws(FilesError) {
      guard try OwnerOnly.examine(path, isDirectory: isDirectory) != nil else {
        return isNeeded
          ? Checkup(subject, .bad, StoreError.missingKey(path).description)
          : Checkup(subject, .note, "there is none yet: martlet serve makes one")
      }
      return Checkup(subject, .good, "only its owner may read \(path)")
    } catch {
      return Checkup(subject, .bad, error.description)
    }
  }

  /// Whether a copy of the blobs comes with the key that opens them.
  private var place: Checkup {
    var keys = stat()
    var blobs = stat()
    guard unsafe stat(home.keys, &keys) == 0, unsafe stat(home.blobs, &blobs) == 0 else {
      return Checkup("key place", .note, "nothing is sealed yet")
    }
    guard keys.st_dev == blobs.st_dev else {
      return Checkup("key place", .good, "\(home.keys) is on another file system than \(home.blobs)")
    }
    return Checkup(
      "key place", .note,
      "the sealing key lies beside the sealed models: it stops whoever gets a copy of \(home.blobs), not whoever gets the "
        + "whole disk; better: make \(home.keys) a mount of its own that is unlocked when the machine starts, and leave it out of the backups of the store"
    )
  }

  /// A clock that is behind what this machine wrote before makes expired keys and certificates good again.
  private var clock: Checkup {
    if now < Self.earliest {
      return Checkup(
        "clock", .bad,
        "expected a time after \(Self.text(Self.earliest)), found \(Self.text(now)): set the clock, by NTP")
    }
    for (what, written) in [
      ("the newest record of the log", newestRecord), ("the database", modified(home.database)),
    ] {
      guard let written, written.timeIntervalSince(now) > Self.tolerance else { continue }
      return Checkup(
        "clock", .bad,
        "expected a time after \(Self.text(written)), when \(what) was written, found \(Self.text(now)): set the clock, by NTP"
      )
    }
    return Checkup("clock", .good, "it is \(Self.text(now)), not before anything that the store wrote")
  }

  private var newestRecord: Date? {
    guard let text = try? WholeFile.read(home.logVerifierKey, atMost: 1 << 16),
      let key = try? LogVerifierKey(
        String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    else { return nil }
    let reader = LogReader(directory: home.log, key: key)
    guard let size = try? reader.checkpoint().size, size > 0, let entry = try? reader.entry(at: size - 1)
    else {
      return nil
    }
    return (try? Record(entry: entry))?.time
  }

  private func modified(_ path: String) -> Date? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    return Date(timeIntervalSince1970: TimeInterval(facts.st_mtim.tv_sec))
  }

  private static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}
