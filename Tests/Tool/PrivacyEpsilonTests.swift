// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet privacy epsilon` as its users know it.
@Suite struct PrivacyEpsilonTests {
  let place = try! Workplace()

  private func epsilon(_ arguments: String...) async throws -> Program.Ended {
    try await place.martlet(["privacy", "epsilon"] + arguments)
  }

  @Test func theStatementIsWhole() async throws {
    let ended = try await epsilon("--noise-multiplier", "1", "--delta", "1e-5", "--format", "json")
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try ended.json()
    let upper = try #require(document["epsilon"] as? Double)
    let lower = try #require(document["epsilonLower"] as? Double)
    #expect(lower <= 4.3771781 && 4.3771781 <= upper && upper < 4.37719)
    #expect(abs(try #require(document["epsilonRDP"] as? Double) - 4.728507) < 1e-5)
    #expect(document["delta"] as? Double == 1e-5)
    #expect(document["unit"] as? String == "one record")
    #expect(document["adjacency"] as? String == "add or remove")
    #expect(document["sampler"] as? String == "poisson")
    #expect(document["accountant"] as? String == "closed form")
    #expect((document["warnings"] as? [String])?.isEmpty == true)
    let parameters = try #require(document["parameters"] as? [String: Any])
    #expect((parameters["phases"] as? [[String: Any]])?.count == 1)
  }

  @Test func sampledStepsAndPhases() async throws {
    let once = try await epsilon(
      "--noise-multiplier", "4", "--sampling-rate", "0.1", "--steps", "1000", "--delta", "1e-5", "--format",
      "json"
    ).json()
    let phases = try await epsilon(
      "--phase", "4,0.1,400", "--phase", "4,0.1,600", "--delta", "1e-5", "--format", "json"
    ).json()
    for document in [once, phases] {
      let upper = try #require(document["epsilon"] as? Double)
      #expect(3.44434 < upper && upper < 3.44469)
      #expect(document["accountant"] as? String == "privacy loss distributions")
      #expect(document["interval"] as? Double != nil)
    }
  }

  @Test func shuffledBatchesAreFlagged() async throws {
    let arguments = ["--noise-multiplier", "4", "--sampling-rate", "0.1", "--steps", "20", "--delta", "1e-5"]
    let text = try await place.martlet(["privacy", "epsilon"] + arguments + ["--sampler", "shuffle"])
    #expect(text.status == 0)
    #expect(text.output.contains("warning") && text.output.contains("2411.10614"))
    let document = try await place.martlet(
      ["privacy", "epsilon"] + arguments + ["--sampler", "shuffle", "--format", "json"]
    ).json()
    let (upper, claimed) = (document["epsilon"] as? Double, document["epsilonIfPoisson"] as? Double)
    #expect(try #require(upper) > 2 * #require(claimed))
    #expect((document["warnings"] as? [String])?.count == 1)
  }

  @Test func noiseIsFound() async throws {
    let document = try await epsilon(
      "--target-epsilon", "2", "--steps", "10", "--delta", "1e-5", "--format", "json"
    ).json()
    #expect(try #require(document["epsilon"] as? Double) <= 2)
    #expect(try #require(document["epsilonLower"] as? Double) > 1.9999)
    #expect(document["targetEpsilon"] as? Double == 2)
  }

  @Test func anInfiniteEpsilonIsSaid() async throws {
    let ended = try await epsilon("--noise-multiplier", "1e-170", "--delta", "1e-5", "--format", "json")
    #expect(ended.status == 0)
    #expect(try ended.json()["epsilon"] as? String == "infinite")
  }

  @Test func whatCannotBeIsOneLine() async throws {
    let cases: [([String], String)] = [
      (["--noise-multiplier", "1", "--delta", "0"], "delta is 0.0"),
      (["--noise-multiplier", "1", "--delta", "2"], "delta is 2.0"),
      (["--noise-multiplier", "1", "--delta", "nan"], "delta is nan"),
      (["--noise-multiplier", "0", "--delta", "1e-5"], "the noise multiplier is 0.0"),
      (["--noise-multiplier", "nan", "--delta", "1e-5"], "the noise multiplier is nan"),
      (["--noise-multiplier", "1", "--sampling-rate", "1.5", "--delta", "1e-5"], "the sampling rate is 1.5"),
      (["--noise-multiplier", "1", "--steps", "0", "--delta", "1e-5"], "the number of steps is 0"),
      (["--noise-multiplier", "1", "--steps", "1000000000", "--delta", "1e-5"], "steps is 1000000000"),
      (["--phase", "1,2", "--delta", "1e-5"], "expected a noise multiplier, a sampling rate"),
      (["--phase", "1,0.1,9", "--steps", "9", "--delta", "1e-5"], "leave out"),
      (["--delta", "1e-5"], "expected one of"),
      (
        ["--noise-multiplier", "1", "--mechanism", "laplace", "--sampling-rate", "0.5", "--delta", "1e-5"],
        "Laplace"
      ),
      (["--target-epsilon", "-1", "--delta", "1e-5"], "epsilon"),
    ]
    for (arguments, words) in cases {
      let ended = try await place.martlet(["privacy", "epsilon"] + arguments)
      #expect(ended.status == 2, "\(arguments)")
      #expect(ended.errors.contains(words), "\(arguments): \(ended.errors)")
      #expect(ended.complaints.count == 1, "\(ended.errors)")
    }
  }
}
