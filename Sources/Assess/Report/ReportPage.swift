// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One assessment as one self-contained page: no script, nothing fetched, light and dark, good on paper.
///
///     var page = ReportPage(title: "Robustness of digits", word: "reliable", tone: .good, lead: "…")
///     page.add("Attacks", .table(head: […], rows: […]))
///     try page.html().write(…)
package struct ReportPage: Sendable {
  /// What a word on the page means for who reads it.
  package enum Tone: String, Sendable { case good, doubtful, bad, plain }

  /// A number that everything else explains.
  package struct Figure: Sendable {
    let value: String
    let label: String
    let note: String

    package init(_ value: String, _ label: String, note: String = "") {
      (self.value, self.label, self.note) = (value, label, note)
    }
  }

  /// A cell of a table: text, and how it reads.
  package struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    let text: String
    let tone: Tone
    let isNumber: Bool

    package init(_ text: String, tone: Tone = .plain, isNumber: Bool = false) {
      (self.text, self.tone, self.isNumber) = (text, tone, isNumber)
    }

    package init(stringLiteral value: String) { self.init(value) }
    package static func number(_ text: String) -> Cell { Cell(text, isNumber: true) }
  }

  /// Pictures that belong together, with a line below each.
  package struct Row: Sendable {
    let pictures: [(picture: Picture, caption: String)]
    let caption: String

    package init(_ pictures: [(picture: Picture, caption: String)], caption: String) {
      (self.pictures, self.caption) = (pictures, caption)
    }
  }

  package enum Part: Sendable {
    case text(String)
    case table(head: [String], rows: [[Cell]])
    case plot(LinePlot)
    case rates(RatePlot)
    case bars(BarPlot)
    case matrix(Matrix)
    case gallery([Row])
    case facts([(name: String, value: String)])
  }

  private let title: String
  private let word: String
  private let tone: Tone
  private let lead: String
  private var figures: [Figure] = []
  private var sections: [(heading: String, parts: [Part])] = []

  /// - Parameters:
  ///   - word: the one that matters, shown largest.
  ///   - lead: what it means here, in a sentence or two.
  package init(title: String, word: String, tone: Tone, lead: String, figures: [Figure] = []) {
    (self.title, self.word, self.tone, self.lead, self.figures) = (title, word, tone, lead, figures)
  }

  package mutating func add(_ heading: String, _ parts: Part...) { sections.append((heading, parts)) }

  package func html() -> String {
    let tiles = figures.map {
      "<div class=figure><b>\($0.value.escaped)</b><span>\($0.label.escaped)</span><small>\($0.note.escaped)</small></div>"
    }
    let body = sections.map { section in
      "<section><h2>\(section.heading.escaped)</h2>\(section.parts.map(\.html).joined())</section>"
    }
    return """
      <!doctype html><html lang=en><head><meta charset=utf-8>
      <meta name=viewport content="width=device-width,initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <title>\(title.escaped)</title><style>\(Self.style)</style></head><body><main>
      <header><h1>\(title.escaped)</h1><p class="word \(tone.rawValue)">\(word.escaped)</p><p class=lead>\(lead.escaped)</p></header>
      <div class=figures>\(tiles.joined())</div>
      \(body.joined(separator: "\n"))
      </main></body></html>

      """
  }

  private static let style = """
    :root{--ink:#1c2530;--soft:#5b6773;--paper:#fbfaf7;--card:#fff;--line:#e3e0d8;--good:#1f7a4d;--doubtful:#8a6100;--bad:#b3261e;--mark:#2b5c8a}
    @media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#a3abb3;--paper:#14181c;--card:#1c2227;--line:#2d353c;--good:#5cc48f;--doubtful:#e0b04c;--bad:#ff8a80;--mark:#8fc1ee}}
    *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
    main{max-width:62rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}h1{font-size:1.05rem;font-weight:600;color:var(--soft);margin:0}
    .word{font-size:2.6rem;line-height:1.15;font-weight:700;margin:.25rem 0 .5rem}.lead{font-size:1.1rem;max-width:46rem;margin:0}
    .good{color:var(--good)}.doubtful{color:var(--doubtful)}.bad{color:var(--bad)}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:2rem 0 0}
    .figure{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1rem}
    .figure b{display:block;font-size:1.7rem;line-height:1.2}.figure span{display:block}.figure small{color:var(--soft)}
    section{margin-top:2.75rem}tr,svg,.example{break-inside:avoid}h2{font-size:1.2rem;margin:0 0 .75rem;break-after:avoid}
    .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
    th{font-weight:600;color:var(--soft);font-size:.85rem}td.number,th.number{text-align:right}
    .matrix td,.matrix th{text-align:center;padding:.3rem;border:0;min-width:2.2rem;font-size:.85rem}.note{color:var(--soft);font-size:.85rem;margin:.5rem 0 0}
    svg{display:block;width:100%;max-width:44rem;height:auto}svg text{fill:var(--soft);font:12px system-ui,sans-serif}
    svg .axis{stroke:var(--line)}svg .line{stroke:var(--mark);stroke-width:2.5;fill:none}svg .band{fill:var(--mark);opacity:.15}svg .dot{fill:var(--mark)}
    .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1.25rem}.example{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.75rem;margin:0;break-inside:avoid}
    .example div{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem}.example img{width:100%;image-rendering:pixelated;outline:1px solid var(--line);border-radius:.25rem;display:block}
    .example figcaption,.example small{font-size:.85rem}.example small{color:var(--soft);display:block;text-align:center}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
    @media print{body{background:#fff}main{max-width:none;padding:0}}
    """
}

