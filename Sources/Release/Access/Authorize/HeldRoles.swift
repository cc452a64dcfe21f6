// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The roles that somebody has on a resource, for rules that ask for one. A role of which anything is denied there is not had:
/// deny wins here too.
package func heldRoles(of principal: Principal, on resource: Resource, grants: [Grant]) -> Set<Role> {
  let weighing = grants.filter { $0.principal == principal.id && $0.pattern.covers(resource) }
  let denied = weighing.filter { $0.effect == .deny }
  let roles = weighing.filter { $0.effect == .allow }.map(\.role)
  return Set(
    roles.filter { role in
      denied.allSatisfy { grant in !grant.role.actions.contains(where: role.actions.contains) }
    })
}
