// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import Logging
import MartletAccess
import MartletEncrypt
import MartletLifecycle
import MartletRegistry
import MartletServer

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer questions to released models, over TLS on loopback.",
    discussion: """
      Speaks the Open Inference Protocol v2 (REST, JSON tensors) to whoever presents an API key that may use the model,
      and only for released models. What no longer satisfies the policy stops being answered with within a second. Runs until SIGINT or SIGTERM.

      EXAMPLES
        martlet serve
        martlet serve --policy internal     makes this the store's policy first
        martlet serve --one-time-key        with an administrator key that ends with the server
        martlet serve --port 0 --format json  any free port; prints the address as JSON when it is ready
      """)

  @Option(help: "The port; 0 for any free one.")
  var port: Int = 8443

  @Option(help: "Threads that one request may use in ONNX Runtime.")
  var threads: Int = 1

  @Flag(help: "Make an administrator key for this run, print it once, and revoke it at the end.")
  var oneTimeKey = false

  @OptionGroup var policy: PolicyOptions

  @Option(help: "How to announce that the server is ready: text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port must be from 0 to 65535, found \(port)")
    }
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads must be from 1 to 256, found \(threads)")
    }
  }

  func run() async throws {
    // Its memory holds the models' plaintext and the keys.
    CoreDumps.forbid()
    let store = try Store(.standard())
    let lifecycle = Lifecycle(store: store)
    if let policy = try policy.read() { _ = try lifecycle.setPolicy(policy, in: self.policy.environment) }
    var logger = Logger(label: "martlet", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .warning
    let server = try Server(
      lifecycle: lifecycle, options: .init(port: port, threads: threads), logger: logger)
    let key =
      oneTimeKey
      ? try lifecycle.makeKey(
        for: "one-time administrator", kind: .person, role: .administrator,
        expires: Date(timeIntervalSinceNow: 86_400))
      : nil
    let models = try store.registry.versions().filter { $0.state == .released }.map(\.model)
    let announcement = Announcement(
      certificate: store.home.certificate, key: key?.reveal(), models: Array(Set(models)).sorted())
    let format = format
    do {
      try await server.run { port in announcement.show(port: port, format: format) }
    } catch {
      if let key { try lifecycle.revokeKey(key.id) }
      throw error
    }
    if let key { try lifecycle.revokeKey(key.id) }
  }
}

/// What the server says when it is ready.
private struct Announcement: Sendable {
  private struct Document: Encodable {
    let address: String
    let certificate: String
    let key: String?
    let models: [String]
  }

  let certificate: String
  let key: String?
  let models: [String]

  func show(port: Int, format: OutputFormat) {
    let address = "https://localhost:\(port)"
    if format == .json {
      try? Terminal.document(Document(address: address, certificate: certificate, key: key, models: models))
      return
    }
    Terminal.say("martlet serves at \(address)/")
    if models.isEmpty {
      Terminal.say("no model is released yet: martlet protect MODEL --data FILE")
    }
    if let key {
      Terminal.say("administrator key for this run, shown once: \(key)")
    } else {
      Terminal.say("a key for someone: martlet token create NAME --role predictor --models MODEL")
    }
    let name = models.first ?? "MODEL"
    Terminal.say(
      """
      ask:
        curl --cacert '\(certificate)' -H 'Authorization: Bearer \(key ?? "KEY")' \(address)/v2/models/\(name)
      """)
  }
}
