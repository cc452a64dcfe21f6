// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension FileContents {
  /// `config.json`, as transformers writes it beside the weights.
  mutating func readConfiguration(_ bytes: Bytes) {
    guard bytes.count <= Limits.modelConfig else {
      return miss(nil, "a configuration of \(bytes.count) bytes; at most \(Limits.modelConfig) are read")
    }
    let value: JSONValue
    do throws(JSONError) { value = try JSONReader.read(bytes.span) } catch { return miss(nil, "\(error)") }
    let architectures = value["architectures"]?.array?.compactMap(\.string) ?? []
    for name in architectures { note("config:architecture", name) }
    for key in ["model_type", "torch_dtype", "dtype", "transformers_version"] {
      note("config:\(key)", value[key]?.string)
    }
    note("config:quantisation", value["quantization_config"]?["quant_method"]?.string)
    card.architecture = architectures.first.map(Self.cut)
    card.family = value["model_type"]?.string.map(Self.cut)
  }

  /// The YAML in front of a model card.
  mutating func readCard(_ bytes: Bytes) {
    guard let front = Self.frontMatter(of: bytes) else { return }
    let card: YAMLNode
    do throws(YAMLError) {
      guard let first = try YAMLReader.read(front).first else { return }
      card = first
    } catch { return miss(nil, "what stands in front of the model card: \(error)") }
    let name = card["license_name"]?.scalar
    for licence in Self.texts(card["license"]) {
      // The hub's word for a licence that it has no word for.
      declare(licence: licence == "other" ? name ?? licence : licence)
    }
    self.card.task = card["pipeline_tag"]?.scalar.map(Self.cut)
    self.card.datasets = Self.texts(card["datasets"]).map(Self.cut)
    self.card.baseModels = Self.texts(card["base_model"]).map(Self.cut)
    for key in ["pipeline_tag", "library_name", "base_model", "datasets", "language"] {
      for text in Self.texts(card[key]) { note("card:\(key)", text) }
    }
  }

  mutating func readLicence(_ bytes: Bytes) {
    guard bytes.count <= Limits.licenceText else {
      return miss(nil, "a licence of \(bytes.count) bytes; at most \(Limits.licenceText) are read")
    }
    let text = String(decoding: bytes.array(), as: UTF8.self)
    guard let licence = LicenceText.recognise(text) else { return }
    add(licence)
  }

  /// A licence that the model's authors name.
  mutating func declare(licence text: String) {
    let text = text.trimmed
    guard !text.isEmpty else { return }
    add(Licence(named: Self.cut(text), isDeclared: true))
  }

  private mutating func add(_ licence: Licence) {
    guard card.licences.count < Limits.findingsPerRule, !card.licences.contains(licence) else { return }
    card.licences.append(licence)
    note("license", licence.text)
  }

  /// Between two lines of `---` at the start, within the first ``Limits/licenceText`` bytes.
  private static func frontMatter(of bytes: Bytes) -> Bytes? {
    let head = bytes.slice(0..<min(bytes.count, Limits.licenceText))
    let text = head.span
    var start: Int?
    var at = 0
    while at < text.count {
      let line = at
      while at < text.count, text[at] != 0x0A { at += 1 }
      var end = at
      at += 1
      while end > line, text[end - 1] == 0x0D || text[end - 1] == 0x20 { end -= 1 }
      let isRule =
        end - line == 3 && text[line] == 0x2D && text[line + 1] == 0x2D && text[line + 2] == 0x2D
      if let start {
        if isRule { return head.slice(start..<line) }
      } else {
        guard isRule, at <= text.count else { return nil }
        start = at
      }
    }
    return nil
  }

  /// A text, or those in a list.
  private static func texts(_ node: YAMLNode?) -> [String] {
    let nodes = node?.sequence ?? node.map { [$0] } ?? []
    return nodes.compactMap(\.scalar).filter { !$0.isEmpty && $0 != "null" && $0 != "~" }
      .prefix(Limits.findingsPerRule).map { $0 }
  }
}

extension String {
  /// Without the space around it.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
