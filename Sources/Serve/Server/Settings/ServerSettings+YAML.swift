// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Logging
import MartletAccess
import NIOCore
import Yams

extension ServerSettings {
  /// Reads the configuration: `file`, and over it what the environment says.
  ///
  /// ```yaml
  /// listen: {host: 0.0.0.0, port: 8443}
  /// tls: {certificate: /etc/martlet/server.pem, key: /etc/martlet/server.key}
  /// models:
  ///   limits:
  ///     - {name: digits, concurrency: 64, body: 1 MiB, batch: {rows: 32, wait: 2ms}}
  /// ```
  /// - Throws: ``ServerError/setting(_:)`` for everything that is not known or not possible.
  package init(yaml: String?, environment: [String: String]) throws(ServerError) {
    self.init()
    if let yaml { try read(yaml) }
    try read(environment)
  }

  private mutating func read(_ yaml: String) throws(ServerError) {
    guard yaml.utf8.count <= Self.longest else {
      throw .setting("the configuration is longer than \(Self.longest) bytes")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch {
      throw .setting("the configuration is not YAML: \(Self.line(error))")
    }
    // An empty file sets nothing.
    guard let root else { return }
    let fields = try SettingsFields(
      root, at: "the configuration",
      allowed: ["listen", "tls", "connections", "models", "log", "console", "signin"])
    if let listen = try fields.part("listen", allowed: ["host", "port"]) {
      if let text = try listen.text("host") { host = text.text }
      if let text = try listen.text("port") { port = try text.number(in: Self.ports) }
    }
    if let part = try fields.part("tls", allowed: ["certificate", "key", "clients"]) {
      try setCertificate(try part.text("certificate")?.text, try part.text("key")?.text)
      tls.clients = try part.text("clients")?.text
    }
    try readConnections(fields)
    try readModels(fields)
    if let log = try fields.part("log", allowed: ["level", "format"]) {
      if let text = try log.text("level") { logLevel = try text.choice(of: Logger.Level.self) }
      if let text = try log.text("format") { logFormat = try text.choice(of: LogFormat.self) }
    }
    if let text = try fields.text("console") { hasConsole = try text.flag() }
    signIn = try SignInSettings(fields)
  }

  private mutating func readConnections(_ fields: SettingsFields) throws(ServerError) {
    guard
      let part = try fields.part(
        "connections",
        allowed: ["most", "handshake", "idle", "head", "request", "slowestBody", "headers", "headerFields"])
    else { return }
    if let text = try part.text("most") { connections.most = try text.number(in: 1...1_000_000) }
    if let text = try part.text("handshake") { connections.handshake = try text.time(in: Self.times) }
    if let text = try part.text("idle") { connections.idle = try text.time(in: Self.times) }
    if let text = try part.text("head") { connections.head = try text.time(in: Self.times) }
    if let text = try part.text("request") { connections.request = try text.time(in: Self.times) }
    if let text = try part.text("slowestBody") { connections.slowestBody = try text.size(in: 1...(1 << 30)) }
    if let text = try part.text("headers") { connections.headers = try text.size(in: 1_024...(1 << 20)) }
    if let text = try part.text("headerFields") {
      connections.headerFields = try text.number(in: 10...10_000)
    }
  }

  private mutating func readModels(_ fields: SettingsFields) throws(ServerError) {
    guard let part = try fields.part("models", allowed: ["threads", "preload", "limits"]) else { return }
    if let text = try part.text("threads") { threads = try text.number(in: 1...256) }
    preload = try part.texts("preload") ?? []
    for entry in try part.list(
      "limits", allowed: ["name", "concurrency", "body", "elements", "batch", "guard"])
    {
      guard let name = try entry.text("name")?.text else {
        throw .setting("\(entry.place) lacks the key `name`")
      }
      var settings = ModelSettings()
      if let text = try entry.text("concurrency") { settings.concurrency = try text.number(in: 1...100_000) }
      if let text = try entry.text("body") { settings.body = try text.size(in: 1...(1 << 30)) }
      if let text = try entry.text("elements") { settings.elements = try text.number(in: 1...(1 << 30)) }
      if let batch = try entry.part("batch", allowed: ["rows", "wait"]) {
        var together = ModelSettings.Batch()
        if let text = try batch.text("rows") { together.rows = try text.number(in: 2...65_536) }
        if let text = try batch.text("wait") {
          together.wait = .nanoseconds(try text.time(in: .zero...(.seconds(1))).nanoseconds)
        }
        settings.batch = together
      }
      if let part = try entry.part("guard", allowed: GuardSettings.keys) {
        settings.sentry = try GuardSettings(part)
      }
      models.named.append((NamePattern(name), settings))
    }
  }

  private mutating func read(_ environment: [String: String]) throws(ServerError) {
    let given = environment.filter { $0.key.hasPrefix(Self.prefix) }
    var certificate: String?
    var key: String?
    for (name, text) in given.sorted(by: { $0.key < $1.key }) {
      let text = SettingText(name: name, text: text)
      switch name.dropFirst(Self.prefix.count) {
      case "CONFIG": break
      case "HOST": host = text.text
      case "PORT": port = try text.number(in: Self.ports)
      case "THREADS": threads = try text.number(in: 1...256)
      case "TLS_CERTIFICATE": certificate = text.text
      case "TLS_KEY": key = text.text
      case "TLS_CLIENTS": tls.clients = text.text
      case "LOG_LEVEL": logLevel = try text.choice(of: Logger.Level.self)
      case "LOG_FORMAT": logFormat = try text.choice(of: LogFormat.self)
      case "CONSOLE": hasConsole = try text.flag()
      default:
        throw .setting(
          "the environment has \(name), which is no setting; known are \(Self.variables.map { Self.prefix + $0 }.joined(separator: ", "))"
        )
      }
    }
    if certificate != nil || key != nil {
      try setCertificate(certificate ?? tls.own?.certificate, key ?? tls.own?.key)
    }
  }

  private mutating func setCertificate(_ certificate: String?, _ key: String?) throws(ServerError) {
    switch (certificate, key) {
    case (nil, nil): break
    case (let certificate?, let key?): tls.own = .init(certificate: certificate, key: key)
    default: throw .setting("`tls`: expected a certificate and its key, found one without the other")
    }
  }

  /// What variables of the server begin with.
  package static let prefix = "MARTLET_SERVE_"
  private static let variables = [
    "CONFIG", "HOST", "PORT", "THREADS", "TLS_CERTIFICATE", "TLS_KEY", "TLS_CLIENTS", "LOG_LEVEL",
    "LOG_FORMAT",
    "CONSOLE",
  ]
  private static let ports = 0...65_535
  private static let times = TimeAmount.milliseconds(100)...TimeAmount.hours(24)
  private static let longest = 1 << 20

  private static func line(_ error: any Error) -> String {
    "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
