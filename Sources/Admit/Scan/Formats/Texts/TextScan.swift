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
    let sample = TextSample(text, isJSON: looks.isJSON, keys: looks.keys)
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
  let text: Bytes
  let allow: AllowList
  /// At most the first 64 KiB.
  let head: String
  /// The text is one value of JSON.
  private(set) var isJSON = false
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
      let name = json(at: place, in: &scan)
    {
      return name
    }
    if bare.hasPrefix("<"), let name = markup(bare, at: place, in: &scan) { return name }
    let marks = MarkdownText(text)
    // Code behind front matter is no Python as it stands, and is meant for somebody who takes that away.
    if let body = marks.body, source(of: body, isExample: true, at: place, in: &scan) { return "python" }
    // What begins a template may also begin a set of Python; a percent sign may not.
    let isOpen = bare.hasPrefix("{{") || bare.hasPrefix("{#")
    if !bare.hasPrefix("{%"),
      source(isExample: marks.isDocument, mustImport: isOpen, at: place, in: &scan)
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

  private mutating func json(at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String? {
    var judge = ConfigJudge(text, allow: allow)
    do throws(JSONSurveyError) {
      let survey = try JSONSurvey.read(text, wanted: ScannedFormats.keys, &judge)
      isJSON = survey.values == 1
      keys = survey.keys
      if let duplicate = survey.duplicate {
        judge.notes.add(
          .brokenConfig,
          "the name '\(duplicate.name)' stands twice, and readers differ in which of the two they take",
          at: duplicate.offset, allow: "text:duplicate-name")
      }
      report(judge, at: place, in: &scan)
      return "json"
    } catch {
      guard beginsObject else { return nil }
      // An expression of Python may look like an object.
      if source(isExample: false, at: place, in: &scan) { return "python" }
      // YAML takes what JSON does not, such as a comma too many.
      if yaml(text, isWhole: true, at: place, in: &scan) { return "json" }
      let bare = head.drop(while: \.isWhitespace)
      if bare.contains("{%") || bare.contains("{{") { return nil }
      judge.notes.add(
        error.isCut ? .cutConfig : .brokenConfig, "the text begins like JSON, but \(error.reason)",
        at: error.offset, allow: "text:malformed")
      report(judge, at: place, in: &scan)
      return "json"
    }
  }

  /// `{"name":` or `[{"` or `["`: nothing else begins so.
  private var beginsObject: Bool {
    let signs = head.filter { !$0.isWhitespace }.prefix(3)
    return signs.hasPrefix("{\"") || signs.hasPrefix("[{\"") || signs.hasPrefix("[\"")
  }

  func report(_ judge: ConfigJudge, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var judge = judge
    judge.judgeCell()
    scan.report(judge.notes, place)
    for (key, text) in judge.inner { scan.scan(text, as: place.inside(key)) }
    for bytes in judge.encoded {
      var inner = place.inside("a text that is a pickle")
      inner.isRawData = true
      scan.scan(bytes, as: inner)
    }
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
        .sourceHarm, "a script for \(line.dropFirst(2)) that uses '\(harm)'", construct: harm, at: 0, place)
    }
    scan.note(
      .sourceCode, "expected plain text, found a script for \(line.dropFirst(2).prefix(80))", at: 0,
      allow: "text:script", place)
    return "script"
  }

  /// - Returns: whether it is Python.
  private func source(
    of part: Bytes? = nil, isExample: Bool, mustImport: Bool = false, at place: ArtifactScan.Place,
    in scan: inout ArtifactScan
  ) -> Bool {
    let signs = SourceSigns(part ?? text, isStrict: isExample)
    guard signs.isPython, !mustImport || !signs.harm.isEmpty || !signs.imports.isEmpty else { return false }
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

  // MARK: Prose

  private func prose(
    _ marks: MarkdownText, _ bare: Substring, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    let shown = marks.outside
    tags(in: shown, at: place, in: &scan)
    let outside = String(decoding: shown.slice(0..<min(shown.count, 1 << 20)).array(), as: UTF8.self)
    if let command = BuildText.command(in: outside) {
      scan.note(
        .configCommand, "\(command.recipe) has a command that \(command.what)", construct: command.line,
        allow: "text:command", place)
    }
    guard !marks.isMarkdown else { return }
    if ShellSigns.isShell(outside) {
      if let harm = ShellSigns.harm(in: outside) {
        scan.note(.sourceHarm, "a shell script that uses '\(harm)'", construct: harm, place)
      }
      scan.note(.sourceCode, "expected plain text, found a shell script", allow: "text:script", place)
    } else if let (what, isHarm) = ForeignCode.find(in: outside) {
      if isHarm { scan.note(.sourceHarm, "the text is \(what)", construct: what, place) }
      scan.note(.sourceCode, "expected plain text, found \(what)", allow: "text:code", place)
    }
  }
}
