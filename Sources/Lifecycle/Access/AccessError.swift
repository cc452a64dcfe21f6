// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why something about principals and their credentials was not done.
package enum AccessError: Error, Equatable, Sendable {
  case notAPerson(String)
  case noPassword(String)
  case wrongCode
  case noMemory(bytes: Int)
  /// It was revoked, or has expired.
  case endedKey(String)
  case name(found: Int)
  /// A grant that cannot be given.
  case grant(String)
}

extension AccessError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAPerson(let name):
      "expected a person, found the service \(name): services use API keys, `martlet token create`"
    case .noPassword(let name):
      "\(name) has no password, which a code goes with: `martlet user password \(name)` first"
    case .wrongCode:
      "expected the six digits that the app shows now, found others: compare the clocks of the phone and of this machine"
    case .endedKey(let id):
      "expected a live key, found that \(id) has ended: make another with `martlet token create`"
    case .noMemory(let bytes): "hashing a password needs \(bytes >> 20) MiB of memory, which are not free"
    case .grant(let why): why
    case .name(let found): "expected a name of 1 to 128 bytes, found \(found)"
    }
  }
}
