// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The operators of TorchScript and of exported programs.
enum TorchOperators {
  enum Standing: Equatable {
    /// Computes on tensors and containers.
    case known
    /// What it does to files, or to other machines.
    case harmful(String)
    case unlisted
  }

  static func standing(_ space: String, _ name: String) -> Standing {
    if let effect = harmful["\(space)::\(name)"] { return .harmful(effect) }
    return known[space]?.contains(name) == true ? .known : .unlisted
  }

  private static let harmful = [
    "aten::save": "writes a file", "aten::from_file": "reads or makes a file", "aten::load": "reads a file",
    "aten::_save": "writes a file", "aten::_from_file": "reads or makes a file",
    "prim::rpc_async": "runs code on another machine", "prim::rpc_sync": "runs code on another machine",
    "prim::rpc_remote": "runs code on another machine", "prim::PythonOp": "runs Python",
    "image::read_file": "reads a file", "image::write_file": "writes a file",
    "image::decode_image": "reads a picture of any format", "aten::load_library": "loads native code",
  ]

  /// Native classes that come with torch.
  static func isKnown(classes module: String) -> Bool {
    ["quantized", "sparse", "rnn", "xnnpack"].contains(module.dropFirst("__torch__.torch.classes.".count))
  }

  private static let known: [String: Set<String>] = {
    var spaces: [String: Set<String>] = [:]
    for line in Words.lines(of: TorchOperatorNames.lines) {
      let words = Words.of(line)
      guard let space = words.first else { continue }
      spaces[space, default: []].formUnion(words.dropFirst())
    }
    return spaces
  }()
}
