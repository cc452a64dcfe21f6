// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletGate
import MartletRegistry

@testable import MartletLifecycle

/// A store that has something of everything that the console can show.
enum Showroom {
  static let password = "vermilion otter ladder"

  static let policy = """
    name: four-eyes
    release:
      - require: scan.verdict == safe
        because: a file that is not proved harmless can run code where it is loaded
        maximumAge: 90d
    approvals:
      count: 1
      notSubmitter: true
    """

  /// A pickle that calls something when it is loaded, which nothing here does.
  static let pickle = Array("cos\nsystem\n".utf8) + Array("(S'true'\ntR.".utf8)

  /// People with passwords: anna brings models, berta approves and operates, carla administers.
  static func people(_ lifecycle: Lifecycle) throws {
    for (name, roles) in [
      ("anna", [Role.submitter, .predictor]), ("berta", [.approver, .operator, .auditor]),
      ("carla", [.administrator]),
    ] {
      _ = try lifecycle.addPrincipal(named: name, kind: .person)
      for role in roles { try lifecycle.grant(role, on: "*", to: name, effect: .allow) }
      try lifecycle.setPassword(password, of: name, cost: ConsoleFixture.cheap)
    }
    _ = try lifecycle.setPolicy(try Policy(yaml: policy))
  }

  static func id(_ name: String, _ lifecycle: Lifecycle) throws -> String {
    try lifecycle.account(named: name).principal.id
  }

  static func fill(_ lifecycle: Lifecycle) throws {
    try people(lifecycle)
    let (anna, berta) = (try id("anna", lifecycle), try id("berta", lifecycle))
    let examples = ServedConsole.examples
    for (path, name, isReleased) in [
      ("/digits/digits.onnx", "digits", true), ("/breast-cancer/mlp.onnx", "screening", false),
      ("/breast-cancer/forest.onnx", "triage", true),
    ] {
      _ = try lifecycle.protect(ProtectOrder(path: examples + path, name: name, principal: anna)) { _ in }
      guard isReleased else { continue }
      let version = try VersionName("\(name):1")
      _ = try lifecycle.approve(version, by: berta)
      _ = try lifecycle.release(version, by: berta)
    }
    _ = try lifecycle.change(
      VersionName("triage:1"), .quarantine, reason: "its scores drifted apart from the reviews", by: berta)
    _ = try lifecycle.setAlias("champion", to: VersionName("digits:1"), by: berta)
    let file = lifecycle.store.home.path + "/classifier.pkl"
    try Data(pickle).write(to: URL(fileURLWithPath: file))
    _ = try lifecycle.protect(ProtectOrder(path: file, name: "classifier", principal: anna)) { _ in }
    try assess(lifecycle)
    _ = try lifecycle.makeKey(
      for: "billing", kind: .service, role: .predictor, models: "digits",
      expires: Date(timeIntervalSinceNow: 90 * 86_400))
  }

  /// Evidence of every kind, as assessments leave it. The numbers are nobody's.
  private static func assess(_ lifecycle: Lifecycle) throws {
    let version = try lifecycle.store.registry.versions(of: "digits")[0]
    let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
    func accuracy(_ share: Double) -> RobustnessFact.Accuracy {
      .init(accuracy: share, low: max(0, share - 0.035), high: min(1, share + 0.03))
    }
    let data = Digest.of(Array("data".utf8))
    func keep(_ fact: some EvidencePredicate) throws {
      try lifecycle.store.registry.keep([
        lifecycle.store.evidence(fact, about: version.digest, named: "digits")
      ])
    }
    try keep(
      RobustnessFact(
        at: now, examples: 597, clean: accuracy(0.97),
        linf: ["0.05": accuracy(0.82), "0.1": accuracy(0.55), "0.2": accuracy(0.12)], l2: nil, table: nil,
        attack: "fast: APGD-CE, APGD-T, Square", differentiated: "the output logits", trust: "suspect",
        checks: [
          .init(name: "steps", trust: "reliable", detail: "twice the steps find no more"),
          .init(name: "gradients", trust: "suspect", detail: "3 of 100 are zero"),
        ], data: data, reason: nil))
    try keep(
      CorruptionFact(
        at: now, examples: 597, clean: accuracy(0.97), accuracy: 0.71,
        each: ["fog": 0.52, "gaussian_noise": 0.64, "jpeg_compression": 0.93, "motion_blur": 0.75],
        worst: "fog", constants: "CIFAR-10-C", seed: 1, data: data))
    try keep(
      PrivacyFact(
        at: now, members: 600, nonmembers: 597, attack: "LiRA", shadows: 16, auc: 0.61, aucLow: 0.57,
        aucHigh: 0.65, tprAt1PctFpr: 0.06, tprAt1PctFprLow: 0.04, tprAt1PctFprHigh: 0.09, epsilonLower: 0.8,
        epsilon: nil, delta: 1e-5, risk: 3, verdict: "review", data: data))
    try keep(
      IntegrityFact(
        at: now, data: data, outcome: .suspicious, rows: 1200, suspicious: 14, wrongLabels: 0.008,
        triggers: 1,
        turned: 0, layer: "relu_3"))
    try keep(
      BackdoorFact(
        at: now, verdict: "suspicious", score: 6.4, p: 0.001, significance: 0.01, target: 3, references: 12,
        examples: 200, data: data, parent: .of([4]), changes: 5, undeclaredChanges: 2, declared: "head.*"))
    try keep(
      DataFact(
        at: now, digest: data, name: "digits.npz", rows: 1200, columns: 64, root: .of([1]), sealed: now,
        signer: Digest.of([2]).hex, manifest: .of([3])))
    try keep(
      TheftFact(
        at: now,
        price: [
          "full": ["90": .init(queries: 320, reached: true), "95": .init(queries: 900, reached: true)],
          "label": [
            "90": .init(queries: 2_400, reached: true), "95": .init(queries: 20_000, reached: false),
          ],
        ], advised: "label", budget: 450, linear: false, queries: 20_000, seeds: 3, examples: 300, data: data)
    )
  }
}
