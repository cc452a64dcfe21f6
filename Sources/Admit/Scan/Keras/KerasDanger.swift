// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What Keras itself brings along and a configuration must not name, by what it does. Never makes anything safe.
enum KerasDanger {
  /// Layers that run or read what the configuration says.
  static let layers: [String: String] = [
    "TorchModuleWrapper": "unpickles a torch module from the configuration (CVE-2025-49655)",
    "TFSMLayer": "loads and runs a SavedModel from a path in the configuration (CVE-2026-1462)",
    "TFSMLayerV1": "loads and runs a SavedModel from a path in the configuration (CVE-2026-1462)",
    "GraphModel": "loads a model from a path in the configuration",
  ]

  /// Functions of Keras that reach outside of the model, by their last word.
  private static let functions: [String: String] = [
    "get_file": "downloads or unpacks a file (CVE-2025-8747, CVE-2025-12060)",
    "enable_unsafe_deserialization": "switches off the safe mode (CVE-2025-9906)",
    "load_model": "loads another model, with safe_mode as the configuration says (CVE-2025-8747)",
    "load_weights": "reads another file", "save_model": "writes a file", "save_weights": "writes a file",
    "model_from_json": "builds a model from another configuration",
    "model_from_yaml": "builds a model from YAML, which runs code (CVE-2021-37678)",
    "model_from_config": "builds a model from another configuration",
    "deserialize_keras_object": "builds objects from another configuration",
    "func_load": "runs code from the configuration", "func_dump": "writes code",
    "set_global_attribute": "switches off the safe mode (CVE-2025-9906)",
    "extract_archive": "unpacks files (CVE-2025-12060)", "load_img": "reads a file",
    "save_img": "writes a file", "load_data": "downloads a file",
    "image_dataset_from_directory": "reads files", "audio_dataset_from_directory": "reads files",
    "text_dataset_from_directory": "reads files", "plot_model": "writes a file and runs a program",
    "model_to_dot": "runs a program", "register_keras_serializable": "changes what names mean",
    "custom_object_scope": "changes what names mean", "get_custom_objects": "changes what names mean",
    "CustomObjectScope": "changes what names mean",
  ]

  /// Packages of Keras with nothing that belongs in a configuration.
  private static let packages: [String: String] = [
    "utils": "has helpers for files, downloads and programs", "saving": "loads and saves models",
    "config": "changes how Keras works", "datasets": "downloads files",
    "applications": "downloads weights", "callbacks": "runs during training and writes files",
    "export": "writes files", "preprocessing": "reads files", "distribution": "connects to other hosts",
    "tree": "calls functions that are given to it", "wrappers": "runs other estimators",
    "visualization": "writes files", "legacy.saving": "loads and saves models",
    "backend.common.global_state": "switches off the safe mode (CVE-2025-9906)",
  ]

  /// What a function of Keras does that must not be named; nil when it is not known to do harm.
  /// - Parameter path: below the root of Keras, such as `utils.get_file`.
  static func effect(_ path: String) -> String? {
    if let last = path.split(separator: ".").last, let effect = functions[String(last)] { return effect }
    return packages.first { path.hasPrefix($0.key + ".") }?.value
  }
}
