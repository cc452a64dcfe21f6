// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import UnixSignals

/// Has the certificate read again when its files change, and when somebody says so with SIGHUP.
struct CertificateWatch: Sendable {
  let tls: TLSKeeper
  let logger: Logger

  private static let pause = Duration.seconds(2)

  /// Looks until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.pause) } catch { return }
      reload(isForced: false)
    }
  }

  /// Waits for signals until the task is cancelled.
  func reloadOnHangUp() async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) { reload(isForced: true) }
  }

  private func reload(isForced: Bool) {
    do {
      if try tls.reload(isForced: isForced, at: Date()) { logger.notice("the certificate was read again") }
    } catch {
      logger.error(
        "the certificate could not be read again, and the one before goes on",
        metadata: ["reason": "\(error)"])
    }
  }
}
