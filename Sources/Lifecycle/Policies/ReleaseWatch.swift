// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Takes back, while a server runs, what no longer satisfies, also when nobody asks for it.
package struct ReleaseWatch: Sendable {
  private let lifecycle: Lifecycle

  private static let pause = Duration.milliseconds(500)

  package init(lifecycle: Lifecycle) {
    self.lifecycle = lifecycle
  }

  /// Looks twice a second until the task is cancelled.
  /// - Parameter complain: is told why it could not be done, once as long as the reason is the same. What cannot be decided
  ///   about is not answered with either.
  package func run(complain: @Sendable (String) -> Void) async {
    var said: String?
    while !Task.isCancelled {
      do {
        try lifecycle.reevaluateDue(at: Date())
        said = nil
      } catch {
        if said != "\(error)" { complain("\(error)") }
        said = "\(error)"
      }
      do { try await Task.sleep(for: Self.pause) } catch { return }
    }
  }
}
