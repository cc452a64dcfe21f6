// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Synchronization

/// Does pieces of work at once, and returns their results in order.
/// - Throws: the error of the first piece that failed.
func concurrently<Value: Sendable>(
  _ pieces: Int, workers: Int, _ work: @Sendable (Int) throws(BackdoorError) -> Value
) throws(BackdoorError) -> [Value] {
  let next = Mutex(0)
  let results = Mutex([Result<Value, BackdoorError>?](repeating: nil, count: pieces))
  DispatchQueue.concurrentPerform(iterations: min(max(1, workers), max(1, pieces))) { _ in
    while let place = next.withLock({ (next) -> Int? in
      guard next < pieces else { return nil }
      next += 1
      return next - 1
    }) {
      let result = Result { () throws(BackdoorError) in try work(place) }
      results.withLock { $0[place] = result }
      // What is left would be thrown away.
      if case .failure = result { next.withLock { $0 = pieces } }
    }
  }
  let found = results.withLock { $0 }
  for case .failure(let error)? in found { throw error }
  return try found.compactMap { $0 }.map { (result) throws(BackdoorError) in try result.get() }
}
