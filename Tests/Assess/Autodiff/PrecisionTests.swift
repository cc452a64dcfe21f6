// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf
import Testing

@Suite("Models in other precisions")
struct PrecisionTests {
  /// ONNX Runtime lacks many operators in these types, but it judges the types of all.
  @Test("rules make graphs whose types fit, in float16 and float64 too", arguments: [Int32(10), 11])
  func types(type: Int32) throws {
    var fitting = 0
    for example in HostileRuleTests.cases {
      var dice = Dice("types")
      let (model, sources) = try example.build(&dice)
      let converted = try Self.converted(model.proto, to: type)
      guard (try? Session.of(try converted.proto.serializedBytes())) != nil else { continue }
      for target in example.results {
        do {
          let gradient = try Gradient.of(converted, target: target, withRespectTo: sources.map(\.name))
          _ = try Session.of(gradient.serialized)
          fitting += 1
        } catch AutodiffError.needsOperatorSet {
          continue
        } catch {
          Issue.record("\(example.testDescription): \(error)")
        }
      }
    }
    #expect(fitting > 700)
  }

  /// The same model with all floating-point numbers in another type.
  private static func converted(_ proto: ONNXModelProto, to type: Int32) throws -> ONNXModel {
    var proto = proto
    for place in proto.graph.initializer.indices where proto.graph.initializer[place].dataType == 1 {
      let values = proto.graph.initializer[place].floatData
      proto.graph.initializer[place].floatData = []
      proto.graph.initializer[place].dataType = type
      if type == 11 {
        proto.graph.initializer[place].doubleData = values.map { Double($0) }
      } else {
        proto.graph.initializer[place].int32Data = values.map { Int32(Float16($0).bitPattern) }
      }
    }
    for place in proto.graph.input.indices { proto.graph.input[place].type.tensorType.elemType = type }
    for place in proto.graph.output.indices { proto.graph.output[place].type.tensorType.elemType = type }
    return try ONNXModel(proto)
  }
}
