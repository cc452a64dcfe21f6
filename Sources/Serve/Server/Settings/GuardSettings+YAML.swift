// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletBytes
import MartletEvidence
import MartletGuard

extension GuardSettings {
  static let keys: Set<String> = [
    "calibration", "policy", "alpha", "coarsenAt", "holdAt", "rate", "budget", "validation", "response",
    "coarse", "watermark", "networks",
  ]

  /// Reads the key `guard` of a model's limits:
  ///
  /// ```yaml
  /// guard:
  ///   calibration: store            # or a file, a digest that the store keeps, or none
  ///   rate: {key: {burst: 100, perSecond: 20}}
  ///   budget: {tenant: {queries: 5000, seconds: 86400}}
  ///   response: {decimals: 2, top: 3}
  /// ```
  /// - Throws: ``ServerError/setting(_:)``.
  init(_ fields: SettingsFields) throws(ServerError) {
    self.init()
    if let text = try fields.text("calibration")?.text {
      calibration =
        switch text {
        case "store": .ofStore
        case "none": .none
        default: Digest(hex: text).map { .digest($0) } ?? .file(text)
        }
    }
    if let path = try fields.text("policy")?.text { policy = try Self.policy(path) }
    if let text = try fields.text("alpha") { policy.alpha = try text.decimal(in: 1e-12...0.5) }
    if let text = try fields.text("coarsenAt") { policy.coarsenAt = try Self.step(text) }
    if let text = try fields.text("holdAt") { policy.holdAt = try Self.step(text) }
    if let part = try fields.part("rate", allowed: Self.parties) {
      policy.rate = .init(
        key: try Self.rate(part, "key"), tenant: try Self.rate(part, "tenant"),
        network: try Self.rate(part, "network"))
    }
    if let part = try fields.part("budget", allowed: Self.parties) {
      policy.budget = .init(
        key: try Self.budget(part, "key"), tenant: try Self.budget(part, "tenant"),
        network: try Self.budget(part, "network"))
    }
    if let text = try fields.text("validation") {
      policy.validation = try text.choice(of: GuardPolicy.Validation.self)
    }
    if let response = try Self.response(fields, "response") { policy.response = response }
    if let response = try Self.response(fields, "coarse") { policy.coarse = response }
    if let text = try fields.text("watermark")?.text { watermarkKey = text }
    if let text = try fields.text("networks") { countsNetworks = try text.flag() }
    guard countsNetworks || (policy.rate.network == nil && policy.budget.network == nil) else {
      throw .setting(
        "\(fields.place): expected no rate or budget of networks where `networks` is false, found one")
    }
    do throws(GuardError) { try policy.check() } catch { throw .setting("\(fields.place): \(error)") }
  }

  private static let parties: Set<String> = ["key", "tenant", "network"]

  private static func policy(_ path: String) throws(ServerError) -> GuardPolicy {
    let bytes: Bytes
    do throws(BytesError) { bytes = try Bytes(contentsOf: path) } catch {
      throw .setting("`policy`: \(error)")
    }
    do throws(GuardError) { return try GuardPolicy(json: bytes) } catch {
      throw .setting("`policy` \(path): \(error)")
    }
  }

  /// A step of the ladder: a number, or `never`.
  private static func step(_ text: SettingText) throws(ServerError) -> Double? {
    text.text == "never" ? nil : try text.decimal(in: 1...1e15)
  }

  private static func rate(_ fields: SettingsFields, _ key: String) throws(ServerError) -> QueryRate? {
    guard let part = try fields.part(key, allowed: ["burst", "perSecond"]) else { return nil }
    guard let burst = try part.text("burst"), let perSecond = try part.text("perSecond") else {
      throw .setting("`rate` of \(part.place): expected `burst` and `perSecond`, found one without the other")
    }
    return QueryRate(
      burst: try burst.number(in: 1...1_000_000_000), perSecond: try perSecond.decimal(in: 1e-6...1e9))
  }

  private static func budget(_ fields: SettingsFields, _ key: String) throws(ServerError) -> QueryBudget? {
    guard let part = try fields.part(key, allowed: ["queries", "seconds"]) else { return nil }
    guard let queries = try part.text("queries") else {
      throw .setting("`budget` of \(part.place) lacks the key `queries`")
    }
    return QueryBudget(
      queries: try queries.number(in: 1...4_000_000_000),
      seconds: try part.text("seconds").map { (text) throws(ServerError) in try text.decimal(in: 1...1e10) })
  }

  private static func response(
    _ fields: SettingsFields, _ key: String
  ) throws(ServerError) -> ResponsePolicy? {
    guard
      let part = try fields.part(
        key, allowed: ["decimals", "top", "labelOnly", "temperature", "watermark"])
    else { return nil }
    return ResponsePolicy(
      decimals: try part.text("decimals").map { (text) throws(ServerError) in try text.number(in: 0...6) },
      top: try part.text("top").map { (text) throws(ServerError) in try text.number(in: 1...1_000_000) },
      labelOnly: try part.text("labelOnly")?.flag() ?? false,
      temperature: try part.text("temperature").map { (text) throws(ServerError) in
        try text.decimal(in: 0.01...100)
      }, watermark: try part.text("watermark")?.flag() ?? false)
  }
}
