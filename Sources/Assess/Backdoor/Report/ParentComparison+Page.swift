// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletReport

extension ParentComparison {
  private static let mostShown = 200

  package var word: String {
    if changes == 0 { return "the same as its parent" }
    if undeclared == 0 { return "\(changes) change\(changes == 1 ? "" : "s"), all declared" }
    return "\(undeclared) change\(undeclared == 1 ? "" : "s") that nobody declared"
  }

  package var tone: ReportPage.Tone { undeclared == 0 ? .good : .bad }

  /// What changed, in a sentence.
  package var lead: String {
    let tensors =
      counts.isEmpty
      ? "No tensor differs"
      : "Tensors: " + counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
    let nodes =
      !hasGraph
      ? ""
      : graph.isEmpty
        ? "; the graph is the same" : "; \(graph.count) change\(graph.count == 1 ? "" : "s") of the graph"
    return "\(tensors), \(unchanged) as they were\(nodes)."
  }

  /// The sections about the parent.
  package func add(to page: inout ReportPage, parent: String) {
    page.add("Since \(parent)", .text(lead))
    let shown = tensors.sorted { ($0.isDeclared ? 1 : 0, $0.name) < ($1.isDeclared ? 1 : 0, $1.name) }
    if !shown.isEmpty {
      page.add(
        "Tensors that changed",
        .table(
          head: ["tensor", "how", "declared", "before", "after", "elements changed", "by", "details"],
          rows: shown.prefix(Self.mostShown).map { change in
            [
              .init(String(change.name.prefix(120))), .init(change.kind.rawValue),
              .init(change.isDeclared ? "yes" : "no", tone: change.isDeclared ? .plain : .bad),
              .init(change.before ?? ""), .init(change.after ?? ""),
              .number("\(change.changed) of \(change.elements)"),
              .number(change.relative.map { LinePlot.percent($0) } ?? ""), .init(change.detail),
            ]
          }))
    }
    if shown.count > Self.mostShown {
      page.add("More", .text("\(shown.count - Self.mostShown) more tensors are in the JSON."))
    }
    if !graph.isEmpty {
      page.add(
        "The graph",
        .table(
          head: ["node", "how", "declared", "details"],
          rows: graph.prefix(Self.mostShown).map { change in
            [
              .init(String(change.name.prefix(120))), .init(change.kind.rawValue),
              .init(change.isDeclared ? "yes" : "no", tone: change.isDeclared ? .plain : .bad),
              .init(change.detail),
            ]
          }))
    }
  }
}
