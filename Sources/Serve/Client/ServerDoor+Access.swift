// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
package import MartletBytes
package import MartletEvidence
package import MartletLifecycle
package import MartletRegistry

// Who there is, what they may, and how much room there is.
extension ServerDoor {
  package func principals() async throws -> [PrincipalSummary] {
    try await connection.ask([PrincipalSummary].self, .get, "/principals")
  }

  package func addPrincipal(_ name: String, _ kind: Principal.Kind) async throws -> PrincipalSummary {
    try await connection.ask(
      PrincipalSummary.self, .post, "/principals", ["name": name, "kind": kind.rawValue])
  }

  package func disable(_ name: String) async throws {
    try await connection.tell(.post, Self.address(ofPrincipal: name) + "/disable")
  }

  package func enable(_ name: String) async throws {
    try await connection.tell(.post, Self.address(ofPrincipal: name) + "/enable")
  }

  package func erase(_ name: String) async throws {
    try await connection.tell(.delete, Self.address(ofPrincipal: name))
  }

  package func keys() async throws -> [KeySummary] {
    try await connection.ask([KeySummary].self, .get, "/keys")
  }

  package func makeKey(_ order: KeyOrder) async throws -> MadeKey {
    try await connection.ask(MadeKey.self, .post, "/keys", order)
  }

  package func rotateKey(_ id: String) async throws -> MadeKey {
    try await connection.ask(MadeKey.self, .post, "/keys/\(ServerConnection.part(id))/rotate")
  }

  package func revokeKey(_ id: String) async throws {
    try await connection.tell(.delete, "/keys/" + ServerConnection.part(id))
  }

  package func add(_ grant: GrantSummary) async throws { try await connection.tell(.post, "/grants", grant) }

  package func remove(_ grant: GrantSummary) async throws {
    try await connection.tell(.post, "/grants/remove", grant)
  }

  package func explainAccess(
    of name: String, to action: Action, on resource: Resource, submitter: String?
  ) async throws -> AccessSummary {
    var query = "?name=\(ServerConnection.part(name))&action=\(action.rawValue)"
    if case .model(let model) = resource { query += "&model=" + ServerConnection.part(model) }
    if let submitter { query += "&submitter=" + ServerConnection.part(submitter) }
    return try await connection.ask(AccessSummary.self, .get, "/access" + query)
  }

  package func guardedClients(of model: String?, everybody: Bool) async throws -> [GuardedClient] {
    let path = model.map { Self.address(ofModel: $0) + "/guard" } ?? "/guard"
    return try await connection.ask([GuardedClient].self, .get, path + (everybody ? "?all=true" : ""))
  }

  package func clear(_ client: ClearedClient, of model: String) async throws -> GuardedClient {
    try await connection.ask(
      GuardedClient.self, .post, Self.address(ofModel: model) + "/guard/clear", client)
  }

  package func keepGuard(
    _ calibration: Bytes, of model: Digest, rows: Int
  ) async throws -> [KeptCalibration] {
    guard let version = try await versions().first(where: { $0.digest == model }) else {
      throw StoreError.noVersion(model)
    }
    let path = Self.address(ofModel: version.model) + "/versions/\(version.version)/guard"
    return try await connection.ask([KeptCalibration].self, .put, path, json: calibration)
  }

  package func quotas() async throws -> [Quota] { try await connection.ask([Quota].self, .get, "/quotas") }
  package func set(_ quota: Quota) async throws { try await connection.tell(.put, "/quotas", quota) }

  package func removeQuota(on models: NamePattern) async throws {
    try await connection.tell(.delete, "/quotas?models=" + ServerConnection.part(models.text))
  }

  package func retentions() async throws -> [Retention] {
    try await connection.ask([Retention].self, .get, "/retentions")
  }

  package func set(_ rule: Retention) async throws { try await connection.tell(.put, "/retentions", rule) }

  package func removeRetention(of models: NamePattern) async throws {
    try await connection.tell(.delete, "/retentions?models=" + ServerConnection.part(models.text))
  }

  private static func address(ofPrincipal name: String) -> String {
    "/principals/" + ServerConnection.part(name)
  }
}
