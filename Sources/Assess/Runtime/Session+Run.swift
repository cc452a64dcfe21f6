// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CONNXRuntime

extension Session {
  /// Runs the model once. Inputs are read where they lie; outputs stay in the memory that ONNX Runtime wrote.
  ///
  /// - Parameter names: the outputs to compute; nil for every one that is a tensor.
  /// - Throws: ``RuntimeError/unknownInput(name:known:)``, ``RuntimeError/missingInput(name:)``,
  ///   ``RuntimeError/repeatedInput(name:)``, ``RuntimeError/wrongType(name:expected:found:)``,
  ///   ``RuntimeError/wrongShape(name:expected:found:)``, ``RuntimeError/unknownOutput(name:known:)`` and
  ///   ``RuntimeError/unsupportedOutput(name:type:)`` before the model runs, ``RuntimeError/failedRun(reason:)``
  ///   when it does not come through.
  package func run(
    _ inputs: [(name: String, tensor: Tensor)], outputs names: [String]? = nil
  ) throws(RuntimeError) -> [String: Tensor] {
    let given = try places(of: inputs)
    let wanted = try places(of: names)
    let api = unsafe handle.library.api

    var values: [OpaquePointer?] = unsafe []
    defer { unsafe values.forEach { value in unsafe api.pointee.ReleaseValue(value) } }
    for (_, tensor) in inputs { unsafe values.append(try handle.library.value(of: tensor)) }

    let inputNames = unsafe given.map { unsafe UnsafePointer<CChar>?(handle.inputNames[$0]) }
    let outputNames = unsafe wanted.map { unsafe UnsafePointer<CChar>?(handle.outputNames[$0]) }
    var results = unsafe [OpaquePointer?](repeating: nil, count: wanted.count)
    // The values point into the tensors' memory.
    let status = unsafe withExtendedLifetime(inputs) {
      unsafe api.pointee.Run(
        handle.session, nil, inputNames, values, values.count, outputNames, outputNames.count, &results)
    }
    // Each result has an owner from here on, whatever happens next.
    let owned = unsafe results.map { unsafe $0.map { unsafe ValueHandle($0, of: handle) } }
    unsafe try handle.library.check(status) { .failedRun(reason: $0) }

    var tensors = [String: Tensor](minimumCapacity: wanted.count)
    for (place, value) in zip(wanted, owned) {
      let name = outputs[place].name
      guard let value else { throw .unsupportedOutput(name: name, type: "nothing") }
      tensors[name] = try handle.library.tensor(of: value, name: name)
    }
    return tensors
  }

  /// Where the given inputs stand among the model's, after all that can be known without running it.
  private func places(of inputs: [(name: String, tensor: Tensor)]) throws(RuntimeError) -> [Int] {
    var places: [Int] = []
    for (name, tensor) in inputs {
      guard let place = self.inputs.firstIndex(where: { $0.name == name }) else {
        throw .unknownInput(name: name, known: self.inputs.map(\.name))
      }
      guard !places.contains(place) else { throw .repeatedInput(name: name) }
      try self.inputs[place].check(tensor)
      places.append(place)
    }
    for (place, input) in self.inputs.enumerated() where !places.contains(place) {
      throw .missingInput(name: input.name)
    }
    return places
  }

  private func places(of names: [String]?) throws(RuntimeError) -> [Int] {
    guard let names else { return outputs.indices.filter { outputs[$0].type != nil } }
    var places: [Int] = []
    for name in names {
      guard let place = outputs.firstIndex(where: { $0.name == name }) else {
        throw .unknownOutput(name: name, known: outputs.map(\.name))
      }
      guard outputs[place].type != nil else {
        throw .unsupportedOutput(name: name, type: outputs[place].typeName)
      }
      if !places.contains(place) { places.append(place) }
    }
    return places
  }
}
