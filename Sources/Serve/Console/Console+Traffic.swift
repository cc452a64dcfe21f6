// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletLifecycle

extension Console {
  func mountTraffic<Context: RequestContext>(on router: Router<Context>) {
    router.get("traffic") { request, _ in
      try await show(request) { visitor in
        .page(
          TrafficPage(
            chrome: Chrome("Traffic", visitor, at: .traffic, forms), try traffic(visitor), at: now()))
      }
    }
    // The part of the page that changes, for the script.
    router.get("traffic/now") { request, _ in
      try await show(request) { visitor in
        let page = TrafficPage(
          chrome: Chrome("Traffic", visitor, at: .traffic, forms), try traffic(visitor), at: now())
        return .page(Templates.render(page, with: .trafficNow))
      }
    }
  }

  /// How much is asked is the business of whoever operates the server, or audits it, and nobody else's.
  private func traffic(_ visitor: Visitor) throws(ConsoleRefusal) -> TrafficReport {
    if !visitor.asker.may(.operate, .everything).allowed { try require(.audit, .everything, visitor) }
    return server.traffic()
  }
}
