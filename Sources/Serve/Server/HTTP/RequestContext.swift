// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletLifecycle

/// What the server knows about a request on its way through.
struct DoorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who asks; nil where no credential is needed.
  var asker: Authenticated?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }
}
