// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ArtifactScan {
  /// Looks at a text by what it is: JSON, XML, YAML, a template, source code or prose.
  /// - Parameter text: in UTF-8, without a byte order mark.
  /// - Returns: the name of a profile, or `json`, `xml`, `yaml`, `jinja`, `python`, `script` or `text`.
  mutating func scanText(_ text: Bytes, _ place: Place) -> String {
    var looks = TextLook(text, allow: allow)
    let kind = looks.run(at: place, in: &self)
    EncodedScan.examine(text, at: place, in: &self)
    scanTextAsPickle(text, place)
    let sample = TextSample(text, isJSON: looks.isStrictJSON, keys: looks.keys)
    var name: String?
    for profile in ScannedFormats.texts where profile.fits(sample) {
      profile.scan(sample, at: place, in: &self)
      name = name ?? profile.name
    }
    return name ?? kind
  }
}

/// Finds out what a text is, and has it judged as that.
struct TextLook {
  private let text: Bytes
  private let allow: AllowList
  /// At most the first 64 KiB.
  private let head: String
  private(set) var isStrictJSON = false
  private(set) var keys: [String] = []

  init(_ text: Bytes, allow: AllowList) {
    self.text = text
    self.allow = allow
    head = String(decoding: text.slice(0..<min(text.count, 1 << 16)).array(), as: UTF8.self)
  }

  mutating func run(at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let bare = head.drop(while: \.isWhitespace)
    if head.hasPrefix("#!"), !head.hasPrefix("#![") { return script(at: place, in: &scan) }
    if let first = bare.utf8.first, Self.beginsValue(first), !bare.hasPrefix("{{"), !bare.hasPrefix("{%"),
      !bare.hasPrefix("{#"),
      json(at: place, in: &scan)
    {
      return "json"
    }
    if bare.hasPrefix("<"), let name = markup(bare, at: place, in: &scan) { return name }
    let marks = MarkdownText(text)
    if !bare.hasPrefix("{%"), !bare.hasPrefix("{{"), !bare.hasPrefix("{#"),
      source(isExample: marks.isDocument, at: place, in: &scan)
    {
      return "python"
    }
    if marks.hasTags, !marks.isMarkdown {
      JinjaScan.examine(text, at: place, in: &scan)
      tags(in: text, at: place, in: &scan)
      return "jinja"
    }
    if marks.frontMatter == nil, yaml(text, isWhole: true, at: place, in: &scan) {
      if marks.hasOutputs { template(text, at: place, in: &scan, strict: false) }
      return "yaml"
    }
    if marks.hasOutputs || marks.hasTags {
      if marks.isMarkdown {
        if let inside = marks.fencedEscape {
          scan.note(
            .templateConstruct, "an example in the text names \(inside)", construct: inside,
            allow: "jinja:example", place)
        }
        if marks.hasOutsideMarks {
          template(marks.outside, at: place, in: &scan, strict: marks.hasOutsideTags)
        }
      } else {
        template(text, at: place, in: &scan, strict: marks.hasTags || bare.hasPrefix("{{"))
        if (try? JinjaParser.parse(text)) != nil {
          tags(in: text, at: place, in: &scan)
          return "jinja"
        }
      }
    }
    if let front = marks.frontMatter { _ = yaml(front, isWhole: false, at: place, in: &scan) }
    prose(marks, bare, at: place, in: &scan)
    return "text"
  }

