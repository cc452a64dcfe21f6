// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Synchronization

/// What the server counts, for Prometheus.
final class ServerMetrics: Sendable {
  /// Upper bounds in microseconds.
  private static let bounds: [Int64] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
  ]

  /// The same for what access takes, which is much shorter.
  private static let accessBounds: [Int64] = [
    5, 10, 20, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000,
  ]

  private struct Series: Hashable {
    let route: String
    let status: Int
  }

  private struct Histogram {
    let bounds: [Int64]
    var buckets: [Int]
    var sum: Int64 = 0

    init(_ bounds: [Int64]) {
      self.bounds = bounds
      buckets = [Int](repeating: 0, count: bounds.count + 1)
    }

    mutating func add(_ microseconds: Int64) {
      buckets[bounds.firstIndex { microseconds <= $0 } ?? bounds.count] += 1
      sum += microseconds
    }

    func adding(_ other: Histogram) -> Histogram {
      var sum = self
      for index in sum.buckets.indices { sum.buckets[index] += other.buckets[index] }
      sum.sum += other.sum
      return sum
    }

    /// The lines of a family.
    func lines(_ family: String, _ label: String) -> [String] {
      var lines: [String] = []
      var below = 0
      let first = label.isEmpty ? "" : label + ","
      for (bound, count) in zip(bounds, buckets) {
        below += count
        lines.append("\(family)_bucket{\(first)le=\"\(Double(bound) / 1e6)\"} \(below)")
      }
      below += buckets.last ?? 0
      let braces = label.isEmpty ? "" : "{\(label)}"
      return lines + [
        "\(family)_bucket{\(first)le=\"+Inf\"} \(below)", "\(family)_sum\(braces) \(Double(sum) / 1e6)",
        "\(family)_count\(braces) \(below)",
      ]
    }
  }

  private struct State {
    var counts: [Series: Int] = [:]
    var durations: [String: Histogram] = [:]
    var access = Histogram(accessBounds)
  }

  /// What is asked for when it is shown.
  struct Gauges: Sendable {
    let models: Int
    let recordsWaiting: Int
    let canRecord: Bool
  }

  // Several, so that event loops seldom wait for each other.
  private let shards: [Shard] = (0..<4).map { _ in Shard() }
  private let guardEvents = Mutex<[GuardEvent: Int]>([:])
  private let connections = Atomic(0)
  private let refusedConnections = Atomic(0)
  private let started = Date()

  private final class Shard: Sendable {
    let state = Mutex(State())
  }

  func count(_ answered: Answered) {
    let route = "\(answered.route)"
    let series = Series(route: route, status: answered.status)
    let shard = shards[Int(truncatingIfNeeded: answered.microseconds) & 3]
    shard.state.withLock { state in
      state.counts[series, default: 0] += 1
      state.durations[route, default: Histogram(Self.bounds)].add(answered.microseconds)
      if let access = answered.access { state.access.add(access.microseconds) }
    }
  }

  private struct GuardEvent: Hashable {
    let family: String
    let label: String
  }

  /// A question that the guard refused, with a word for why.
  func guardRefused(_ why: String) { count("martlet_guard_refused_total", "reason=\"\(why)\"") }

  /// Somebody who was flagged, or flagged as worse, with what kind of flag.
  func guardFlagged(_ kind: String) { count("martlet_guard_flagged_total", "kind=\"\(kind)\"") }

  private func count(_ family: String, _ label: String) {
    guardEvents.withLock { $0[GuardEvent(family: family, label: label), default: 0] += 1 }
  }

  func connectionOpened() { connections.add(1, ordering: .relaxed) }
  func connectionClosed() { connections.subtract(1, ordering: .relaxed) }
  /// That are open now.
  var openConnections: Int { connections.load(ordering: .relaxed) }
  /// One that was closed because it was too slow.
  func connectionRefused() { refusedConnections.add(1, ordering: .relaxed) }

  /// The Prometheus text format, version 0.0.4.
  func text(_ gauges: Gauges) -> String {
    var total = State()
    for shard in shards {
      let state = shard.state.withLock { $0 }
      total.counts.merge(state.counts, uniquingKeysWith: +)
      total.durations.merge(state.durations) { $0.adding($1) }
      total.access = total.access.adding(state.access)
    }
    var lines: [String] = []
    func describe(_ name: String, _ kind: String, _ help: String) {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(kind)"]
    }
    describe("martlet_requests_total", "counter", "Requests that were answered.")
    for (series, count) in total.counts.sorted(by: {
      ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
    }) {
      lines.append("martlet_requests_total{route=\"\(series.route)\",status=\"\(series.status)\"} \(count)")
    }
    describe("martlet_request_seconds", "histogram", "From the head of a request to its answer.")
    for (route, histogram) in total.durations.sorted(by: { $0.key < $1.key }) {
      lines += histogram.lines("martlet_request_seconds", "route=\"\(route)\"")
    }
    describe(
      "martlet_access_seconds", "histogram",
      "What it takes to recognise and allow a question, and to note it for the record.")
    lines += total.access.lines("martlet_access_seconds", "")
    let events = guardEvents.withLock { $0 }
    for (family, help) in [
      ("martlet_guard_refused_total", "Questions that a guard refused: rate, budget, held, input."),
      ("martlet_guard_flagged_total", "Flags of guards, each time that one is raised or gets worse."),
    ] {
      describe(family, "counter", help)
      for (event, count) in events.filter({ $0.key.family == family }).sorted(by: {
        $0.key.label < $1.key.label
      }) {
        lines.append("\(family){\(event.label)} \(count)")
      }
    }
    describe("martlet_connections", "gauge", "Connections that are open.")
    lines.append("martlet_connections \(connections.load(ordering: .relaxed))")
    describe(
      "martlet_connections_cut_total", "counter", "Connections that were closed because they were too slow.")
    lines.append("martlet_connections_cut_total \(refusedConnections.load(ordering: .relaxed))")
    describe("martlet_models_loaded", "gauge", "Versions that are loaded.")
    lines.append("martlet_models_loaded \(gauges.models)")
    describe("martlet_records_waiting", "gauge", "Records that are not in the log yet.")
    lines.append("martlet_records_waiting \(gauges.recordsWaiting)")
    describe("martlet_recording", "gauge", "1 while the log can be written.")
    lines.append("martlet_recording \(gauges.canRecord ? 1 : 0)")
    describe("process_start_time_seconds", "gauge", "When the server started, in seconds since 1970.")
    lines.append("process_start_time_seconds \(started.timeIntervalSince1970)")
    if let resident = Self.residentBytes {
      describe("process_resident_memory_bytes", "gauge", "Memory that the process has.")
      lines.append("process_resident_memory_bytes \(resident)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The second number of `/proc/self/statm` counts pages.
  static var residentBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map {
      $0 * sysconf(Int32(_SC_PAGESIZE))
    }
  }
}

extension Duration {
  /// Whole ones.
  var microseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
