// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletConsole
import Synchronization

/// What was asked of each model in the last minute, and since the server started.
final class TrafficMeter: Sendable {
  /// Upper bounds in microseconds, each half as much again as the one before: from 20 microseconds to half a minute.
  private static let bounds: [Int64] = (0..<36).map { Int64(20 * pow(1.5, Double($0))) }

  private struct Second {
    var number: Int64 = -1
    var asked = 0
    var refused = 0
    var buckets = [UInt32](repeating: 0, count: TrafficMeter.bounds.count + 1)
  }

  private struct Line {
    var answered = 0
    var refused = 0
    var failed = 0
    var seconds = [Second](repeating: Second(), count: TrafficMeter.span)
  }

  /// Seconds that are kept.
  static let span = 60
  /// Names that are kept apart. Only a model that has answered gets one: whoever asks for what is not there fills nothing.
  static let mostNames = 256
  /// What stands for every other name.
  static let others = "(others)"

  private let lines = Mutex<[String: Line]>([:])
  private let began = ContinuousClock.now
  private let startedAt = Date()

  func count(_ model: String, status: Int, microseconds: Int64) {
    count(model, status: status, microseconds: microseconds, at: second)
  }

  func count(_ model: String, status: Int, microseconds: Int64, at second: Int64) {
    lines.withLock { lines in
      let isKept = lines.index(forKey: model) != nil || (status == 200 && lines.count < Self.mostNames)
      let name = isKept ? model : Self.others
      // In place: a line is not copied for one question.
      let isRefused = (400..<500).contains(status) || status == 503
      { (line: inout Line) in
        if isRefused {
          line.refused += 1
        } else if status >= 500 {
          line.failed += 1
        } else {
          line.answered += 1
        }
        let place = Int(second % Int64(Self.span))
        if line.seconds[place].number != second {
          line.seconds[place] = Second()
          line.seconds[place].number = second
        }
        line.seconds[place].asked += 1
        if isRefused {
          line.seconds[place].refused += 1
        } else {
          line.seconds[place].buckets[Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count] += 1
        }
      }(&lines[name, default: Line()])
    }
  }

  /// By name, the last second that is over at the end.
  func models() -> [TrafficReport.Model] { models(at: second) }

  func models(at second: Int64) -> [TrafficReport.Model] {
    lines.withLock { $0 }.sorted { $0.key < $1.key }.map { name, line in
      let lately = line.seconds.filter { $0.number > second - Int64(Self.span) && $0.number <= second }
      let byNumber = Dictionary(lately.map { ($0.number, $0.asked) }, uniquingKeysWith: +)
      let first = max(0, second - Int64(Self.span) + 1)
      var buckets = [Int](repeating: 0, count: Self.bounds.count + 1)
      for second in lately { for index in buckets.indices { buckets[index] += Int(second.buckets[index]) } }
      return TrafficReport.Model(
        name: name, answered: line.answered, refused: line.refused, failed: line.failed,
        seconds: (first..<max(first, second)).map { byNumber[$0] ?? 0 },
        refusedLately: lately.reduce(0) { $0 + $1.refused }, median: Self.bound(0.5, buckets),
        slow: Self.bound(0.99, buckets))
    }
  }

  /// All that a page about the traffic shows.
  func report(_ gauges: ServerMetrics.Gauges, connections: Int) -> TrafficReport {
    TrafficReport(
      startedAt: startedAt, models: models(), connections: connections, loaded: gauges.models,
      waiting: gauges.recordsWaiting, isRecording: gauges.canRecord, memory: ServerMetrics.residentBytes)
  }

  private var second: Int64 { (ContinuousClock.now - began).components.seconds }

  /// Seconds that so many of the answers took at most, to the bound of a bucket.
  private static func bound(_ share: Double, _ buckets: [Int]) -> Double? {
    let all = buckets.reduce(0, +)
    guard all > 0 else { return nil }
    var below = 0
    for (bound, count) in zip(bounds + [bounds[bounds.count - 1]], buckets) {
      below += count
      if Double(below) >= share * Double(all) { return Double(bound) / 1e6 }
    }
    return nil
  }
}
