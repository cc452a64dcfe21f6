// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a constant of a model is for, which decides what it starts from when the architecture is trained anew.
package enum WeightRole: Sendable, Equatable {
  /// Multiplies what `inputs` others give, for the use of `outputs` others.
  case kernel(inputs: Int, outputs: Int, isRectified: Bool)
  case recurrent(hidden: Int)
  /// Added to each channel.
  case bias
  /// Multiplies each channel.
  case scale
  /// The slope below zero of PRelu.
  case slope
  /// A row for each word.
  case embedding
  /// A table that is added or joined, such as that of the places in a text.
  case table
  /// Of a batch normalisation; not a weight.
  case runningMean
  /// Of a batch normalisation; not a weight.
  case runningVariance

  var isWeight: Bool { self != .runningMean && self != .runningVariance }

  /// The values to start from: `range` of `list` is filled.
  ///
  /// Kernels are uniform with the variance 2 / inputs in front of a rectifier (He et al. 2015) and 2 / (inputs + outputs)
  /// elsewhere (Glorot and Bengio 2010); those of recurrent layers uniform within 1 / sqrt(hidden), as in torch.
  func fill(_ list: inout MutableSpan<Float>, _ range: Range<Int>, _ random: inout SeededRandom) {
    switch self {
    case .kernel(let inputs, let outputs, let isRectified):
      let fan = isRectified ? Double(inputs) : Double(inputs) + Double(outputs)
      let bound = Float((6 / max(1, fan)).squareRoot())
      for place in range { list[place] = random.uniform(bound) }
    case .recurrent(let hidden):
      let bound = 1 / Float(max(1, hidden)).squareRoot()
      for place in range { list[place] = random.uniform(bound) }
    case .embedding: for place in range { list[place] = random.normal(deviation: 1) }
    case .table: for place in range { list[place] = random.normal(deviation: 0.02) }
    case .bias, .runningMean: for place in range { list[place] = 0 }
    case .scale, .runningVariance: for place in range { list[place] = 1 }
    case .slope: for place in range { list[place] = 0.25 }
    }
  }
}
