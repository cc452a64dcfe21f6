// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Judges the tags and values of a YAML text.
struct YAMLJudge {
  var config: ConfigJudge
  /// Bytes that `!!binary` holds.
  var encoded: [String] = []
  private let target: PythonTarget
  private var path: [ConfigStep] = []
  /// How many values each anchor stands for when aliases are followed.
  private var sizes: [String: Int] = [:]

  init(_ text: Bytes, allow: AllowList) {
    config = ConfigJudge(text, allow: allow, isYAML: true)
    target = PythonTarget(allow: allow)
  }

  mutating func judge(_ documents: [YAMLNode]) {
    for document in documents {
      sizes = [:]
      if visit(document) > Self.mostValues {
        config.notes.add(
          .yamlExhausts, "aliases of aliases stand for more than \(Self.mostValues) values", construct: "*",
          at: document.offset)
      }
    }
  }

  private static let mostValues = 10_000_000

  /// - Returns: how many values it stands for.
  private mutating func visit(_ node: YAMLNode) -> Int {
    if let tag = node.tag { judge(tag: tag, of: node) }
    var size = 1
    switch node.kind {
    case .alias(let name): size = sizes[name] ?? 1
    case .scalar(let text, let isPlain):
      if isPlain, text == "true" || text == "True" || text == "yes" {
        config.flag(true, at: path, offset: node.offset)
      } else {
        config.text(text, at: path, offset: node.offset)
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        path.append(.index(index))
        size = Self.sum(size, visit(item))
        path.removeLast()
      }
    case .mapping(let entries):
      for entry in entries {
        size = Self.sum(size, visitKey(entry.key))
        path.append(.key(entry.key.scalar ?? ""))
        size = Self.sum(size, visit(entry.value))
        path.removeLast()
      }
    }
    if let anchor = node.anchor { sizes[anchor] = size }
    return size
  }

  private mutating func visitKey(_ key: YAMLNode) -> Int {
    if case .scalar = key.kind {
      if let tag = key.tag { judge(tag: tag, of: key) }
      if let anchor = key.anchor { sizes[anchor] = 1 }
      return 1
    }
    return visit(key)
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  // MARK: Tags

  private static let yaml = "tag:yaml.org,2002:"
  private static let plain: Set<String> = [
    "str", "int", "float", "bool", "null", "map", "seq", "set", "omap", "pairs", "timestamp", "merge",
    "value",
    "python/tuple", "python/none", "python/bool", "python/int", "python/long", "python/float",
    "python/complex",
    "python/str", "python/unicode", "python/list", "python/dict",
  ]

  /// Functions of CloudFormation, GitLab and Compose, which put values of the same text or of the service together.
  private static let templates: Set<String> = [
    "Ref", "Sub", "GetAtt", "Join", "Select", "Split", "FindInMap", "ImportValue", "GetAZs", "Base64", "Cidr",
    "If", "Not",
    "And", "Or", "Equals", "Condition", "reference", "reset", "override",
  ]

  private mutating func judge(tag: String, of node: YAMLNode) {
    if tag == "!" || tag.isEmpty { return }
    if tag == Self.yaml + "binary" || tag == Self.yaml + "python/bytes" {
      if let text = node.scalar, encoded.count < 64 { encoded.append(text) }
      return
    }
    var name = tag
    if name.hasPrefix(Self.yaml) {
      name = String(name.dropFirst(Self.yaml.count))
      if Self.plain.contains(name) { return }
    } else if name.hasPrefix("!") {
      name = String(name.dropFirst())
      if Self.templates.contains(name) { return }
    }
    if name.hasPrefix("python/") { return python(name, tag, node.offset) }
    if name.hasPrefix("ruby/") || name.hasPrefix("java.") || name.hasPrefix("javax.")
      || name.hasPrefix("java/")
      || (tag.hasPrefix(Self.yaml) && name.contains("."))
    {
      return config.notes.add(
        .yamlTagHarm, "a tag makes an object of '\(name)' when the text is read", construct: tag,
        at: node.offset)
    }
    config.notes.add(
      .yamlTag, "what the tag '\(tag)' does is up to the program that reads it", construct: tag,
      at: node.offset,
      allow: "yaml:" + tag)
  }

  private mutating func python(_ name: String, _ tag: String, _ offset: Int) {
    guard let colon = name.firstIndex(of: ":") else {
      return config.notes.add(
        .yamlTag, "the tag '\(tag)' makes a Python object", construct: tag, at: offset, allow: "yaml:" + tag)
    }
    let kind = name[..<colon]
    let global = String(name[name.index(after: colon)...])
    var standing = target.standing(global)
    if kind == "python/module" {
      standing = target.standing(global + ".x")
    }
    switch standing {
    case .inert where kind == "python/object" || kind == "python/name" || kind.hasPrefix("python/object/"):
      break
    case .dangerous(let effect):
      config.notes.add(
        .yamlTagHarm, "a tag names \(global) when the text is read, which \(effect)", construct: tag,
        at: offset)
    default:
      config.notes.add(
        .yamlTag, "a tag names \(global), and what that does with data of the file is not known",
        construct: tag,
        at: offset, allow: global)
    }
  }
}
