// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletAccess
import MartletEvidence
import MartletGuard
import MartletServer
import NIOCore
import Testing

@Suite struct SettingsTests {
  @Test func everySettingIsReadAndTheEnvironmentWins() throws {
    let yaml = """
      listen: {host: 0.0.0.0, port: 9443}
      tls: {certificate: /etc/a.pem, key: /etc/a.key, clients: /etc/clients.pem}
      connections:
        most: 100
        handshake: 2s
        idle: 1m
        head: 500ms
        request: 2m
        slowestBody: 1 KiB
        headers: 16KiB
        headerFields: 50
      models:
        threads: 2
        preload: ["dig*", other]
        limits:
          - {name: digits, concurrency: 8, body: 1 MiB, elements: 4096, batch: {rows: 16, wait: 2ms}}
          - {name: "*", concurrency: 4}
      log: {level: info, format: json}
      console: false
      signin:
        issuer: https://id.example.org/ml
        client: martlet
        secret: /etc/martlet/client-secret
        grants: [{claim: groups, value: reviewers, role: approver, models: "team-*"}]
      """
    var settings = try ServerSettings(
      yaml: yaml,
      environment: [
        "MARTLET_SERVE_PORT": "9444", "MARTLET_SERVE_TLS_KEY": "/run/a.key", "MARTLET_HOME": "/x",
        "PATH": "/",
      ])
    #expect(settings.host == "0.0.0.0")
    #expect(settings.port == 9444)
    #expect(settings.tls.own == .init(certificate: "/etc/a.pem", key: "/run/a.key"))
    #expect(settings.tls.clients == "/etc/clients.pem")
    #expect(settings.connections.most == 100)
    #expect(settings.connections.handshake == .seconds(2))
    #expect(settings.connections.idle == .minutes(1))
    #expect(settings.connections.head == .milliseconds(500))
    #expect(settings.connections.request == .minutes(2))
    #expect(settings.connections.slowestBody == 1_024)
    #expect(settings.connections.headers == 16_384)
    #expect(settings.connections.headerFields == 50)
    #expect(settings.threads == 2)
    #expect(settings.preload == ["dig*", "other"])
    let digits = settings.models.settings(of: "digits")
    #expect(digits.concurrency == 8)
    #expect(digits.body == 1 << 20)
    #expect(digits.elements == 4_096)
    #expect(digits.batch?.rows == 16)
    #expect(digits.batch?.wait == .milliseconds(2))
    #expect(settings.models.settings(of: "another").concurrency == 4)
    #expect(settings.models.settings(of: "another").batch == nil)
    #expect(
      settings.signIn
        == SignInSettings(
          name: "id.example.org", issuer: "https://id.example.org/ml", client: "martlet",
          secret: "/etc/martlet/client-secret",
          grants: [.init(claim: "groups", value: "reviewers", role: .approver, models: "team-*")]))
    #expect(settings.logLevel == .info)
    #expect(settings.logFormat == .json)
    #expect(!settings.hasConsole)

