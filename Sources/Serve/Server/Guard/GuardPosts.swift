// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletAccess
import MartletBytes
import MartletEvidence
import MartletFiles
import MartletGuard
import MartletGuarding
import MartletLifecycle
import MartletRegistry
import MartletRuntime
import NIOPosix
import Synchronization

/// The guards of a server: one for each hosted version, with one book for all versions of a model.
final class GuardPosts: Sendable {
  private let lifecycle: Lifecycle
  private let settings: ModelSettingsTable
  private let reporter: GuardReporter
  private let logger: Logger
  private let books = Mutex<[String: GuardBook]>([:])
  /// The newest calibration of each model that was asked about, and what was in the store then.
  private let newest = Mutex<[Digest: (mark: DecisionMark, calibration: Digest?)]>([:])
  /// The digest of each calibration that is a file of the settings, and what the file was like when it was read.
  private let files = Mutex<[String: (mark: FileMark?, digest: Digest)]>([:])
  /// How often what was remembered is made durable, and clearances are looked for.
  private static let pause = Duration.seconds(1)

  init(lifecycle: Lifecycle, settings: ModelSettingsTable, reporter: GuardReporter, logger: Logger) {
    (self.lifecycle, self.settings, self.reporter, self.logger) = (lifecycle, settings, reporter, logger)
  }

  /// The calibration that a version is to be guarded by now. Cheap where nothing was written about the version since the last time,
  /// and no file has changed.
  func wantedCalibration(for version: ModelVersion) throws -> Digest? {
    switch settings.settings(of: version.model).sentry.calibration {
    case .none: return nil
    case .digest(let digest): return digest
    case .file(let path): return try digest(of: path)
    case .ofStore:
      let mark = try lifecycle.store.registry.decisionMark(about: version.digest)
      if let known = newest.withLock({ $0[version.digest] }), known.mark == mark { return known.calibration }
      let found = try lifecycle.newestGuard(of: version.digest)
      newest.withLock { $0[version.digest] = (mark, found) }
      return found
    }
  }

  /// Of a file, read again when it is another. While it cannot be read, what it was before counts.
  private func digest(of path: String) throws -> Digest {
    let mark = FileMark(path)
    let known = files.withLock { $0[path] }
    if let known, mark == nil || known.mark == mark { return known.digest }
    let digest: Digest
    do throws(BytesError) { digest = .of(try Bytes(contentsOf: path)) } catch {
      guard let known else { throw error }
      return known.digest
    }
    files.withLock { $0[path] = (mark, digest) }
    return digest
  }

  /// What the guard of a version knows of benign questions, as the settings have it.
  /// - Parameter wanted: what ``wantedCalibration(for:)`` said.
  func calibration(for version: ModelVersion, _ wanted: Digest?) throws -> GuardCalibration? {
    let bytes: Bytes?
    switch settings.settings(of: version.model).sentry.calibration {
    case .none: return nil
    case .ofStore:
      bytes = try wanted.flatMap { try lifecycle.keptGuard(of: version.digest, calibration: $0) }
    case .digest(let digest):
      bytes = try lifecycle.keptGuard(of: version.digest, calibration: digest)
      guard bytes != nil else {
        throw ServerError.setting(
          "`calibration` of \(version.model): the store keeps no calibration \(digest.hex) for version \(version.number): `martlet guard keep` brings one in"
        )
      }
    case .file(let path):
      let read = try Bytes(contentsOf: path)
      // Whoever asks next finds the digest that it has by then.
      guard wanted == nil || Digest.of(read) == wanted else {
        throw ServerError.setting("`calibration` of \(version.model): \(path) changed while it was read")
      }
      bytes = read
    }
    guard let bytes else { return nil }
    let known = try GuardCalibration(json: bytes)
    guard known.model == version.digest.hex else {
      throw ServerError.setting(
        "`calibration` of \(version.model): expected one for the digest \(version.digest.hex) of version \(version.number), found one for \(known.model): calibrate anew with `martlet guard calibrate`"
      )
    }
    return known
  }

  /// Posts a guard in front of a version.
  func sentry(
    for version: ModelVersion, _ calibration: GuardCalibration?, outputs: Sentry.OutputNames
  ) throws -> Sentry {
    let own = settings.settings(of: version.model).sentry
    var watermark: AnswerWatermark?
    if let calibration {
      watermark = try AnswerWatermark(key: try watermarkKey(own), profile: calibration.profile)
    }
    let isIdle =
      calibration == nil && own.policy.rate == .init() && own.policy.budget == .init()
    let guarding = try Guard(
      calibration, policy: own.policy, watermark: watermark,
      book: isIdle ? GuardBook() : try book(of: version.model))
    return Sentry(
      model: version.model, guarding: guarding, settings: own, outputs: outputs, reporter: reporter)
  }

  func bound(of model: String) -> Double? { settings.settings(of: model).sentry.policy.alpha }

  private func watermarkKey(_ own: GuardSettings) throws -> [UInt8] {
    let text: [UInt8]
    if let path = own.watermarkKey {
      guard let read = try OwnerOnly.read(path) else {
        throw ServerError.setting("`watermark`: expected a key in \(path), found no such file")
      }
      text = read
    } else {
      text = try lifecycle.watermarkKey()
    }
    return try AnswerWatermark.key(fileText: String(decoding: text, as: UTF8.self))
  }

