// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletConsole
import Testing

@testable import MartletServer

@Suite struct TrafficMeterTests {
  @Test func aMinuteIsKeptAndTheRestIsSummed() throws {
    let meter = TrafficMeter()
    for second in Int64(0)..<100 {
      for _ in 0..<3 { meter.count("digits", status: 200, microseconds: 900, at: second) }
      meter.count("digits", status: 403, microseconds: 5, at: second)
    }
    meter.count("digits", status: 500, microseconds: 9_000_000, at: 99)
    let line = try #require(meter.models(at: 99).first)
    #expect(line.name == "digits")
    #expect((line.answered, line.refused, line.failed) == (300, 100, 1))
    #expect(line.seconds == [Int](repeating: 4, count: 59))
    #expect(line.refusedLately == 60)
    let median = try #require(line.median)
    #expect(median >= 0.0009 && median < 0.0009 * 1.5)
    // Long after, it is quiet.
    let later = try #require(meter.models(at: 1_000).first)
    #expect(later.seconds.allSatisfy { $0 == 0 } && later.median == nil && later.answered == 300)
  }

  @Test func theSlowOnesShowWhereThereAreEnough() throws {
    let meter = TrafficMeter()
    for number in 0..<100 {
      meter.count("digits", status: 200, microseconds: number < 98 ? 100 : 2_000_000, at: 5)
    }
    let line = try #require(meter.models(at: 6).first)
    #expect(try #require(line.median) < 0.001)
    #expect(try #require(line.slow) >= 2)
  }

  @Test func whatIsNotThereFillsNothing() {
    let meter = TrafficMeter()
    for number in 0..<10_000 { meter.count("guess-\(number)", status: 404, microseconds: 1, at: 1) }
    for number in 0..<1_000 { meter.count("model-\(number)", status: 200, microseconds: 1, at: 1) }
    let lines = meter.models(at: 2)
    #expect(lines.count == TrafficMeter.mostNames)
    let asked = lines.reduce(0) { $0 + $1.answered + $1.refused }
    #expect(asked == 11_000)
  }
}
