// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEncrypt

/// Says on a terminal how much of a file is sealed or opened, a few times a second.
final class SealMeter: Sendable {
  private let verb: String
  private let bytes: Int
  private let pace = Pace()

  /// - Parameters:
  ///   - verb: `sealing`, for instance.
  ///   - bytes: of the whole plaintext.
  init(_ verb: String, bytes: Int) {
    self.verb = verb
    self.bytes = bytes
  }

  var closure: SealProgress { { [self] in show($0, of: $1) } }

  private func show(_ done: Int, of all: Int) {
    guard pace.isDue() else { return }
    let total = Double(bytes) / 1e6
    Terminal.progress("\(verb): \(Int(total * Double(done) / Double(max(all, 1)))) of \(Int(total)) MB")
  }
}
