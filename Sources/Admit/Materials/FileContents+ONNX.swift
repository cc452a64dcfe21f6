// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension FileContents {
  mutating func readONNX(_ bytes: Bytes, _ member: String?) throws(ProtoError) {
    let model = try ONNXOutline(bytes)
    for tensor in model.tensors {
      tensors.add(ElementType.onnx(tensor.type), TensorCount.product(tensor.dimensions))
    }
    if model.isExcessive { miss(member, "more than \(Limits.onnxNames) tensors") }
    note("onnx:ir_version", model.irVersion.map { "\($0)" })
    let producer = [model.producerName, model.producerVersion].filter { !$0.isEmpty }
    note("onnx:producer", producer.joined(separator: " "))
    note("onnx:domain", model.domain)
    note("onnx:model_version", model.modelVersion.map { "\($0)" })
    note("onnx:graph", model.graphName)
    note("onnx:nodes", "\(model.nodes)")
    for set in model.operatorSets { note("onnx:opset", "\(set.domain) \(set.version)") }
    for (key, value) in model.metadata { note("onnx:metadata:\(key)", value) }
    card.inputs = model.inputs.prefix(Limits.billValues).map(Self.shown)
    card.outputs = model.outputs.prefix(Limits.billValues).map(Self.shown)
    for input in card.inputs { note("onnx:input", input) }
    for output in card.outputs { note("onnx:output", output) }
  }

  /// `images: F32[N, 3, 224, 224]`
  private static func shown(_ port: ONNXOutline.Port) -> String { cut("\(port.name): \(shown(port.type))") }

  private static func shown(_ type: ONNXValueType) -> String {
    switch type {
    case .tensor(let element, nil): ElementType.onnx(element)
    case .tensor(let element, let shape?):
      "\(ElementType.onnx(element))[\(shape.map(shown).joined(separator: ", "))]"
    case .sequence(let inner): "sequence of \(shown(inner))"
    case .optional(let inner): "optional \(shown(inner))"
    case .map(let key, let value): "map of \(ElementType.onnx(key)) to \(shown(value))"
    case .unknown: "unknown"
    }
  }

  private static func shown(_ dimension: ONNXValueType.Dimension) -> String {
    switch dimension {
    case .size(let size): "\(size)"
    case .named(let name): name
    case .open: "?"
    }
  }
}
