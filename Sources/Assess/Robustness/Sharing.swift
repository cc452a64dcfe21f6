// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats
import MartletONNXSchema
import MartletRuntime

/// How the rows of a run are shared out. Threads that work on one operator together wait for each other at its end, hundreds of times
/// in a run; workers that take rows of their own never do, and what a few rows need stays in the caches.
struct Sharing: Sendable {
  /// Cores to take, by what else is done at once too.
  let cores: Int
  /// Runs at the same time.
  let workers: Int
  /// Rows of one run at most.
  private let most: Int
  /// For the session that the workers share.
  let options: Session.Options

  /// Operators that draw numbers: the order of runs is what makes their answers.
  private static let random: Set = [
    "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike",
  ]

  /// What runs of this many rows of one example keep at most, in bytes, unless they would be too few to be worth it.
  private static let kept = 16 << 20
  private static let fewest = 8

  /// - Parameters:
  ///   - threads: cores to take; nil for all.
  ///   - bytes: that one example takes on its way, where it is known.
  init(_ model: ONNXModel, threads: Int?, bytes: Int?) {
    cores = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let nodes = model.proto.graph.node + model.proto.functions.flatMap(\.node)
    // A third input of Dropout is what turns it on.
    let isRandom = nodes.contains {
      Self.random.contains($0.opType) || $0.opType == "Dropout" && $0.input.count > 2
    }
    let isShared = cores > 1 && !isRandom
    workers = isShared ? cores : 1
    options = Session.Options(threads: isShared ? 1 : cores)
    most = isRandom ? .max : max(Self.fewest, Self.kept / max(1, bytes ?? 1 << 18))
  }

  /// How many rows each run takes, when there are so many in all.
  func rows(of count: Int) -> Int {
    max(1, min(most, (count + workers - 1) / workers))
  }
}
