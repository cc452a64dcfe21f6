// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// A `martlet serve` that is ready, asked with curl as its users ask it.
struct RunningServer {
  /// An answer to a request.
  struct Answer {
    /// 0 when there was none.
    let status: Int
    /// Of HTTP.
    let version: String
    let body: String
    /// curl's own.
    let exit: Int32

    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any], "\(body)")
    }
  }

  let place: Workplace
  let program: Program
  let port: Int
  let certificate: String
  /// Of a server that was started with `--one-time-key`.
  let key: String?
  let models: [String]

  init(_ place: Workplace, _ options: String...) async throws {
    self.place = place
    program = try place.start(["serve", "--port", "0", "--format", "json"] + options, isTalking: true)
    let text = try await program.paragraph()
    let announced = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    let address = try #require((announced["address"] as? String).flatMap { URL(string: $0) })
    port = try #require(address.port)
    certificate = try #require(announced["certificate"] as? String)
    key = announced["key"] as? String
    models = try #require(announced["models"] as? [String])
  }

  /// - Parameter post: the body of a POST; a GET without.
  func ask(_ path: String, key: String? = nil, post: String? = nil, _ options: String...) async throws
    -> Answer
  {
    var arguments = options + ["-sS", "--cacert", certificate, "-w", "\n%{http_code} %{http_version}"]
    if let key { arguments += ["-H", "Authorization: Bearer \(key)"] }
    if let post {
      arguments += ["--data-binary", "@" + (try place.write(post, to: ".printed/\(UUID().uuidString)"))]
    }
    return try await curl(arguments + ["https://localhost:\(port)\(path)"])
  }

  func curl(_ arguments: [String]) async throws -> Answer {
    let ended = try await place.run("/usr/bin/env", ["curl"] + arguments)
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
    let facts = (lines.last ?? "").split(separator: " ")
    return Answer(
      status: facts.first.flatMap { Int($0) } ?? 0, version: facts.count > 1 ? String(facts[1]) : "",
      body: lines.dropLast().joined(separator: "\n"), exit: ended.status)
  }

  /// Asks a model of digits about one image.
  func classify(_ pixels: [Float], model: String = "digits", key: String) async throws -> Answer {
    try await ask("/v2/models/\(model)/infer", key: key, post: Self.question(pixels))
  }

  static func question(_ pixels: [Float]) -> String {
    #"{"id":"7","inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","data":\#(pixels)}]}"#
  }

  func newKey(_ name: String, role: String, models: String = "*") async throws -> String {
    let made = try await place.martlet("token", "create", name, "--role", role, "--models", models)
    return try #require(made.lines.first, "\(made.errors)")
  }

  /// Ends it as an operator does.
  func stop() async throws -> Program.Ended {
    program.signal(SIGTERM)
    return try await program.end()
  }
}
