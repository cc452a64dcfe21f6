// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Judges an XML text: declarations of entities, and elements that a viewer runs.
struct XMLJudge {
  var notes = Notes()
  /// The element at the top, without its prefix.
  private(set) var root: String?

  /// - Returns: whether it was read whole.
  mutating func judge(_ bytes: Bytes) -> Bool {
    var reader = XMLReader(bytes)
    do throws(XMLError) {
      while let event = try reader.next() { judge(event) }
      return true
    } catch {
      notes.add(
        .brokenXML, "expected XML, but found \(error.reason)", at: error.offset, allow: "xml:malformed")
      return false
    }
  }

  private mutating func judge(_ event: XMLEvent) {
    switch event {
    case .doctype(let text, let offset):
      let upper = text.uppercased()
      // An entity whose value has no other in it and lies in the text is only a word for a word.
      let isPlain = !upper.split(separator: "<!ENTITY").dropFirst().contains { part in
        let declaration = part.prefix { $0 != ">" }
        return declaration.contains("SYSTEM") || declaration.contains("PUBLIC") || declaration.contains("&")
          || declaration.contains("%")
      }
      let isRemote =
        upper.contains("SYSTEM") && ["://", "FILE:", "\"/", "'/", ".."].contains { upper.contains($0) }
      if !isPlain || (isRemote && !Self.isKnown(text)) {
        notes.add(
          .xmlEntity, "the text declares entities that grow or lie elsewhere, or fetches a declaration",
          construct: String(text.prefix(200)), at: offset)
      } else if upper.contains("[") || upper.contains("SYSTEM")
        || (upper.contains("PUBLIC") && !Self.isKnown(text))
      {
        notes.add(
          .xmlActive, "the text has declarations of its own", construct: String(text.prefix(200)), at: offset,
          allow: "xml:doctype")
      }
    case .instruction(let target, let text, let offset):
      if target.lowercased() != "xml" {
        notes.add(
          .xmlActive, "an instruction for '\(target)'", construct: "<?\(target) \(text.prefix(100))?>",
          at: offset, allow: "xml:?" + target)
      }
    case .start(let name, let attributes, let offset):
      let local = name.split(separator: ":").last.map(String.init) ?? name
      if root == nil { root = local }
      if local == "include", attributes.contains(where: { $0.name == "href" }) {
        notes.add(
          .xmlEntity, "the element '\(name)' takes in another file", construct: "<\(name)>", at: offset)
      }
      if Self.active.contains(local.lowercased()) {
        notes.add(
          .xmlActive, "the element '\(name)' runs or fetches something", construct: "<\(name)>", at: offset,
          allow: "xml:" + local)
      }
      for attribute in attributes {
        let key = attribute.name.lowercased()
        let value = attribute.value.drop(while: \.isWhitespace).lowercased()
        if value.hasPrefix("javascript:") || value.hasPrefix("file:") || value.hasPrefix("expect:")
          || (key.hasPrefix("on") && key.count > 4 && attribute.value.contains("("))
          || key == "xmlns:xalan" || value.hasPrefix("http://xml.apache.org/xalan")
          || value.hasPrefix("urn:schemas-microsoft-com:xslt")
        {
          notes.add(
            .xmlActive, "the attribute '\(attribute.name)' runs or fetches something",
            construct: "\(attribute.name)=\(attribute.value.prefix(100))", at: offset,
            allow: "xml:" + attribute.name)
        }
      }
    case .end, .text: break
    }
  }

  private static let active: Set<String> = [
    "script", "stylesheet", "include", "foreignobject", "iframe", "object", "embed", "handler",
    "msxsl:script", "import",
    "transform", "external-entity",
  ]

  /// Declarations of SVG and XHTML, which readers have themselves.
  private static func isKnown(_ text: String) -> Bool {
    text.contains("-//W3C//DTD") && !text.contains("[")
  }
}
