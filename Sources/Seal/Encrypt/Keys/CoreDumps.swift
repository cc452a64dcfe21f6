// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Keeps the memory of a process that holds keys and plaintext from being written to disk, or read by another process of the same
/// user, when it crashes.
package enum CoreDumps {
  private static let setDumpable: Int32 = 4

  /// From now on this process leaves no core dump, and nobody but root attaches a debugger to it. Programs that it starts are
  /// not concerned.
  /// - Returns: whether the system agreed.
  @discardableResult package static func forbid() -> Bool {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    let limited = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
    return prctl(setDumpable, 0, 0, 0, 0) == 0 && limited
  }
}

/// Linux's call, which the Glibc module leaves out because it takes any number of arguments.
@_silgen_name("prctl")
private func prctl(_ option: Int32, _ second: UInt, _ third: UInt, _ fourth: UInt, _ fifth: UInt) -> Int32
