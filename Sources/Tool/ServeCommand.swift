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
    abstract: "Answer questions to released models, over TLS.",
    discussion: """
      Speaks the Open Inference Protocol v2 (REST, JSON and binary tensors) to whoever presents a credential that may use the model, \
      and only for released models. What no longer satisfies the policy stops being answered with within a second. Runs until SIGINT or SIGTERM; \
      SIGHUP reads the certificate again.

      Settings come from the options, from variables that begin with MARTLET_SERVE_, and from a YAML file, in this order. It listens \
      on other addresses than loopback only with a certificate of its own.

      EXAMPLES
        martlet serve
        martlet serve --config /etc/martlet/serve.yaml
        martlet serve --config serve.yaml           with a guard for each model, as docs/guard.md says
        martlet serve --config serve.yaml --check   says what is wrong with the settings, and starts nothing
        martlet serve --policy internal     makes this the store's policy first
        martlet serve --one-time-key        with an administrator key that ends with the server
        martlet serve --port 0 --format json  any free port; prints the address as JSON when it is ready
      """)

  @Option(
    help: ArgumentHelp("The settings, in YAML (or MARTLET_SERVE_CONFIG).", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Flag(help: "Read the settings and the certificate, say what is wrong with them, and start nothing.")
  var check = false

  @Option(help: "The address to listen on; 127.0.0.1 when nothing says otherwise.")
  var host: String?

  @Option(help: "The port, 8443 when nothing says otherwise; 0 for any free one.")
  var port: Int?

  @Option(help: "Threads that one request may use in ONNX Runtime, 1 when nothing says otherwise.")
  var threads: Int?

  @Option(
    help:
      "Lines of the server's own log from which level on: trace, debug, info, notice, warning, error or critical."
  )
  var logLevel: String?

  @Option(help: "How those lines look: text or json.")
  var logFormat: LogFormat?

  @Flag(help: "Make an administrator key for this run, print it once, and revoke it at the end.")
  var oneTimeKey = false

  @OptionGroup var policy: PolicyOptions

  @Option(help: "How to announce that the server is ready: text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port must be from 0 to 65535, found \(port)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be from 1 to 256, found \(threads)")
    }
    if let logLevel, Logger.Level(rawValue: logLevel) == nil {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--log-level must be one of \(known), found \(logLevel)")
    }
  }

  func run() async throws {
    // Its memory holds the models' plaintext and the keys.
    CoreDumps.forbid()
    let settings = try settings()
    let store = try Store(.standard())
    if check {
      try Server.check(settings, store, logger: logger(settings))
      return Terminal.say("the settings are good: it would listen on \(settings.host):\(settings.port)")
    }
    let lifecycle = Lifecycle(store: store)
    if let policy = try policy.read() { _ = try lifecycle.setPolicy(policy, in: self.policy.environment) }
    let server = try Server(lifecycle: lifecycle, settings: settings, logger: logger(settings))
    let key =
      oneTimeKey
      ? try lifecycle.makeKey(
        for: "one-time administrator", kind: .person, role: .administrator,
        expires: Date(timeIntervalSinceNow: 86_400))
      : nil
    let models = try store.registry.versions().filter { $0.state == .released }.map(\.model)
    let announcement = Announcement(
      host: settings.announcedHost, certificate: settings.tls.own?.certificate ?? store.home.certificate,
      key: key?.reveal(), models: Array(Set(models)).sorted(), first: try firstSecret(settings, lifecycle))
    let format = format
    do {
      try await server.run { port in announcement.show(port: port, format: format) }
    } catch {
      if let key { try lifecycle.revokeKey(key.id) }
      throw error
    }
    if let key { try lifecycle.revokeKey(key.id) }
  }

  /// For whoever reads the terminal, where nobody administers the store yet.
  private func firstSecret(_ settings: ServerSettings, _ lifecycle: Lifecycle) throws -> String? {
    guard settings.hasConsole, format != .json else { return nil }
    return try lifecycle.issueBootstrapSecret(at: Date())?.reveal()
  }

  /// Options over the environment over the file.
  private func settings() throws -> ServerSettings {
    let environment = ProcessInfo.processInfo.environment
    let path = config ?? environment[ServerSettings.prefix + "CONFIG"]
    var yaml: String?
    if let path {
      do { yaml = try String(contentsOfFile: path, encoding: .utf8) } catch {
        throw ValidationError(
          "cannot read the settings \(path): expected a YAML file, found none that is text")
      }
    }
    var settings = try ServerSettings(yaml: yaml, environment: environment)
    settings.authorities = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    if let host { settings.host = host }
    if let port { settings.port = port }
    if let threads { settings.threads = threads }
    if let logLevel = logLevel.flatMap(Logger.Level.init(rawValue:)) { settings.logLevel = logLevel }
    if let logFormat { settings.logFormat = logFormat }
    return settings
  }

  private func logger(_ settings: ServerSettings) -> Logger {
    var logger = Logger(label: "martlet") { label -> any LogHandler in
      switch settings.logFormat {
      case .json: JSONLogHandler.standardError()
      case .text: StreamLogHandler.standardError(label: label)
      }
    }
    logger.logLevel = settings.logLevel
    return logger
  }
}

extension LogFormat: ExpressibleByArgument {}

/// What the server says when it is ready.
private struct Announcement: Sendable {
  private struct Document: Encodable {
    let address: String
    let certificate: String
    let key: String?
    let models: [String]
  }

  let host: String
  let certificate: String
  let key: String?
  let models: [String]
  /// What makes the first account.
  let first: String?

  func show(port: Int, format: OutputFormat) {
    let address = "https://\(host):\(port)"
    if format == .json {
      try? Terminal.document(Document(address: address, certificate: certificate, key: key, models: models))
      return
    }
    Terminal.say("martlet serves at \(address)/")
    if let first {
      Terminal.say(
        "nobody administers this store yet: make the first account at \(address)/first with the secret")
      Terminal.say("  \(first)")
      Terminal.say("which works once, within an hour")
    }
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
