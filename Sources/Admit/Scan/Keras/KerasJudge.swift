// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A class or function that a configuration of Keras names, and what that makes of it.
enum KerasJudge {
  enum Standing: Equatable {
    /// Keras's own, and inert.
    case builtin
    /// Known to do harm, and how.
    case dangerous(String)
    /// Somebody's own code.
    case foreign
  }

  /// Where the modules of Keras itself begin, longest first.
  private static let roots = [
    "tensorflow.python.keras.api._v2.keras", "tensorflow.python.keras.api._v1.keras",
    "keras._tf_keras.keras", "keras.api._v2.keras", "keras.api._v1.keras", "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras", "tensorflow.python.keras", "tensorflow.keras", "tf_keras.src",
    "tf_keras.api._v2.keras", "tf_keras.api._v1.keras", "tf_keras", "keras.src", "keras.api", "tf.keras",
    "keras",
  ]

  /// Judges `name` of `module`; nil is a module that is not said, so that Keras looks among its own and the registered.
  static func standing(module: String?, name: String, isFunction: Bool = false) -> Standing {
    if name.hasPrefix("Custom>"), optimizers.contains(String(name.dropFirst(7))) { return .builtin }
    guard let module, !module.isEmpty, module != "builtins" || !isFunction else {
      if isBuiltin(name, isFunction: isFunction) { return .builtin }
      // HDF5 models record the operations of Keras 3 without their module.
      if module == nil, KerasBuiltins.operations.contains(name) { return .builtin }
      if let effect = KerasDanger.layers[name] { return .dangerous(effect) }
      return danger(in: module ?? "builtins", name)
    }
    if let effect = KerasDanger.layers[name] { return .dangerous(effect) }
    guard let below = below(module) else { return danger(in: module, name) }
    if extra.contains("\(below).\(name)") { return .builtin }
    if let effect = KerasDanger.effect(below.isEmpty ? name : below + "." + name) {
      return .dangerous(effect)
    }
    let isKnownModule = below.isEmpty || KerasBuiltins.modules.contains(below)
    if isKnownModule, isBuiltin(name, isFunction: isFunction) { return .builtin }
    if operations.contains(below), KerasBuiltins.operations.contains(name) { return .builtin }
    return .foreign
  }

  private static let operations: Set<String> = [
    "ops.numpy", "ops.nn", "ops.math", "ops.core", "ops.image", "ops.linalg", "ops.einops", "ops",
  ]

  /// tf_keras registers its optimizers like custom classes, and writes their names so.
  static let optimizers: Set<String> = [
    "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Lion", "Nadam", "RMSprop", "SGD",
  ]

  /// Layers of ready-made models, in modules that also download weights.
  private static let extra: Set<String> = ["applications.convnext.LayerScale"]

  private static func isBuiltin(_ name: String, isFunction: Bool) -> Bool {
    KerasBuiltins.classes.contains(name) || (isFunction && KerasBuiltins.functions.contains(name))
  }

  /// The part of a module's name below the root of Keras; nil for a module of somebody else.
  private static func below(_ module: String) -> String? {
    for root in roots {
      if module == root { return "" }
      if module.hasPrefix(root + ".") { return String(module.dropFirst(root.count + 1)) }
    }
    return nil
  }

  /// Python's own modules are judged as in pickles: importing and calling is the same there.
  private static func danger(in module: String, _ name: String) -> Standing {
    for root in ["tensorflow.compat.v2", "tensorflow.compat.v1", "tensorflow.python", "tensorflow", "tf"]
    where module == root || module.hasPrefix(root + ".") {
      let path = (module + "." + name).dropFirst(root.count + 1)
      if let effect = TensorFlowFunctions.danger(String(path)) { return .dangerous(effect) }
    }
    return switch GlobalJudge(allow: .standard).standing(module, name) {
    case .dangerous(let effect): .dangerous(effect)
    case .walk(let step): .dangerous("reaches \(step) through attributes")
    case .disguised(let how): .dangerous("is disguised: \(how)")
    case .vetted, .unlisted: .foreign
    }
  }
}