  private static func beginsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): true
    default: false
    }
  }

  // MARK: JSON

  private mutating func json(at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> Bool {
    var judge = ConfigJudge(text, allow: allow)
    do throws(JSONSurveyError) {
      let survey = try JSONSurvey.read(text, &judge)
      isStrictJSON = survey.isStrict && survey.duplicate == nil
      keys = survey.keys
      if let duplicate = survey.duplicate {
        judge.notes.add(
          .brokenConfig,
          "the name '\(duplicate.name)' stands twice, and readers differ in which of the two they take",
          at: duplicate.offset, allow: "text:duplicate-name")
      }
      report(judge, at: place, in: &scan)
      return true
    } catch {
      guard beginsObject else { return false }
      // YAML takes what JSON does not, such as a comma too many.
      if yaml(text, isWhole: true, at: place, in: &scan) { return true }
      let bare = head.drop(while: \.isWhitespace)
      if bare.contains("{%") || bare.contains("{{") { return false }
      judge.notes.add(
        error.isCut ? .cutConfig : .brokenConfig, "the text begins like JSON, but \(error.reason)",
        at: error.offset, allow: "text:malformed")
      report(judge, at: place, in: &scan)
      return true
    }
  }

  /// `{"name":` or `[{"` or `["`: nothing else begins so.
  private var beginsObject: Bool {
    let signs = head.filter { !$0.isWhitespace }.prefix(3)
    return signs.hasPrefix("{\"") || signs.hasPrefix("[{\"") || signs.hasPrefix("[\"")
  }

  private func report(_ judge: ConfigJudge, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    scan.report(judge.notes, place)
    for (key, template, isRendered) in judge.templates {
      self.template(Bytes(utf8: template), at: place.inside(key), in: &scan, strict: isRendered)
    }
  }

  /// A template that is rendered is judged whole; of what may be one, only harm counts.
  private func template(
    _ text: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan, strict: Bool
  ) {
    var place = place
    if !strict {
      guard (try? JinjaParser.parse(text)) != nil else { return }
      place.isRawData = true
    }
    JinjaScan.examine(text, at: place, in: &scan)
  }

  // MARK: Markup

  private func markup(
    _ bare: Substring, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) -> String? {
    guard text.count <= Limits.xmlText else { return nil }
    let lower = bare.prefix(512).lowercased()
    let isHTML = lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html")
    var judge = XMLJudge()
    let whole = judge.judge(text)
    if whole, !isHTML, judge.root?.lowercased() != "html" {
      scan.report(judge.notes, place)
      return "xml"
    }
    if lower.hasPrefix("<?xml") || (lower.hasPrefix("<!doctype") && !isHTML)
      || judge.notes.all.contains(where: { $0.kind == .xmlEntity })
    {
      scan.report(judge.notes, place)
      return "xml"
    }
    return nil
  }

  // MARK: Code

  private func script(at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let line = head.prefix { !$0.isNewline }
    if line.contains("python"), source(isExample: false, at: place, in: &scan) { return "python" }
    if let harm = ShellSigns.harm(in: head) {
      scan.note(
        .sourceHarm, "a script for \(line.dropFirst(2)) that uses '\(harm)'", construct: String(harm), at: 0,
        place)
    }
    scan.note(
      .sourceCode, "expected plain text, found a script for \(line.dropFirst(2).prefix(80))", at: 0,
      allow: "text:script", place)
    return "script"
  }

  /// - Returns: whether it is Python.
  private func source(
    isExample: Bool, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) -> Bool {
    let signs = SourceSigns(text, isStrict: isExample)
    guard signs.isPython else { return false }
    var notes = Notes()
    for effect in signs.harm {
      notes.add(.sourceHarm, effect.what, construct: effect.construct, at: effect.offset)
    }
    let imports = signs.imports.isEmpty ? "nothing" : signs.imports.prefix(8).joined(separator: ", ")
    notes.add(
      .sourceCode, "expected plain text, found Python source, which imports \(imports)", at: signs.offset,
      allow: "text:python")
    scan.report(notes, place)
    return true
  }

  // MARK: YAML

  /// - Returns: whether the text is YAML and more than a scalar.
  private func yaml(
    _ text: Bytes, isWhole: Bool, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) -> Bool {
    guard looksLikeYAML(text) else { return false }
    do throws(YAMLError) {
      let documents = try YAMLReader.read(text)
      let isData = documents.contains { document in
        document.tag != nil || document.sequence != nil
          || (document.mapping.map { $0.first?.key.scalar != nil } ?? false)
      }
      guard isData else { return false }
      var judge = YAMLJudge(text, allow: allow)
      judge.judge(documents)
      report(judge.config, at: place, in: &scan)
      for text in judge.encoded { EncodedScan.examine(Bytes(utf8: text), at: place, in: &scan) }
      return true
    } catch {
      if error.isLimit {
        scan.note(.yamlUnread, "the text may be YAML, but \(error.reason)", at: error.offset, place)
        tags(in: text, at: place, in: &scan)
      }
      return false
    }
  }

  private func looksLikeYAML(_ text: Bytes) -> Bool {
    if text.count <= 1 << 16 { return true }
    for line in head.split(whereSeparator: \.isNewline).prefix(64) {
      if line.first == "#" { continue }
      if line.hasPrefix("- ") || line.hasPrefix("---") || line.hasPrefix("%") || line.hasPrefix("{")
        || line.hasPrefix("[")
      {
        return true
      }
      return line.contains(": ") || line.hasSuffix(":")
    }
    return false
  }

  /// Tags for objects in a text that is no YAML as it stands.
  /// - Parameter isDocument: it is documentation: a tag in the middle of a sentence is only spoken of. A node, which a
  ///   reader of YAML makes an object of, begins a line or follows a mark.
  private func tags(
    in text: Bytes, isDocument: Bool = false, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    let whole = String(decoding: text.slice(0..<min(text.count, Limits.yamlText)).array(), as: UTF8.self)
    for sign in [
      "!!python/object/apply", "!!python/object/new", "!!python/name", "!!python/module", "!!python/object",
      "2002:python/",
    ] {
      let range =
        isDocument
        ? whole.ranges(of: sign).first { Self.beginsNode(whole[..<$0.lowerBound]) }
        : whole.firstRange(of: sign)
      if let range {
        let offset = whole.utf8.distance(from: whole.startIndex, to: range.lowerBound)
        let rest = String(
          whole[range.lowerBound...].prefix { !$0.isWhitespace && $0 != "," && $0 != "]" }.prefix(160))
        let name = rest.split(separator: ":").last.map(String.init) ?? ""
        if case .dangerous(let effect) = PythonTarget(allow: allow).standing(name) {
          scan.note(.yamlTagHarm, "a tag names \(name), which \(effect)", construct: rest, at: offset, place)
        } else {
          scan.note(
            .yamlTag, "a tag for Python objects in a text that is no YAML", construct: rest, at: offset,
            allow: "yaml:malformed", place)
        }
      }
    }
  }

  /// Whether what stands in front of a tag on its line lets a node begin there.
  private static func beginsNode(_ before: Substring) -> Bool {
    let line =
      before.suffix(256).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).last ?? ""
    guard let last = line.last(where: { $0 != " " && $0 != "\t" && $0 != "!" && $0 != "<" }) else {
      return true
    }
    return ":-?[{,|>&=".contains(last) || line.contains("&") || line.contains("tag:yaml.org")
  }

  // MARK: Prose

  private func prose(
    _ marks: MarkdownText, _ bare: Substring, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    let shown = marks.outside
    tags(in: shown, isDocument: marks.isMarkdown, at: place, in: &scan)
    let outside = String(decoding: shown.slice(0..<min(shown.count, 1 << 20)).array(), as: UTF8.self)
    if !marks.isMarkdown, let (what, isHarm) = ShellSigns.code(in: outside) {
      if isHarm { scan.note(.sourceHarm, "the text is \(what)", construct: what, place) }
      scan.note(.sourceCode, "expected plain text, found \(what)", allow: "text:code", place)
    }
  }
}
