// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
import MartletONNXSchema

extension ONNXModel {
  /// The model, where its only input says not even its rank, with that of the data: any number of examples of a shape. Derivatives
  /// need ranks. Nil for a model that says it itself.
  package func withInputs(ofExamples shape: [Int]) -> (model: ONNXModel, bytes: [UInt8])? {
    let constants = Set(proto.graph.initializer.map(\.name))
    let places = proto.graph.input.indices.filter { !constants.contains(proto.graph.input[$0].name) }
    guard places.count == 1, case .tensorType(let tensor)? = proto.graph.input[places[0]].type.value,
      !tensor.hasShape
    else { return nil }
    var known = proto
    known.graph.input[places[0]].type.tensorType.shape.dim =
      [ONNXTensorShapeProto.Dimension()]
      + shape.map { size in
        var dim = ONNXTensorShapeProto.Dimension()
        dim.dimValue = Int64(size)
        return dim
      }
    guard let model = try? ONNXModel(known), let bytes = try? known.serializedModel() else { return nil }
    return (model, bytes)
  }
}
