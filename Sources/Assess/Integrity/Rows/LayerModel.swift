// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
import MartletONNXSchema
package import MartletRuntime
import SwiftProtobuf

/// A model that also says what one of its layers answers.
package struct LayerModel: Sendable {
  /// The tensor that is read.
  package let layer: String
  private let session: Session
  private let input: ValueInfo

  private static let batch = 256
  private static let linear: Set<String> = ["Gemm", "MatMul"]

  /// - Parameters:
  ///   - model: an ONNX file with its weights.
  ///   - layer: a tensor of the graph; nil for what goes into the last matrix product, which is what classes are told by.
  /// - Throws: ``IntegrityError/model(reason:)``, ``IntegrityError/runtime(_:)``.
  package init(
    _ model: Bytes, layer: String?, library: RuntimeLibrary, threads: Int? = nil
  ) throws(IntegrityError) {
    var proto: ONNXModelProto
    do { proto = try ONNXModelProto(serializedBytes: model.array()) } catch {
      throw .model(reason: "expected an ONNX model, found another file")
    }
    let known = Set(proto.graph.node.flatMap(\.output)).union(proto.graph.input.map(\.name))
    let weights = Set(proto.graph.initializer.map(\.name))
    let automatic = proto.graph.node.last { Self.linear.contains($0.opType) }?.input.first {
      !weights.contains($0)
    }
    guard let name = layer ?? automatic else {
      throw .model(reason: "expected a matrix product in it, found none: name a tensor with --layer")
    }
    guard known.contains(name) else {
      let shown = proto.graph.node.flatMap(\.output).suffix(12).joined(separator: ", ")
      throw .model(
        reason: "expected a tensor '\(name.prefix(80))', found none of that name: the last ones are \(shown)")
    }
    self.layer = name
    if !proto.graph.output.contains(where: { $0.name == name }) {
      var output = ONNXValueInfoProto()
      output.name = name
      proto.graph.output.append(output)
    }
    do {
      let bytes: [UInt8] = try proto.serializedBytes()
      session = try Session(library: library, model: bytes.span, options: .init(threads: threads))
    } catch let error as RuntimeError {
      throw .runtime(error)
    } catch {
      throw .model(reason: "it cannot be written again with another output")
    }
    let free = session.inputs
    guard free.count == 1 else {
      throw .model(reason: "expected one input, found \(free.map(\.name).joined(separator: ", "))")
    }
    input = free[0]
  }

  /// What the layer answers to each row.
  /// - Throws: ``IntegrityError``.
  package func activations(of rows: TrainingRows) throws(IntegrityError) -> (values: [Float], width: Int) {
    var values: [Float] = []
    var width = 0
    var size = Self.batch
    if case .fixed(let fixed)? = input.shape?.first, fixed > 0 { size = fixed }
    for start in stride(from: 0, to: rows.count, by: size) {
      let count = min(size, rows.count - start)
      // The last row stands in for those that are missing from the last part.
      let chosen = (start..<start + size).map { min($0, rows.count - 1) }
      let part = chosen.flatMap { rows.row($0) }
      do throws(RuntimeError) {
        let tensor = try Tensor(float32: part, shape: [size] + (rows.shape ?? [rows.width]))
        guard let found = try session.run([(input.name, tensor)], outputs: [layer])[layer],
          found.shape.first == size, found.count > 0
        else {
          throw RuntimeError.wrongShape(name: layer, expected: [.fixed(size)], found: [])
        }
        width = found.count / size
        let span = try found.span(of: Float.self)
        for index in 0..<count * width { values.append(span[index]) }
      } catch { throw .runtime(error) }
    }
    guard values.allSatisfy(\.isFinite) else {
      throw .model(reason: "its layer '\(layer)' answers what is no number")
    }
    return (values, width)
  }
}
