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
        (upper.contains("SYSTEM") || upper.contains("PUBLIC"))
        && Self.places.contains { Self.address(upper).contains($0) }
      if !isPlain || (isRemote && !Self.isKnown(text)) {
        notes.add(
          .xmlEntity, "the text declares entities that grow or lie elsewhere, or fetches a declaration",
          construct: String(text.prefix(200)), at: offset)
      } else if upper.contains("[")
        || (upper.contains("SYSTEM") || upper.contains("PUBLIC")) && !Self.isKnown(text)
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
      if let object = attributes.first(where: { ["class", "type", "factory-class"].contains($0.name) })?
        .value,
        Self.objects.contains(where: { object.contains($0) })
      {
        notes.add(
          .xmlEntity, "the element '\(name)' makes an object of \(object.prefix(100)), which runs commands",
          construct: String(object.prefix(160)), at: offset)
      }
      for attribute in attributes {
        let key = attribute.name.lowercased()
        let value = attribute.value.drop(while: \.isWhitespace).lowercased()
        // Where a validating reader looks for the grammar: pairs of a name and a place.
        if key.hasSuffix("schemalocation"),
          value.split(whereSeparator: \.isWhitespace).contains(where: {
            $0.hasPrefix("file:") || $0.hasPrefix("/") || $0.hasPrefix("\\\\") || $0.contains("..")
          })
        {
          notes.add(
            .xmlEntity, "the grammar of the text lies outside of it",
            construct: "\(attribute.name)=\(attribute.value.prefix(100))", at: offset)
        }
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

  private static let places = ["://", "FILE:", "\"/", "'/", ".."]

  /// The last quoted text in front of declarations of its own: where the grammar lies.
  private static func address(_ doctype: String) -> String {
    let head = doctype.prefix { $0 != "[" }
    let parts = head.split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
    return parts.count >= 3 ? "\"" + parts[parts.count - 2] : String(doctype)
  }

  /// Classes that readers of beans and of serialised objects make, and that run what they are given.
  private static let objects = [
    "ProcessBuilder", "java.lang.Runtime", "ScriptEngineManager", "ClassPathXmlApplicationContext",
    "JdbcRowSetImpl",
    "EventHandler", "TemplatesImpl", "System.Diagnostics.Process", "ObjectDataProvider",
    "MethodInvokingFactoryBean",
  ]

  private static let active: Set<String> = [
    "script", "stylesheet", "include", "foreignobject", "iframe", "object", "embed", "handler",
    "msxsl:script", "import",
    "transform", "external-entity",
  ]

  /// Grammars of standards, which readers have themselves, where their standards bodies keep them.
  private static func isKnown(_ text: String) -> Bool {
    guard !text.contains("[") else { return false }
    let place = address(text).dropFirst()
    return hosts.contains { place.hasPrefix("http://" + $0 + "/") || place.hasPrefix("https://" + $0 + "/") }
      || (text.contains("-//W3C//DTD") && !place.contains("/"))
  }

  private static let hosts = [
    "www.w3.org", "www.apple.com", "www.oasis-open.org", "docbook.org", "www.docbook.org", "java.sun.com",
    "xmlns.jcp.org", "jakarta.ee", "eclipse.dev", "www.eclipse.org", "xml.apache.org", "struts.apache.org",
    "logging.apache.org", "tomcat.apache.org", "hibernate.org", "www.hibernate.org",
    "hibernate.sourceforge.net",
    "mybatis.org", "www.springframework.org", "checkstyle.org", "www.puppycrawl.com", "jats.nlm.nih.gov",
    "dtd.nlm.nih.gov", "www.ncbi.nlm.nih.gov", "www.jenitennison.com", "host.robots.ox.ac.uk", "www.dmg.org",
    "www.freedesktop.org", "xspf.org", "openoffice.org", "www.opengis.net",
  ]
}