  private func book(of model: String) throws -> GuardBook {
    try books.withLock { books in
      if let book = books[model] { return book }
      let home = lifecycle.store.home
      try OwnerOnly.createDirectory(home.guards)
      let book = try GuardBook(StoredGuards.path(of: model, in: home))
      if book.damaged > 0 {
        logger.error(
          "places of what the guard remembers could not be read, and are forgotten",
          metadata: ["model": "\(model)", "places": "\(book.damaged)"])
        try lifecycle.store.record([
          Record(
            "guard.state", outcome: "damaged", by: Record.localPrincipal, model: model,
            reason: "\(book.damaged) places could not be read", at: Date())
        ])
      }
      books[model] = book
      return book
    }
  }

  /// Looks at what the settings name, for every released version, and starts nothing.
  /// - Throws: what is wrong with it.
  static func check(_ settings: ModelSettingsTable, _ lifecycle: Lifecycle, _ logger: Logger) throws {
    let posts = GuardPosts(
      lifecycle: lifecycle, settings: settings,
      reporter: GuardReporter(
        recorder: Recorder(store: lifecycle.store), metrics: ServerMetrics(), logger: logger), logger: logger)
    let accounts = try lifecycle.accounts()
    for version in try lifecycle.store.registry.versions() where version.state == .released {
      let calibration = try posts.calibration(for: version, posts.wantedCalibration(for: version))
      guard let why = Self.cannotWatermark(calibration) else { continue }
      let policy = settings.settings(of: version.model).sentry.policy
      let whose: String? =
        if policy.response.watermark || policy.coarse.watermark {
          "its settings"
        } else {
          accounts.first {
            grantedResponse(of: $0.principal, on: version.model, grants: $0.grants).watermark
          }.map { "a grant of \($0.principal.name)" }
        }
      guard let whose else { continue }
      throw ServerError.setting(
        "\(version.model): \(whose) would have answers watermarked, and version \(version.number) cannot be: \(why)"
      )
    }
    for own in settings.named.map(\.settings.sentry) + [settings.standard.sentry] {
      if own.watermarkKey != nil { _ = try posts.watermarkKey(own) }
      if case .file(let path) = own.calibration { _ = try GuardCalibration(json: Bytes(contentsOf: path)) }
    }
  }

  /// Why answers of a model cannot be watermarked; nil where they can.
  private static func cannotWatermark(_ calibration: GuardCalibration?) -> String? {
    guard let calibration else {
      return "there is no calibration: make one with `martlet guard calibrate` and `martlet guard keep`"
    }
    guard calibration.channels.contains(.margin) else {
      return "it answers with a class alone, and no scores in which another could stand: take `watermark` out"
    }
    return nil
  }

  /// Makes durable what was written and hears who was let off, until the task is cancelled.
  func watch() async {
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.pause) } catch { return }
      try? await ServerThreads.asking.runIfActive { self.lookAround() }
    }
  }

  private func lookAround() {
    for (_, book) in books.withLock({ $0 }) { book.sync() }
    do { try hear() } catch {
      logger.error("clearances could not be read", metadata: ["reason": "\(error)"])
    }
  }

  /// Lets off whom operators have let off, on this machine or through a server.
  private func hear() throws {
    for clearance in try lifecycle.store.registry.clearances() {
      guard let book = books.withLock({ $0[clearance.model] }),
        let kind = GuardedClient.Kind(rawValue: clearance.kind)
      else { continue }
      book.clear(GuardedParty(kind.party, clearance.name))
      try lifecycle.forget(clearance)
    }
  }

  /// Nothing is remembered after.
  func close() {
    for (_, book) in books.withLock({ $0 }) { book.close() }
  }
}

extension GuardPosts: GuardDesk {
  func clients(of model: String?) throws -> [GuardedClient] {
    let now = Date()
    let open = books.withLock { $0 }
    // Of models that nobody has asked since the start, what is in the store.
    var clients = try StoredGuards(lifecycle).clients(of: model).filter { open[$0.model] == nil }
    for (name, book) in open where model == nil || model == name {
      clients += book.standings(at: now).map { GuardedClient($0, of: name) }
    }
    return try lifecycle.named(clients).sorted {
      ($0.flag?.evidence ?? 0, $0.seenAt) > ($1.flag?.evidence ?? 0, $1.seenAt)
    }
  }

  func clear(_ client: ClearedClient, of model: String, by principal: String) throws -> GuardedClient {
    guard let book = books.withLock({ $0[model] }) else {
      return try StoredGuards(lifecycle).clear(client, of: model, by: principal)
    }
    guard let before = book.standing(of: client.party, at: Date()) else {
      throw GuardDeskError.noSuchClient("\(client.kind.rawValue) \(client.name)", model: model)
    }
    _ = try lifecycle.clearGuard(client, of: model, by: principal)
    try hear()
    return try lifecycle.named([GuardedClient(before, of: model)])[0]
  }
}
