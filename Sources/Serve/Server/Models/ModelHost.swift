// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletEvidence
import MartletLifecycle
import MartletRegistry
import MartletRuntime
import NIOPosix
import Synchronization

/// Keeps released models loaded, and forgets them when they are no longer released.
///
/// Whether a version may answer is asked anew when the last answer is older than ``trustedFor``: a version that is revoked
/// stops answering within that time. When a newer version is released, or a newer calibration of its guard kept, what was there
/// before goes on answering until the newer is loaded and warm, unless it may not.
final class ModelHost: Sendable {
  private struct Wish: Hashable {
    let model: String
    let version: Int?
  }

  private struct Standing {
    let hosted: HostedModel
    let askedAt: ContinuousClock.Instant
  }

  private struct Identity: Hashable {
    let model: String
    let version: Int
    let digest: Digest
    /// What its guard is calibrated with.
    let calibration: Digest?

    init(_ version: ModelVersion, guardedBy calibration: Digest?) {
      (model, self.version, digest) = (version.model, version.number, version.digest)
      self.calibration = calibration
    }

    init(_ hosted: HostedModel) {
      (model, version, digest) = (hosted.name, hosted.version, hosted.digest)
      calibration = hosted.calibration
    }
  }

  /// Where one version is loaded, once, whoever asks for it.
  private final class Place: Sendable {
    let hosted: Mutex<HostedModel?>

    init(_ hosted: HostedModel? = nil) { self.hosted = Mutex(hosted) }
  }

  private let lifecycle: Lifecycle
  private let library: RuntimeLibrary
  private let threads: Int
  private let settings: ModelSettingsTable
  private let posts: GuardPosts
  private let logger: Logger
  private let standings = Mutex<[Wish: Standing]>([:])
  private let places = Mutex<[Identity: Place]>([:])
  private let beingLoaded = Mutex<Set<Identity>>([])

  static let trustedFor = Duration.milliseconds(500)
  /// How often ``watch()`` asks.
  private static let pause = Duration.milliseconds(200)

  init(
    lifecycle: Lifecycle, library: RuntimeLibrary, threads: Int, settings: ModelSettingsTable,
    posts: GuardPosts, logger: Logger
  ) {
    self.lifecycle = lifecycle
    self.library = library
    self.threads = threads
    self.settings = settings
    self.posts = posts
    self.logger = logger
  }

  /// The loaded version that answers for `model`, if that is known without asking anybody.
  func known(_ model: String, version: Int?) -> HostedModel? {
    let now = ContinuousClock.now
    return standings.withLock { standings in
      guard let standing = standings[Wish(model: model, version: version)],
        now - standing.askedAt < Self.trustedFor
      else { return nil }
      return standing.hosted
    }
  }

  /// The loaded version that answers for `model`. It may have to be loaded: not for threads that others wait for.
  /// - Throws: ``Refusal/notFound`` when none is released.
  func model(_ model: String, version: Int?) throws -> HostedModel {
    if let known = known(model, version: version) { return known }
    return try ask(Wish(model: model, version: version))
  }

  /// The versions of a model that answer, the newest first.
  func versions(of model: String) throws -> [Int] {
    try lifecycle.store.registry.versions(of: model).filter { version in
      version.state == .released && (try? lifecycle.released(model, version: version.number)) != nil
    }.map(\.number)
  }

  /// Loads what is released and has a name that `isWanted` says yes to.
  func preload(_ isWanted: (String) -> Bool) {
    let names = (try? lifecycle.store.registry.versions().filter { $0.state == .released }.map(\.model)) ?? []
    for name in Set(names).sorted() where isWanted(name) {
      do { _ = try model(name, version: nil) } catch {
        logger.error("a model could not be loaded", metadata: ["model": "\(name)", "reason": "\(error)"])
      }
    }
  }

  /// How many versions are loaded.
  var count: Int { places.withLock { $0.count } }

