// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletAccounting

struct PrivacyEpsilonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epsilon",
    abstract: "Bound epsilon of a differentially private training from both sides.",
    discussion: """
      Each step of the training takes a random batch, clips what each record adds, and adds noise to the sum. Epsilon says how \
      much all steps together tell at most about whether one record was in the data. It is an upper bound; epsilonLower is a \
      lower bound on the same number, and epsilonRDP another upper bound, by Rényi differential privacy. \
      Nothing is read but the command line, and no ONNX Runtime is needed.

      With --target-epsilon it says how much noise is needed. With --sampler shuffle, which is what most training code does, it \
      counts every pass over the data in full, because nothing better is proved.

      Exit status: 0 computed, with or without warnings; 2 it could not be done.

      EXAMPLES
        martlet privacy epsilon --noise-multiplier 1.1 --sampling-rate 0.00427 --steps 14062 --delta 1e-5
        martlet privacy epsilon --phase 1.3,0.01,2000 --phase 0.9,0.005,5000 --delta 1e-6 --format json
        martlet privacy epsilon --target-epsilon 3 --sampling-rate 0.01 --steps 1000 --delta 1e-6
        martlet privacy epsilon --noise-multiplier 1 --sampling-rate 0.01 --steps 1000 --delta 1e-5 --sampler shuffle
        martlet privacy epsilon --mechanism laplace --noise-multiplier 20 --steps 100 --delta 1e-6
      """)

  @Option(
    help: ArgumentHelp(
      "The standard deviation of the noise (the scale, for Laplace) over the clipping norm.", valueName: "s"))
  var noiseMultiplier: Double?

  @Option(
    help: ArgumentHelp(
      "The chance of a record to be in a batch: expected batch size over records. 1 when not given.",
      valueName: "q"))
  var samplingRate: Double?

  @Option(help: ArgumentHelp("How many steps. 1 when not given.", valueName: "t"))
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "Instead of these three: noise multiplier, sampling rate and steps of a part of the training; may be repeated.",
      valueName: "s,q,t"))
  var phase: [String] = []

  @Option(
    help: ArgumentHelp("The chance that epsilon may fail with, well below one over the number of records."))
  var delta: Double

  @Option(help: ArgumentHelp("Find the least noise multiplier that has this epsilon.", valueName: "epsilon"))
  var targetEpsilon: Double?

  @Option(help: "gaussian or laplace.")
  var mechanism: Mechanism = .gaussian

  @Option(help: "poisson; or shuffle, where the data are shuffled and cut into batches.")
  var sampler: Sampler = .poisson

  @Option(
    help: ArgumentHelp(
      "How far apart the bounds may be, as a fraction. When not given, losses are put on the customary grid of 1e-4.",
      valueName: "fraction"))
  var precision: Double?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    let single = noiseMultiplier != nil || samplingRate != nil || steps != nil
    if !phase.isEmpty, single || targetEpsilon != nil {
      throw ValidationError(
        "--phase says all of a part of the training; leave out --noise-multiplier, --sampling-rate, --steps and --target-epsilon"
      )
    }
    if phase.isEmpty, (noiseMultiplier == nil) == (targetEpsilon == nil) {
      throw ValidationError("expected one of --noise-multiplier, --phase and --target-epsilon")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    var phases = try phase.map(parsed)
    if let targetEpsilon {
      let noise = try NoiseSearch.noiseMultiplier(for: targetEpsilon) { noise throws(AccountingError) in
        try account(of: [try single(noise)])
      }
      phases = [try single(noise)]
    } else if let noiseMultiplier {
      phases = [try single(noiseMultiplier)]
    }
    let epsilon = try account(of: phases).epsilon()
    let claimed = sampler == .shuffle ? try PrivacyAccount(phases: phases, delta: delta).epsilon().upper : nil
    let document = EpsilonDocument(
      epsilon, of: phases, delta: delta, sampler: sampler, claimed: claimed, target: targetEpsilon,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    if format == .json {
      try Terminal.document(document)
    } else {
      for line in document.lines {
        Terminal.say(line.text, after: line.margin, width: EpsilonDocument.margin)
      }
    }
  }

  private func account(of phases: [Phase]) throws(AccountingError) -> PrivacyAccount {
    var counted = phases
    if sampler == .shuffle {
      for index in counted.indices { counted[index] = try counted[index].shuffled }
    }
    return try PrivacyAccount(phases: counted, delta: delta, precision: precision)
  }

  private func single(_ noise: Double) throws(AccountingError) -> Phase {
    try Phase(
      mechanism: mechanism, noiseMultiplier: noise, samplingRate: samplingRate ?? 1, steps: steps ?? 1)
  }

  private func parsed(_ text: String) throws -> Phase {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3, let noise = Double(parts[0]), let rate = Double(parts[1]),
      let steps = Int(parts[2])
    else {
      throw Unusable(
        description:
          "--phase is '\(text)', expected a noise multiplier, a sampling rate and a whole number of steps, such as 1.1,0.01,5000"
      )
    }
    return try Phase(mechanism: mechanism, noiseMultiplier: noise, samplingRate: rate, steps: steps)
  }
}

extension Mechanism: ExpressibleByArgument {}
extension Sampler: ExpressibleByArgument {}
