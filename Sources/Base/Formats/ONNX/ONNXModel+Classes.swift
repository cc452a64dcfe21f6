// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema

extension ONNXModel {
  /// Lists of what a model calls its classes, in their order, as far as its graph says: of classifiers (ai.onnx.ml), and constants
  /// that an answer may be picked from. Numbers are written out.
  package var classLists: [[String]] {
    let graph = proto.graph
    var lists: [[String]] = []
    for node in graph.node {
      for attribute in node.attribute {
        switch attribute.name {
        case "classlabels_strings", "cats_strings", "values_strings":
          lists.append(attribute.strings.map { String(decoding: $0, as: UTF8.self) })
        case "classlabels_ints", "classlabels_int64s", "cats_int64s", "values_int64s":
          lists.append(attribute.ints.map { "\($0)" })
        case "value" where node.opType == "Constant": lists.append(Self.texts(attribute.t))
        default: continue
        }
      }
    }
    lists += graph.initializer.map(Self.texts)
    return lists.filter { $0.count > 1 && Set($0).count == $0.count }
  }

  /// The elements of a short list of texts or whole numbers, as the exporters of classifiers write them; none of others.
  private static func texts(_ tensor: ONNXTensorProto) -> [String] {
    guard tensor.dims.filter({ $0 != 1 }).count == 1 else { return [] }
    if !tensor.stringData.isEmpty { return tensor.stringData.map { String(decoding: $0, as: UTF8.self) } }
    guard tensor.dataType == Int32(ONNXTensorProto.DataType.int64.rawValue) else { return [] }
    if !tensor.int64Data.isEmpty { return tensor.int64Data.map { "\($0)" } }
    let bytes = [UInt8](tensor.rawData.prefix(8 * mostClasses))
    return stride(from: 0, to: bytes.count / 8 * 8, by: 8).map { start in
      let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
      return "\(Int64(bitPattern: bits))"
    }
  }

  /// More than any list of classes has.
  private static let mostClasses = 1 << 20
}
