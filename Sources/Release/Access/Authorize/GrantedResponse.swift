// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How much of a model's answers somebody gets whom ``authorize(_:_:_:context:)`` lets ask it.
///
/// Of several grants that allow it, each takes away what it says: whoever gives somebody a narrow grant on one model need not look
/// for an older and wider one.
package func grantedResponse(of principal: Principal, on model: String, grants: [Grant]) -> ResponsePolicy {
  var response = ResponsePolicy.full
  for grant in grants {
    guard let narrower = grant.response, grant.effect == .allow,
      weigh(grant, principal, .predict, .model(model)) == .applies
    else { continue }
    response = response.and(narrower)
  }
  return response
}
