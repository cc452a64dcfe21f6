// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct YAMLReaderTests {
  private func one(_ text: String) throws -> YAMLNode { try YAMLReader.read(Bytes(utf8: text))[0] }

  @Test func collectionsAndScalarsAreRead() throws {
    let node = try one(
      "a: 1\nb:\n- x\n- y: z\n  w: 'it''s'\nc: {d: [1, \"t\\u00e9\"], e: }\nf: |\n  one\n   two\ng: >-\n  x\n  y\nh:\n  i: j # k\n"
    )
    #expect(node["a"]?.scalar == "1")
    #expect(node["b"]?.sequence?.count == 2)
    #expect(node["b"]?.sequence?[1]["w"]?.scalar == "it's")
    #expect(node["c"]?["d"]?.sequence?[1].scalar == "té")
    #expect(node["f"]?.scalar == "one\n two\n")
    #expect(node["h"]?["i"]?.scalar == "j")
  }

  @Test func tagsAreResolvedUnderAnyHandle() throws {
    let full = "tag:yaml.org,2002:python/name:os.system"
    #expect(try one("!!python/name:os.system").tag == full)
    #expect(try one("a: !!python/name:os.system")["a"]?.tag == full)
    #expect(try one("!<tag:yaml.org,2002:python/name:os.system> ''").tag == full)
    #expect(try one("!!python%2Fname:os.system").tag == full)
    #expect(try one("%TAG !p! tag:yaml.org,2002:python/\n---\n!p!name:os.system").tag == full)
    #expect(try one("%TAG ! tag:yaml.org,2002:\n---\n!python/name:os.system").tag == full)
    #expect(try one("a:\n  !x\n  b: c")["a"]?.tag == "!x")
    #expect(try one("!x a: b").mapping?[0].key.tag == "!x")
  }

  @Test func aliasesAreNotFollowed() throws {
    let node = try one("a: &x [1, 2]\nb: *x\n")
    guard case .alias("x")? = node["b"]?.kind else {
      Issue.record("expected an alias")
      return
    }
    #expect(node["a"]?.anchor == "x")
  }

  @Test func documentsFollowEachOther() throws {
    #expect(try YAMLReader.read(Bytes(utf8: "---\na: 1\n...\n---\nb: 2\n--- c\n")).count == 3)
  }

  @Test(arguments: ["a: b: c", "a: [1, 2", "\"x", "a: 1\n b: 2", "\ta: 1", "- a\nb: 1", "@x", "%TAG ! x"])
  func whatIsNoYAMLIsRefused(_ text: String) {
    #expect(throws: YAMLError.self) { try YAMLReader.read(Bytes(utf8: text)) }
  }

  @Test func depthAndSizeAreBounded() {
    for text in [
      String(repeating: "[", count: 9999), String(repeating: "- ", count: 999),
      String(repeating: "- a\n", count: 200_000),
    ] {
      #expect(throws: YAMLError.self) { try YAMLReader.read(Bytes(utf8: text)) }
    }
  }
}

@Suite struct XMLReaderTests {
  private func events(_ text: String) throws(XMLError) -> [String] {
    var reader = XMLReader(Bytes(utf8: text))
    var found: [String] = []
    while let event = try reader.next() {
      switch event {
      case .start(let name, let attributes, _):
        found.append("<\(name)" + attributes.map { " \($0.name)=\($0.value)" }.joined())
      case .end(let name): found.append("/\(name)")
      case .text(let text, _): found.append(text)
      case .doctype: found.append("!")
      case .instruction(let target, _, _): found.append("?\(target)")
      }
    }
    return found
  }

  @Test func elementsAndTextsAreRead() throws {
    let text =
      "<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT a ANY>]><a x='1' y=\"&lt;\"><b/>&amp;&#65;<![CDATA[<c>]]><!-- d --></a>"
    #expect(try events(text) == ["?xml", "!", "<a x=1 y=<", "<b", "/b", "&A", "<c>", "/a"])
  }

  @Test(arguments: [
    "", "x", "<a>", "<a></b>", "<a/><b/>", "<a x=1/>", "<a x='1' x='2'/>", "<a>&x;</a>", "<a><!--", "<a/>x",
    "</a>", "<a b='<'/>",
  ])
  func whatIsNoXMLIsRefused(_ text: String) {
    #expect(throws: XMLError.self) { try events(text) }
  }
}

@Suite struct JinjaParserTests {
  @Test(arguments: [
    "{{ a if b else c }}", "{{ a is not none and b is divisibleby 3 }}",
    "{% for k, v in x.items() if v %}{% else %}{% endfor %}",
    "{% set a, b = 1, 2 %}{% set x | upper %}t{% endset %}", "{% raw %}{{ {% {% endraw %}", "{# {{ #}",
    "{{ {'a': {'b': [1, (2, 3)]}}['a'] }}",
    "{% macro f(a, b=1) -%}{{ a }}{%- endmacro %}{{ f(1, *x, b=2) }}", "{{ 'a' 'b' ~ \"c\" }}",
    "{{ x[1:2][::-1] }}", "{{- x -}}{%+ if y +%}{% endif %}",
    "{{ a|b(c)|d is e }}", "{% call(x) f() %}{% endcall %}", "{% filter upper %}x{% endfilter %}", "plain",
  ])
  func templatesAreRead(_ text: String) throws {
    #expect(throws: Never.self) { try JinjaParser.parse(Bytes(utf8: text)) }
  }

  @Test(arguments: [
    "{{ a", "{% if x %}", "{% endif %}", "{{ a b }}", "{# x", "{{ 'a }}", "{% foo %}", "{{ ) }}",
    "{{ '\\N{LOW LINE}' }}", "{{ }}",
  ])
  func whatIsNoTemplateIsRefused(_ text: String) {
    #expect(throws: JinjaError.self) { try JinjaParser.parse(Bytes(utf8: text)) }
  }

  @Test func escapesOfStringsAreResolved() throws {
    let statements = try JinjaParser.parse(Bytes(utf8: "{{ '\\x5f\\137\\u005fa\\n' }}"))
    guard case .output(.text("___a\n"))? = statements.first?.kind else {
      Issue.record("\(statements)")
      return
    }
  }
}
