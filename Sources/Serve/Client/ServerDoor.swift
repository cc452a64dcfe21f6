// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
package import MartletGate
package import MartletLifecycle
package import MartletRegistry

/// The registry of a server.
package struct ServerDoor: RegistryDoor {
  let connection: ServerConnection

  package init(_ connection: ServerConnection) { self.connection = connection }

  package func close() async throws { try await connection.close() }

  package func versions() async throws -> [VersionSummary] {
    try await connection.ask([VersionSummary].self, .get, "/models")
  }

  package func versions(of model: String) async throws -> [VersionSummary] {
    try await connection.ask([VersionSummary].self, .get, Self.address(ofModel: model))
  }

  package func version(_ name: VersionName) async throws -> VersionSummary {
    try await connection.ask(VersionSummary.self, .get, Self.address(of: name))
  }

  package func setAlias(_ alias: String, to name: VersionName) async throws -> VersionSummary {
    try await connection.ask(
      VersionSummary.self, .put,
      Self.address(ofModel: name.model) + "/aliases/" + ServerConnection.part(alias),
      ["version": Self.text(of: name.which)])
  }

  package func removeAlias(_ alias: String, of model: String) async throws {
    try await connection.tell(
      .delete, Self.address(ofModel: model) + "/aliases/" + ServerConnection.part(alias))
  }

  package func setTags(
    _ tags: [String: String], removing: [String], of name: VersionName
  ) async throws -> VersionSummary {
    struct Tags: Encodable {
      let set: [String: String]
      let remove: [String]
    }
    return try await connection.ask(
      VersionSummary.self, .patch, Self.address(of: name) + "/tags", Tags(set: tags, remove: removing))
  }

  package func setLineage(_ lineage: Lineage, of name: VersionName) async throws -> VersionSummary {
    try await connection.ask(VersionSummary.self, .put, Self.address(of: name) + "/lineage", lineage)
  }

  package func approve(_ name: VersionName, in environment: String?) async throws -> Approval {
    try await connection.ask(
      Approval.self, .post, Self.address(of: name) + "/approvals", Self.place(environment))
  }

  package func release(_ name: VersionName, in environment: String?) async throws -> Decision {
    try await connection.ask(
      Decision.self, .post, Self.address(of: name) + "/release", Self.place(environment))
  }

  package func change(
    _ name: VersionName, _ change: Lifecycle.StateChange, reason: String
  ) async throws -> VersionSummary {
    try await connection.ask(
      VersionSummary.self, .post, Self.address(of: name) + "/" + change.rawValue, ["reason": reason])
  }

  private static func place(_ environment: String?) -> [String: String] {
    environment.map { ["environment": $0] } ?? [:]
  }

  static func address(ofModel model: String) -> String { "/models/" + ServerConnection.part(model) }

  static func address(of name: VersionName) -> String {
    address(ofModel: name.model) + "/versions/" + ServerConnection.part(text(of: name.which))
  }

  private static func text(of which: VersionName.Which) -> String {
    switch which {
    case .newest: "newest"
    case .number(let number): "\(number)"
    case .alias(let alias): alias
    }
  }
}