extension ReportPage.Part {
  fileprivate var html: String {
    switch self {
    case .text(let text): return "<p>\(text.escaped)</p>"
    case .plot(let plot): return plot.svg
    case .rates(let plot): return plot.svg
    case .bars(let plot): return plot.svg
    case .matrix(let matrix): return matrix.html
    case .table(let head, let rows):
      let numbers = head.indices.map { column in rows.contains { $0[column].isNumber } }
      let top = zip(head, numbers).map { "<th\($1 ? " class=number" : "") scope=col>\($0.escaped)</th>" }
      let lines = rows.map { row in
        "<tr>"
          + row.map { cell in
            let classes = [cell.isNumber ? "number" : "", cell.tone == .plain ? "" : cell.tone.rawValue]
              .filter { !$0.isEmpty }.joined(separator: " ")
            return "<td\(classes.isEmpty ? "" : " class=\"\(classes)\"")>\(cell.text.escaped)</td>"
          }.joined() + "</tr>"
      }
      return
        "<div class=scroll><table><thead><tr>\(top.joined())</tr></thead><tbody>\(lines.joined())</tbody></table></div>"
    case .facts(let facts):
      return "<dl>"
        + facts.map { "<dt>\($0.name.escaped)</dt><dd>\($0.value.escaped)</dd>" }.joined() + "</dl>"
    case .gallery(let rows):
      let figures = rows.map { row in
        let pictures = row.pictures.map {
          "<span><img alt=\"\($0.caption.escaped)\" src=\"\($0.picture.dataURI)\"><small>\($0.caption.escaped)</small></span>"
        }
        return
          "<figure class=example><div>\(pictures.joined())</div><figcaption>\(row.caption.escaped)</figcaption></figure>"
      }
      return "<div class=gallery>\(figures.joined())</div>"
    }
  }
}

extension String {
  /// For HTML: text and attribute values in double quotes. Control characters, which may come from a model, are shown as a mark.
  package var escaped: String {
    var out = ""
    out.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default:
        let category = scalar.properties.generalCategory
        out += category == .control || category == .format ? "\u{FFFD}" : String(scalar)
      }
    }
    return out
  }
}