  /// Asks about everything that is loaded again and again, so that whoever asks the models finds fresh answers, until the task is
  /// cancelled.
  func watch() async {
    while !Task.isCancelled {
      try? await NIOThreadPool.singleton.runIfActive { self.askAgain() }
      do { try await Task.sleep(for: Self.pause) } catch { return }
    }
  }

  private func askAgain() {
    for wish in standings.withLock({ Array($0.keys) }) {
      do { _ = try ask(wish) } catch is Refusal {} catch {
        logger.error(
          "a model could not be asked about", metadata: ["model": "\(wish.model)", "reason": "\(error)"])
      }
    }
    let used = standings.withLock { Set($0.values.map { Identity($0.hosted) }) }
    let loading = beingLoaded.withLock { $0 }
    places.withLock { places in places = places.filter { used.contains($0.key) || loading.contains($0.key) } }
  }

  private func ask(_ wish: Wish) throws -> HostedModel {
    let now = ContinuousClock.now
    let known = standings.withLock { $0[wish]?.hosted }
    let released: ReleasedModel
    let identity: Identity
    do {
      released = try lifecycle.released(wish.model, version: wish.version)
      identity = Identity(
        released.version, guardedBy: try posts.wantedCalibration(for: released.version))
    } catch StoreError.notReleased {
      standings.withLock { $0[wish] = nil }
      throw Refusal.notFound
    } catch {
      // What cannot be decided about is not answered with either.
      standings.withLock { $0[wish] = nil }
      throw error
    }
    let hosted: HostedModel
    if let known, Identity(known) == identity {
      hosted = known
    } else if let known, !isLoaded(identity), try isStillReleased(known) {
      loadBeside(released, identity)
      hosted = known
    } else {
      hosted = try load(released, identity)
    }
    standings.withLock { $0[wish] = Standing(hosted: hosted, askedAt: now) }
    // Whoever looked around meanwhile may have taken it for one that nobody uses.
    let place = Identity(hosted)
    places.withLock { if $0[place] == nil { $0[place] = Place(hosted) } }
    return hosted
  }

  private func isStillReleased(_ hosted: HostedModel) throws -> Bool {
    do {
      let version = try lifecycle.released(hosted.name, version: hosted.version).version
      return Identity(version, guardedBy: hosted.calibration) == Identity(hosted)
    } catch StoreError.notReleased {
      return false
    }
  }

  private func isLoaded(_ identity: Identity) -> Bool {
    guard let place = places.withLock({ $0[identity] }) else { return false }
    return place.hosted.withLockIfAvailable { $0 != nil } ?? false
  }

  /// Loads another version, or the same with another calibration, while what was there before answers.
  private func loadBeside(_ released: ReleasedModel, _ identity: Identity) {
    guard beingLoaded.withLock({ $0.insert(identity).inserted }) else { return }
    NIOThreadPool.singleton.submit { _ in
      do { _ = try self.load(released, identity) } catch {
        self.logger.error(
          "a newer version or calibration could not be loaded, and the one before goes on answering",
          metadata: [
            "model": "\(identity.model)", "version": "\(identity.version)",
            "calibration": "\(identity.calibration?.hex ?? "none")", "reason": "\(error)",
          ])
        // It stays among those that are being loaded, so that it is not tried again until it is another one.
        return
      }
      _ = self.beingLoaded.withLock { $0.remove(identity) }
    }
  }

  private func load(_ released: ReleasedModel, _ identity: Identity) throws -> HostedModel {
    // The same version, which has its session already.
    let other = standings.withLock { standings in
      standings.values.lazy.map(\.hosted).first {
        Identity($0) == Identity(released.version, guardedBy: $0.calibration)
      }
    }
    let place = places.withLock { places in
      let place = places[identity] ?? Place()
      places[identity] = place
      return place
    }
    return try place.hosted.withLock { hosted in
      if let hosted { return hosted }
      let made = try HostedModel(
        released, guardedBy: identity.calibration, like: other, library: library, threads: threads,
        settings: settings.settings(of: identity.model), posts: posts
      ) { try lifecycle.open(released) }
      hosted = made
      return made
    }
  }
}
