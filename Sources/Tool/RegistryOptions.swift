// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletClient
import MartletFiles

/// Which registry a command is about: the store of this machine, or a server.
struct RegistryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Ask this server instead of the store of this machine (default: $MARTLET_SERVER).",
      valueName: "https://…"))
  var server: String?

  @Option(
    help: ArgumentHelp(
      "The file with the API key for the server (default: $MARTLET_KEY).", valueName: "file"),
    completion: .file())
  var keyFile: String?

  @Option(
    help: ArgumentHelp(
      "Whose certificates of servers are believed, PEM (default: $MARTLET_CA, or the system's).",
      valueName: "pem"),
    completion: .file())
  var ca: String?

  /// Opens the registry for as long as `body` runs.
  func withDoor<Value>(_ body: (any RegistryDoor) async throws -> Value) async throws -> Value {
    let door = try door()
    do {
      let value = try await body(door)
      try await door.close()
      return value
    } catch {
      try? await door.close()
      throw error
    }
  }

  /// Whether a server is meant.
  var namesServer: Bool { address != nil }

  private var address: String? {
    let address = server ?? ProcessInfo.processInfo.environment["MARTLET_SERVER"]
    return address.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func door() throws -> any RegistryDoor {
    let environment = ProcessInfo.processInfo.environment
    guard let address else {
      guard keyFile == nil, ca == nil else {
        throw Unusable(description: "--key-file and --ca go with --server")
      }
      return LocalDoor()
    }
    let authorities = ca ?? environment["MARTLET_CA"].flatMap { $0.isEmpty ? nil : $0 }
    return ServerDoor(try ServerConnection(address, key: try key(environment), authorities: authorities))
  }

  private func key(_ environment: [String: String]) throws -> String {
    if let keyFile {
      guard let bytes = try OwnerOnly.read(keyFile) else {
        throw Unusable(description: "expected an API key in \(keyFile), found no such file")
      }
      return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard let key = environment["MARTLET_KEY"], !key.isEmpty else { throw ServerDoorError.noKey }
    return key
  }
}
