// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import Testing

/// A user's directory with a store in it, whose names have spaces. It is removed with all that is in it at the end.
final class Workplace: Sendable {
  let path: String
  /// `MARTLET_HOME`. Nothing is there yet.
  let home: String

  init() throws {
    var template = Array("/tmp/martlet tool XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
    home = path + "/a store"
    try FileManager.default.createDirectory(atPath: path + "/.printed", withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the workplace.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  @discardableResult func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }

  @discardableResult func write(_ text: String, to name: String) throws -> String {
    try write(text.utf8, to: name)
  }

  /// Starts `martlet`.
  func start(
    _ arguments: [String], in directory: String? = nil, environment: [String: String] = [:],
    isTalking: Bool = false
  ) throws -> Program {
    try Program(
      Program.martlet, arguments, environment: variables(environment), in: directory ?? path,
      scratch: self(".printed"), isTalking: isTalking)
  }

  /// Runs `martlet` to its end.
  @discardableResult func martlet(
    _ arguments: String..., in directory: String? = nil, environment: [String: String] = [:]
  ) async throws -> Program.Ended {
    try await start(arguments, in: directory, environment: environment).end()
  }

  func martlet(_ arguments: [String], environment: [String: String] = [:]) async throws -> Program.Ended {
    try await start(arguments, environment: environment).end()
  }

  /// Runs another program of the machine.
  func run(_ path: String, _ arguments: [String]) async throws -> Program.Ended {
    try await Program(path, arguments, environment: variables([:]), in: self.path, scratch: self(".printed"))
      .end()
  }

  private func variables(_ more: [String: String]) -> [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["MARTLET_HOME"] = home
    variables["HOME"] = path
    for name in ["MARTLET_LOCK_WAIT", "MARTLET_SERVER", "MARTLET_KEY", "MARTLET_CA"] { variables[name] = nil }
    return variables.merging(more) { $1 }
  }

  /// A policy that looks at the scan only, so that a model is released without being measured.
  func lenientPolicy() throws -> String {
    try write("name: lenient\nrelease:\n  - require: scan.verdict == safe\n", to: "lenient policy.yaml")
  }

  /// Brings a model into the store, released, in as little time as possible.
  func release(_ model: String, as name: String) async throws {
    let ended = try await martlet("protect", model, "--name", name, "--policy", lenientPolicy())
    try #require(ended.status == 0, "\(ended.output)\(ended.errors)")
  }

  /// The entries of the log, the oldest first.
  func records() async throws -> [[String: Any]] {
    let shown = try await martlet("log", "show", "--last", "100000", "--format", "json")
    try #require(shown.status == 0, "\(shown.errors)")
    return try shown.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  func expectIntactLog(_ location: SourceLocation = #_sourceLocation) async throws {
    let verified = try await martlet("log", "verify")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)", sourceLocation: location)
    #expect(verified.output.hasPrefix("intact  "), sourceLocation: location)
  }

  /// The store's database, as anybody who can write the file may use it.
  func database<Value>(_ body: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    return try DatabaseQueue(path: home + "/martlet.db", configuration: configuration).write(body)
  }

  /// The names of all files below a directory, with their content.
  func files(in directory: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for case let name as String in try #require(FileManager.default.enumerator(atPath: directory)) {
      var isDirectory: ObjCBool = false
      let path = directory + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue
      else { continue }
      found[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return found
  }

  /// Everything that the store knows: its files, and the rows of its database instead of the database's files.
  func knowledge() throws -> [String: Data] {
    var known = try files(in: home).filter { !$0.key.hasPrefix("martlet.db") && !$0.key.hasSuffix(".lock") }
    let tables = [
      "version", "evidence", "principal", "apiKey", "grant", "password", "totp", "session",
      "certificateIdentity", "oidcIssuer", "oidcIdentity", "approval", "bootstrap", "alias", "tag", "lineage",
      "quota", "retention",
    ]
    for table in tables {
      let rows = try database { try Row.fetchAll($0, sql: "SELECT * FROM \"\(table)\"").map(\.description) }
      known[table] = Data(rows.sorted().joined(separator: "\n").utf8)
    }
    return known
  }
}
