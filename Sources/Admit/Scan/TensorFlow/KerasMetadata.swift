// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The configurations of layers that Keras keeps in a SavedModel, as JSON: which of them hold code.
///
/// Classes of somebody else are no finding here, as they are in ``KerasConfig``: Keras revives a layer that it does not know from
/// the functions of the graph, and never imports one.
enum KerasMetadata {
  enum Finding: Equatable {
    case lambda(String)
    /// What ``KerasConfig`` says of something that does harm.
    case danger(Note)
    /// It is no JSON that can be read whole, and speaks of lambdas.
    case unreadable
  }

  static func findings(in bytes: Bytes) -> [Finding] {
    guard bytes.count <= Limits.kerasText else { return [.unreadable] }
    guard let document = try? TolerantJSON(bytes) else {
      let text = String(decoding: bytes.array(), as: UTF8.self)
      return text.contains("ambda") || text.contains("\\u") ? [.unreadable] : []
    }
    var found: [Finding] = []
    walk(document.value, &found)
    return found + KerasConfig.dangers(in: document.value).map { .danger($0) }
  }

  private static func walk(_ value: JSONValue, _ found: inout [Finding]) {
    guard found.count < 16 else { return }
    switch value {
    case .object(let members):
      for member in members where member.name == "class_name" {
        guard let name = member.value.string else { continue }
        if name == "Lambda" || name.hasSuffix(">Lambda") { found.append(.lambda(name)) }
      }
      for member in members { walk(member.value, &found) }
    case .array(let values): for value in values { walk(value, &found) }
    case .string(let text): if text == "__lambda__" { found.append(.lambda(text)) }
    default: break
    }
  }
}
