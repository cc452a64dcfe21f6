// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
import MartletFiles

/// What a command leaves when it is interrupted.
enum Interruption {
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  /// From now on, SIGINT, SIGTERM and SIGHUP end the process after the files that it has not finished are removed.
  static func discardsUnfinished() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        Unfinished.discard()
        // What a shell shows for a process that a signal has ended. Nothing else runs: whoever writes would complain about
        // the missing file.
        _exit(128 + number)
      }
      source.resume()
      unsafe sources.append(source)
    }
  }
}
