// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Synchronization

/// Waits for asynchronous work that computes and never waits itself, such as checking certificates.
///
/// The work runs on a thread of its own. On the threads that Swift shares among all tasks it could wait for ever: they may
/// all be taken by callers who wait here.
enum Waiting {
  static func result<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let answer = Answer<Value>()
    let done = DispatchSemaphore(value: 0)
    Task(executorPreference: QueueExecutor()) {
      let value = await work()
      answer.value.withLock { $0 = value }
      done.signal()
    }
    done.wait()
    return answer.value.withLock { $0! }
  }

  private final class Answer<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private final class QueueExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "martlet.waiting")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
}
