// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
package import MartletScan

/// The report as one page that needs nothing else: for whoever must say yes or no, and for the archive.
package struct HTMLPage {
  private var text = ""

  /// - Parameters:
  ///   - toolVersion: of Martlet.
  ///   - date: when it was scanned, as people write it.
  package static func render(_ report: ScanReport, toolVersion: String, date: String) -> String {
    var page = HTMLPage()
    page.head(report, toolVersion, date)
    let order = report.artifacts.indices.sorted { left, right in
      let (a, b) = (report.artifacts[left], report.artifacts[right])
      return a.verdict == b.verdict ? left < right : a.verdict > b.verdict
    }
    for index in order
    where report.artifacts[index].verdict != .safe || !report.artifacts[index].findings.isEmpty {
      page.artifact(report.artifacts[index])
    }
    page.safe(report.artifacts.filter { $0.verdict == .safe })
    page.glossary(report)
    page.text += "</main></body></html>\n"
    return page.text
  }

  private mutating func head(_ report: ScanReport, _ toolVersion: String, _ date: String) {
    let verdict = report.verdict
    text += """
      <!doctype html><html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Scan: \(verdict.rawValue)</title><style>\(Self.style)</style></head><body><main>
      <header><p class="tool">Martlet \(Self.escaped(toolVersion)) · rules \(ScannerVersion.rules) · \(Self.escaped(date))</p>
      <h1><span class="verdict \(verdict.rawValue)">\(verdict.rawValue)</span> \(Self.headline(report))</h1>
      <p class="meaning">\(Self.meaning(verdict))</p><ul class="counts">
      """
    for kind in Verdict.allCases.reversed() {
      let count = report.artifacts.count { $0.verdict == kind }
      if count > 0 { text += "<li><b class=\"\(kind.rawValue)\">\(count)</b> \(kind.rawValue)</li>" }
    }
    text += "</ul></header>\n"
  }

  private static func headline(_ report: ScanReport) -> String {
    let count = report.artifacts.count
    if count == 1 { return escaped(report.artifacts[0].path) }
    return "\(count) files"
  }

  private static func meaning(_ verdict: Verdict) -> String {
    switch verdict {
    case .safe:
      "Every byte that a loader acts on was read, and only constructs that are known to be harmless are in it."
    case .unknown: "Nothing known to be harmful was found, but not everything could be proved harmless."
    case .incomplete: "Something could not be read whole, so nothing can be said about what it does."
    case .unsafe: "It does harm, or lets others do it, when it is loaded. Do not load it."
    }
  }

  private mutating func artifact(_ artifact: ScanReport.Artifact) {
    text +=
      "<section class=\"\(artifact.verdict.rawValue)\"><h2><span class=\"verdict \(artifact.verdict.rawValue)\">"
    text +=
      "\(artifact.verdict.rawValue)</span> \(Self.escaped(artifact.path))</h2><p class=\"facts\">\(Self.escaped(artifact.format))"
    if let digest = artifact.sha256 { text += " · SHA-256 <code>\(digest)</code>" }
    text += "</p>"
    if let accepted = artifact.accepted {
      text += "<p class=\"accepted\">Accepted: \(Self.escaped(accepted))</p>"
    }
    for finding in artifact.findings.sorted(by: { $0.severity > $1.severity }) { self.finding(finding) }
    text += "</section>\n"
  }

  private mutating func finding(_ finding: Finding) {
    let card = Catalog.card(for: finding.rule)
    text +=
      "<article><h3><span class=\"severity \(finding.severity.rawValue)\">\(finding.severity.rawValue)</span> "
    text +=
      "\(Self.escaped(card?.name ?? finding.rule)) <a href=\"#\(finding.rule)\">\(finding.rule)</a></h3>"
    if let construct = finding.construct { text += "<pre>\(Self.escaped(construct))</pre>" }
    text += "<p>\(Self.escaped(Self.sentence(finding.message)))</p>"
    var place: [String] = []
    if let member = finding.member { place.append("in <code>\(Self.escaped(member))</code>") }
    if let offset = finding.offset { place.append("at byte \(offset)") }
    if !place.isEmpty { text += "<p class=\"facts\">\(place.joined(separator: " "))</p>" }
    if let allow = finding.allow {
      text += "<p class=\"facts\">To accept it: <code>--allow '\(Self.escaped(allow))'</code></p>"
    }
    text += "</article>"
  }

  private mutating func safe(_ artifacts: [ScanReport.Artifact]) {
    guard !artifacts.isEmpty else { return }
    text += "<section class=\"safe\"><details\(artifacts.count <= 20 ? " open" : "")><summary><h2>"
    text +=
      "<span class=\"verdict safe\">safe</span> \(artifacts.count == 1 ? "1 file" : "\(artifacts.count) files")</h2></summary><table>"
    text += "<thead><tr><th>File</th><th>Format</th><th>SHA-256</th></tr></thead><tbody>"
    for artifact in artifacts {
      text += "<tr><td>\(Self.escaped(artifact.path))</td><td>\(Self.escaped(artifact.format))</td>"
      text += "<td><code>\(artifact.sha256 ?? "not computed")</code></td></tr>"
    }
    text += "</tbody></table></details></section>\n"
  }

  private mutating func glossary(_ report: ScanReport) {
    let used = Set(report.artifacts.flatMap(\.findings).map(\.rule))
    let cards = Catalog.cards.filter { used.contains($0.code) }
    guard !cards.isEmpty else { return }
    text += "<section class=\"rules\"><h2>What the rules say</h2>"
    for card in cards {
      text += "<article id=\"\(card.code)\"><h3>\(card.code) \(Self.escaped(card.name))</h3>"
      text +=
        "<p><b>Why it matters.</b> \(Self.escaped(card.why))</p><p><b>What to do.</b> \(Self.escaped(card.remedy))</p>"
      let links = card.references + card.atlas.map { "ATLAS \($0)" } + card.cwe.map { "CWE-\($0)" }
      if !links.isEmpty { text += "<p class=\"facts\">\(Self.escaped(links.joined(separator: ", ")))</p>" }
      text += "</article>"
    }
    text += "</section>"
  }

  /// With a full stop, and a capital where it begins with a word.
  private static func sentence(_ text: String) -> String {
    // A name such as os.system keeps its letters.
    let first = text.prefix { $0 != " " }
    let start = first.allSatisfy(\.isLetter) ? text.prefix(1).uppercased() + text.dropFirst() : text
    return start.hasSuffix(".") ? start : start + "."
  }

  /// Scalar by scalar, so that a combining character cannot hide a bracket; what would turn the direction of writing or
  /// hide is shown as its number.
  private static func escaped(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": shown += "&amp;"
      case "<": shown += "&lt;"
      case ">": shown += "&gt;"
      case "\"": shown += "&quot;"
      case "'": shown += "&#39;"
      case "\n": shown += "\n"
      default:
        let category = scalar.properties.generalCategory
        if category == .control || category == .format {
          shown += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
          shown.unicodeScalars.append(scalar)
        }
      }
    }
    return shown
  }

  private static let style = """
    :root{--ink:#1c2530;--soft:#5b6773;--paper:#fbfaf7;--card:#fff;--line:#e3e0d8;--safe:#1f7a4d;--unknown:#8a6100;--incomplete:#6b4fa0;--unsafe:#b3261e}
    @media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#a3abb3;--paper:#14181c;--card:#1c2227;--line:#2d353c;--safe:#5cc48f;--unknown:#e0b04c;--incomplete:#b49be6;--unsafe:#ff8a80}}
    *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
    main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}h1{font-size:1.7rem;line-height:1.25;margin:.4rem 0;overflow-wrap:anywhere}
    h2{font-size:1.1rem;margin:0;overflow-wrap:anywhere;display:inline}h3{font-size:1rem;margin:0 0 .4rem}
    .tool,.facts{color:var(--soft);font-size:.875rem;margin:.2rem 0}.meaning{max-width:44rem;margin:.2rem 0 1rem}
    .counts{list-style:none;display:flex;gap:1.5rem;padding:0;margin:0 0 1.5rem}.counts b{font-size:1.25rem}
    section{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--line);border-radius:6px;padding:1rem 1.25rem;margin:0 0 1rem}
    section.unsafe{border-left-color:var(--unsafe)}section.unknown{border-left-color:var(--unknown)}section.incomplete{border-left-color:var(--incomplete)}section.safe{border-left-color:var(--safe)}
    article{border-top:1px solid var(--line);margin-top:.9rem;padding-top:.9rem}article p{margin:.3rem 0}
    .verdict{font-size:.8em;font-weight:700;text-transform:uppercase;letter-spacing:.04em;border:1.5px solid;border-radius:4px;padding:.05em .45em;white-space:nowrap}
    .safe>h2>.verdict,.verdict.safe,b.safe{color:var(--safe)}.verdict.unknown,b.unknown{color:var(--unknown)}.verdict.incomplete,b.incomplete{color:var(--incomplete)}.verdict.unsafe,b.unsafe{color:var(--unsafe)}
    .severity{font-size:.75rem;font-weight:700;text-transform:uppercase;color:var(--soft)}.severity.critical,.severity.high{color:var(--unsafe)}.severity.medium{color:var(--unknown)}
    pre,code{font-family:ui-monospace,monospace;font-size:.875em;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:.5rem .75rem;margin:.4rem 0}
    table{width:100%;border-collapse:collapse;margin-top:.75rem;font-size:.9rem}th{text-align:left;color:var(--soft);font-weight:600}td,th{padding:.25rem .75rem .25rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere;vertical-align:top}
    summary{cursor:pointer}a{color:inherit}h3 a{color:var(--soft);font-weight:400;font-size:.875rem;margin-left:.4rem}
    """
}