    settings = try ServerSettings(yaml: nil, environment: [:])
    #expect(settings == ServerSettings())
    #expect(try ServerSettings(yaml: "", environment: [:]) == ServerSettings())
    #expect(try ServerSettings(yaml: "# nothing\n", environment: [:]) == ServerSettings())
  }

  @Test func theGuardOfAModelIsSetBesideItsLimits() throws {
    let path = FileManager.default.temporaryDirectory.path + "/policy \(UUID()).json"
    try #"{"version": 1, "alpha": 0.01, "coarse": {"top": 1}}"#.write(
      toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let digest = String(repeating: "ab", count: 32)
    let settings = try ServerSettings(
      yaml: """
        models:
          limits:
            - name: digits
              guard:
                policy: \(path)
                calibration: \(digest)
                coarsenAt: 5
                holdAt: never
                rate: {key: {burst: 100, perSecond: 0.5}}
                budget: {tenant: {queries: 500, seconds: 86400}, network: {queries: 2000}}
                validation: note
                response: {decimals: 2, top: 3, watermark: true}
                watermark: /etc/martlet/watermark.key
            - {name: "*", guard: {calibration: none, networks: false}}
        """, environment: [:])
    let sentry = settings.models.settings(of: "digits").sentry
    #expect(sentry.calibration == .digest(Digest(hex: digest)!))
    #expect(sentry.policy.alpha == 0.01 && sentry.policy.coarsenAt == 5 && sentry.policy.holdAt == nil)
    #expect(sentry.policy.rate == .init(key: .init(burst: 100, perSecond: 0.5)))
    #expect(
      sentry.policy.budget
        == .init(tenant: .init(queries: 500, seconds: 86_400), network: .init(queries: 2_000)))
    #expect(sentry.policy.validation == .note)
    #expect(sentry.policy.response == ResponsePolicy(decimals: 2, top: 3, watermark: true))
    #expect(sentry.policy.coarse == ResponsePolicy(top: 1))
    #expect(sentry.watermarkKey == "/etc/martlet/watermark.key" && sentry.countsNetworks)
    let others = settings.models.settings(of: "another").sentry
    #expect(others.calibration == .none && !others.countsNetworks && others.policy == GuardPolicy())
  }

  @Test(arguments: [
    ("lisen: {port: 1}", "the configuration has the unknown key `lisen`"),
    ("listen: {prot: 1}", "`listen` has the unknown key `prot`; known are host, port"),
    ("listen: 8443", "`listen` must be a mapping"), ("- a", "the configuration must be a mapping"),
    ("listen: {port: 70000}", "expected a number from 0 to 65535, found `70000`"),
    ("listen: {port: 1, port: 2}", "port"), ("listen: {host: \"\"}", "must be a text or a number"),
    ("tls: {certificate: a}", "found one without the other"),
    ("tls: {key: a}", "found one without the other"),
    ("connections: {idle: 60}", "such as 2ms, 10s or 5m, found `60`"),
    ("connections: {idle: 0s}", "expected a time from 100ms"),
    ("connections: {idle: -1s}", "expected a time"),
    ("connections: {headers: 64 kb}", "such as 65536 or 64 KiB"),
    ("connections: {headers: 99999999999999999 GiB}", "expected bytes"),
    ("models: {limits: [{concurrency: 1}]}", "entry 1 of `limits` lacks the key `name`"),
    ("models: {limits: [{name: a, batch: {rows: 1}}]}", "expected a number from 2"),
    ("models: {limits: [{name: a, batch: {wait: 2s}}]}", "expected a time from 0s to 1s"),
    ("models: {limits: [{name: a, guard: {budgets: {}}}]}", "`guard` has the unknown key `budgets`"),
    ("models: {limits: [{name: a, guard: {budget: {keys: {queries: 1}}}}]}", "unknown key `keys`"),
    ("models: {limits: [{name: a, guard: {budget: {key: {seconds: 1}}}}]}", "lacks the key `queries`"),
    ("models: {limits: [{name: a, guard: {budget: {key: {queries: 0}}}}]}", "expected a number from 1"),
    ("models: {limits: [{name: a, guard: {rate: {key: {burst: 1}}}}]}", "expected `burst` and `perSecond`"),
    ("models: {limits: [{name: a, guard: {alpha: 2}}]}", "`alpha`: expected a number from"),
    ("models: {limits: [{name: a, guard: {holdAt: soon}}]}", "found `soon`"),
    ("models: {limits: [{name: a, guard: {response: {decimals: 9}}}]}", "expected a number from 0 to 6"),
    ("models: {limits: [{name: a, guard: {response: {labelonly: true}}}]}", "unknown key `labelonly`"),
    ("models: {limits: [{name: a, guard: {validation: maybe}}]}", "expected one of refuse, note, off"),
    ("models: {limits: [{name: a, guard: {policy: /nowhere/policy.json}}]}", "/nowhere/policy.json"),
    (
      "models: {limits: [{name: a, guard: {networks: false, rate: {network: {burst: 1, perSecond: 1}}}}]}",
      "where `networks` is false"
    ),
    ("models: {preload: [{}]}", "must be a list of texts"), ("models: {threads: many}", "found `many`"),
    ("log: {level: loud}", "expected one of trace, debug, info"),
    ("log: {format: xml}", "expected one of text, json"),
    ("console: yes please", "expected true or false"),
    ("signin: {issuer: \"https://a.example\"}", "`signin` lacks the key `client`"),
    (
      "signin: {client: a, issuer: \"http://a.example\"}",
      "expected an https address, found `http://a.example`"
    ),
    ("signin: {client: a, issuer: \"https://b@a.example\"}", "expected an https address"),
    ("signin: {client: a, issuer: \"https://a\", grants: [{claim: a}]}", "lacks one of the keys `claim`"),
    (
      "signin: {client: a, issuer: \"https://a\", grants: [{claim: a, value: b, role: king}]}",
      "expected one of"
    ), ("a: [", "is not YAML"), ("a: \t- b", "is not YAML"),
  ])
  func whatIsUnknownOrImpossibleIsRefusedInWords(_ yaml: String, _ words: String) {
    let error = #expect(throws: ServerError.self) { try ServerSettings(yaml: yaml, environment: [:]) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(error.map { "\($0)" } ?? "nothing")")
  }

  @Test(arguments: [
    (["MARTLET_SERVE_PROT": "1"], "MARTLET_SERVE_PROT, which is no setting; known are MARTLET_SERVE_CONFIG"),
    (["MARTLET_SERVE_PORT": "x"], "MARTLET_SERVE_PORT: expected a number"),
    (["MARTLET_SERVE_TLS_KEY": "a"], "found one without the other"),
    (["MARTLET_SERVE_CONSOLE": "1"], "MARTLET_SERVE_CONSOLE: expected true or false"),
  ])
  func variablesAreHeldToTheSame(_ environment: [String: String], _ words: String) {
    let error = #expect(throws: ServerError.self) { try ServerSettings(yaml: nil, environment: environment) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(error.map { "\($0)" } ?? "nothing")")
  }
}
