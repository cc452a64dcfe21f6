// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension GuardCalibration {
  /// Rows of three tables that belong together: what the model was asked, what its layer made of it, what it answered.
  package struct Rows: Sendable {
    /// [N, D], one row after the other, as are the others; `layer` is empty for a model without one.
    package let inputs: [Float]
    package let layer: [Float]
    package let scores: [Float]
    package let count: Int

    package init(inputs: [Float], layer: [Float], scores: [Float], count: Int) {
      (self.inputs, self.layer, self.scores, self.count) = (inputs, layer, scores, count)
    }

    fileprivate func input(_ row: Int) -> [Float] { Self.row(row, of: inputs, count) }
    fileprivate func layer(_ row: Int) -> [Float] { Self.row(row, of: layer, count) }
    fileprivate func scores(_ row: Int) -> [Float] { Self.row(row, of: scores, count) }
    fileprivate func width(_ table: [Float]) -> Int { table.count / max(1, count) }

    private static func row(_ row: Int, of table: [Float], _ count: Int) -> [Float] {
      let width = table.count / count
      return Array(table[row * width..<(row + 1) * width])
    }
  }

  /// What is known of the model.
  package struct Subject: Sendable {
    package let model: String
    package let input: String
    package let layer: String?
    package let output: String
    package let profile: InputProfile
    package let names: [String: [String]]

    /// - Parameter names: what other outputs call the classes, in the order of the scores.
    package init(
      model: String, input: String, layer: String?, output: String, profile: InputProfile,
      names: [String: [String]] = [:]
    ) {
      (self.model, self.input, self.layer, self.output) = (model, input, layer, output)
      (self.profile, self.names) = (profile, names)
    }
  }

  package struct Options: Sendable {
    package var slack: Double
    package var doubt: Double
    package var seed: UInt64
    package var references: Int

    /// - Parameters:
    ///   - seed: keep it to yourself: who knows it knows what the projections do not see.
    package init(
      slack: Double = 0.05, doubt: Double = 0.001, seed: UInt64 = .random(in: .min ... .max),
      references: Int = 512
    ) {
      (self.slack, self.doubt, self.seed, self.references) = (slack, doubt, seed, references)
    }
  }

  /// The fewest rows that are calibrated on: of fewer than this the rarest threshold is the largest score alone.
  package static let fewestRows = 80

  /// Calibrates on held-out rows.
  ///
  /// - Parameters:
  ///   - heldOut: rows that the model was not trained on, like those that it will be asked.
  ///   - known: other rows to measure distances from, such as those it was trained on; nil sets half of the held-out apart.
  /// - Throws: ``GuardError/unsuitableRows(_:)`` and ``GuardError/tooFewRows(needed:found:)``.
  package init(
    _ subject: Subject, heldOut: Rows, known: Rows? = nil, options: Options = Options()
  ) throws(GuardError) {
    guard options.slack >= 0, options.slack < 1, options.doubt > 0, options.doubt < 0.1 else {
      throw .unsuitableRows(
        "expected a slack from 0 to 1 and a doubt from 0 to 0.1, found \(options.slack) and \(options.doubt)")
    }
    try heldOut.check("held-out rows")
    try known?.check("known rows")
    var draws = Draws(seed: options.seed)
    let most = min(max(1, options.references), Limits.guardReferences)
    let references: [Int]
    let rows: [Int]
    if let known {
      references = draws.sample(most, of: known.count)
      rows = Array(0..<heldOut.count)
    } else {
      let order = draws.sample(heldOut.count, of: heldOut.count)
      let share = min(most, heldOut.count / 2)
      (references, rows) = (Array(order.prefix(share)), Array(order.dropFirst(share)))
    }
    guard rows.count >= Self.fewestRows, !references.isEmpty else {
      let needed = known == nil ? 2 * Self.fewestRows : Self.fewestRows
      throw .tooFewRows(needed: needed, found: heldOut.count)
    }
    let source = known ?? heldOut
    let width = source.width(source.inputs)
    guard width == heldOut.width(heldOut.inputs) else {
      throw .unsuitableRows(
        "expected known rows of \(heldOut.width(heldOut.inputs)) elements as the held-out ones have, found \(width)"
      )
    }
    let inputs = references.map { source.input($0) }
    let inputSpace = ReferenceSpace(
      references: inputs, width: width, seed: draws.next(),
      scale: subject.profile.shape.count == 1 ? Self.scale(of: inputs) : nil, isRelative: false)
    let layerWidth = source.width(source.layer)
    let layerSpace =
      layerWidth == 0
      ? nil
      : ReferenceSpace(
        references: references.map { source.layer($0) }, width: layerWidth, seed: draws.next(),
        isRelative: true)
    let classes = heldOut.width(heldOut.scores)
    let areLogits =
      !(classes > 1 && rows.allSatisfy { Self.areProbabilities(heldOut.scores($0), classes: classes) })
    var thresholds: [DetectionChannel: [ConformalThreshold]] = [:]
    func calibrate(_ channel: DetectionChannel, _ score: (Int) -> Float) throws(GuardError) {
      let scores = rows.map(score).sorted()
      guard scores.allSatisfy(\.isFinite) else {
        throw .unsuitableRows("expected finite numbers for the channel \(channel.name), found others")
      }
      thresholds[channel] = ConformalThreshold.shares.map {
        ConformalThreshold(scores, oneIn: $0, eta: options.doubt)
      }
    }
    try calibrate(.input) { inputSpace.distance(heldOut.input($0).span) }
    if let layerSpace { try calibrate(.layer) { layerSpace.distance(heldOut.layer($0).span) } }
    if classes > 1 {
      try calibrate(.margin) { DetectionChannel.margin(heldOut.scores($0).span, areLogits: areLogits) }
    }
    self.init(
      model: subject.model, input: subject.input, layer: layerSpace == nil ? nil : subject.layer,
      output: subject.output, areLogits: areLogits, rows: rows.count, profile: subject.profile,
      slack: options.slack, doubt: options.doubt, inputSpace: inputSpace, layerSpace: layerSpace,
      thresholds: thresholds, names: subject.names)
  }

  /// One over the deviation of each column: the columns of a table have units of their own.
  private static func scale(of rows: [[Float]]) -> [Float] {
    (rows.first ?? []).indices.map { column in
      let values = rows.map { Double($0[column]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      // What never changes is measured in its own size, so that a change of it shows.
      return Float(1 / (variance > 0 ? variance.squareRoot() : max(abs(mean), 1)))
    }
  }

  /// Whether every row is one of probabilities; otherwise they are logits.
  package static func areProbabilities(_ scores: [Float], classes: Int) -> Bool {
    guard classes > 0 else { return false }
    return stride(from: 0, to: scores.count / classes * classes, by: classes).allSatisfy { start in
      let row = scores[start..<start + classes]
      return row.allSatisfy { (-1e-4...1.0001).contains($0) } && abs(row.reduce(0, +) - 1) < 1e-2
    }
  }
}

extension GuardCalibration.Rows {
  fileprivate func check(_ what: String) throws(GuardError) {
    guard count > 0, inputs.count > 0, inputs.count % count == 0, layer.count % count == 0,
      scores.count % count == 0
    else { throw .unsuitableRows("expected \(what) with an input each, found \(count)") }
    guard inputs.count / count <= Limits.guardWidth, layer.count / count <= Limits.guardWidth else {
      throw .unsuitableRows("expected \(what) of at most \(Limits.guardWidth) elements, found more")
    }
    if let place = inputs.firstIndex(where: { !$0.isFinite }) {
      throw .unsuitableRows(
        "expected \(what) of finite numbers, found \(inputs[place]) in row \(place / (inputs.count / count))")
    }
  }
}
