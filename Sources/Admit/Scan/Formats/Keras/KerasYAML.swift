// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A configuration as Keras 1 and 2 wrote it as YAML: the same objects as in JSON, with anchors and tags of Python.
///
/// Loading it was what CVE-2021-37678 is about: `yaml.load` obeys tags. Those are judged by the rules for YAML; here is what
/// the objects mean to Keras.
struct KerasYAML {
  private let bytes: Bytes
  private var anchors: [String: YAMLNode] = [:]
  private var left = Limits.yamlNodes

  init(_ bytes: Bytes) { self.bytes = bytes }

  func examine(at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var reading = self
    do {
      for document in try YAMLReader.read(bytes) {
        reading.remember(document)
        KerasConfig.examine(try reading.value(document, 0), at: place, in: &scan)
      }
    } catch {
      scan.note(.kerasBroken, "expected a configuration as YAML, found that \(error.reason)", place)
      KerasConfig.search(bytes, at: place, in: &scan)
    }
  }

  private mutating func remember(_ node: YAMLNode) {
    if let anchor = node.anchor { anchors[anchor] = node }
    for item in node.sequence ?? [] { remember(item) }
    for entry in node.mapping ?? [] {
      remember(entry.key)
      remember(entry.value)
    }
  }

  /// The value with its aliases followed. An alias within what it names, or very many values, are refused.
  private mutating func value(_ node: YAMLNode, _ depth: Int) throws(YAMLError) -> JSONValue {
    left -= 1
    guard left > 0, depth < Limits.jsonDepth else {
      throw YAMLError("its aliases make more values than are read", at: node.offset)
    }
    switch node.kind {
    case .scalar(let text, let isPlain): return isPlain ? Self.plain(text) : .string(text)
    case .sequence(let nodes):
      var values: [JSONValue] = []
      for node in nodes { values.append(try value(node, depth + 1)) }
      return .array(values)
    case .mapping(let entries):
      var members: [JSONValue.Member] = []
      for entry in entries {
        let name = try value(entry.key, depth + 1)
        members.append(.init(name: name.string ?? "\(name)", value: try value(entry.value, depth + 1)))
      }
      return .object(members)
    case .alias(let name):
      guard let target = anchors[name] else {
        throw YAMLError("the alias \(name) names nothing", at: node.offset)
      }
      return try value(target, depth + 1)
    }
  }

  private static func plain(_ text: String) -> JSONValue {
    switch text {
    case "null", "~", "", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) } ?? .string(text)
    }
  }
}
