// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAutodiff
package import MartletFormats
import MartletONNXSchema
import SwiftProtobuf

/// The graph of the mean loss and its slope by all weights as a file of its own. The lists of weights and statistics need not be
/// given to it: the model's own are their defaults.
package struct WeightGradientFile: Sendable {
  package let gradient: WeightGradient
  package let serialized: [UInt8]

  /// - Parameter batchStatistics: by what batch normalisations go.
  /// - Throws: ``TrainingError/noWeights`` and ``TrainingError/gradient(_:)``.
  package init(of model: ONNXModel, batchStatistics: BatchStatistics = .running) throws(TrainingError) {
    let candidates = WeightRoles(of: model).weightNames
    guard !candidates.isEmpty else { throw .noWeights }
    do {
      gradient = try WeightGradient.of(model, weights: candidates, batchStatistics: batchStatistics)
    } catch { throw .gradient(error) }
    var proto = gradient.proto
    for (name, slots) in [
      (gradient.weightsName, gradient.weights), (gradient.statisticsName ?? "", gradient.statistics),
    ] where !slots.isEmpty {
      let values = model.constants(slots)
      let list = slots.flatMap { values[$0.name] ?? [] }
      var tensor = ONNXTensorProto(floats: list, dims: [list.count])
      tensor.name = name
      proto.graph.initializer.append(tensor)
    }
    do { serialized = try proto.serializedBytes() } catch { throw .gradient(.tooLarge) }
  }
}
