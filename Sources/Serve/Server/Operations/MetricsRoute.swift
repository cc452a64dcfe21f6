// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletLifecycle

/// `GET /metrics` for Prometheus: for whoever may operate the server, or audit it. What is counted says how much is asked, and
/// that is nobody else's business.
struct MetricsRoute: Sendable {
  let service: DoorService
  let recorder: Recorder

  func add(to group: RouterGroup<DoorContext>) {
    group.get("metrics") { _, context in
      guard let asker = context.asker else { throw Refusal.unauthenticated }
      // Looking every few seconds is not a use of a right that anybody would want to read about; being refused is.
      if !asker.may(.operate, .everything).allowed {
        try context.require(.audit, .everything, recorder: recorder)
      }
      let text = service.metrics.text(
        .init(
          models: service.desk.host.count, recordsWaiting: recorder.waiting, canRecord: !recorder.isFailing))
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: text)))
    }
  }
}
