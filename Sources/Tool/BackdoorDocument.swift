// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBackdoor
import MartletEvidence
import MartletLifecycle
import MartletRegistry
import MartletReport

/// What `martlet assess backdoor --format json` writes.
struct BackdoorDocument: Encodable {
  struct Trigger: Encodable {
    /// patch, shift or values.
    let form: String
    let size: Double?
    let success: Double
    /// Of a patch of a picture: from row, to row, from column, to column.
    let box: [Int]?
    let mask: [Float]?
    /// As shares of the range of the data.
    let pattern: [Float]?
    /// Of a table without slopes: columns and values.
    let columns: [Int]?
    let values: [Float]?
  }

  struct Class: Encodable {
    let label: Int
    let score: Double
    /// By statistic, in deviations of the clean models.
    let deviations: [String: Double]
    /// By statistic, as measured.
    let measured: [String: Double]
    let triggers: [Trigger]
  }

  struct Triggers: Encodable {
    let verdict: BackdoorReport.Verdict
    let score: Double
    let p: Double
    let significance: Double
    let target: Int?
    let classes: [Class]
    let examples: Int
    let accuracy: Double
    let references: Int
    let referenceAccuracy: Double
    let rows: Int
    let steps: Int
    let seed: UInt64
    let seconds: Double
  }

  struct Tensor: Encodable {
    let name: String
    let kind: TensorChange.Kind
    let declared: Bool
    let before: String?
    let after: String?
    let elements: Int
    let changed: Int
    let relative: Double?
    let cosine: Double?
    let detail: String
  }

  struct Node: Encodable {
    let name: String
    let kind: GraphChange.Kind
    let declared: Bool
    let detail: String
  }

  struct Parent: Encodable {
    let name: String
    let digest: Digest
    let declared: [String]
    let undeclared: Int
    let unchanged: Int
    let elements: Int
    let changedElements: Int
    let tensors: [Tensor]
    let graph: [Node]
    /// Whether both files have a graph to compare.
    let hasGraph: Bool
  }

  let model: String
  let digest: Digest
  let data: Digest?
  let clean: Bool
  let triggers: Triggers?
  let parent: Parent?
  let evidence: Digest?
  let martlet: String

  init(_ found: BackdoorFindings, evidence: StoredEvidence?) {
    (model, digest, data, clean) = (found.name, found.digest, found.data, found.isClean)
    triggers = found.report.map { Triggers($0) }
    if let comparison = found.comparison, let parent = found.parent {
      self.parent = Parent(comparison, name: parent.name, digest: parent.digest)
    } else {
      parent = nil
    }
    self.evidence = evidence?.id
    martlet = MartletVersion.text
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

extension BackdoorDocument.Triggers {
  init(_ report: BackdoorReport) {
    (verdict, score, p) = (report.verdict, report.calibration.score, report.calibration.p)
    (significance, target, examples) = (report.order.significance, report.target, report.rows)
    classes = report.calibration.classes.enumerated().map { label, own in
      var triggers: [BackdoorDocument.Trigger] = []
      if report.hasSlopes {
        for trigger in [report.patches[label], report.shifts[label]] {
          let box = trigger.form == .patch ? report.box(of: trigger) : nil
          triggers.append(
            .init(
              form: trigger.form.rawValue, size: trigger.size, success: trigger.success,
              box: box.map {
                [$0.rows.lowerBound, $0.rows.upperBound, $0.columns.lowerBound, $0.columns.upperBound]
              }, mask: trigger.mask, pattern: trigger.pattern, columns: nil, values: nil))
        }
      } else {
        triggers = report.valueTriggers[label].map {
          .init(
            form: "values", size: nil, success: $0.success, box: nil, mask: nil, pattern: nil,
            columns: $0.items.map(\.column), values: $0.items.map(\.value))
        }
      }
      return .init(
        label: label, score: own.score,
        deviations: Dictionary(uniqueKeysWithValues: own.deviations.map { ($0.key.rawValue, $0.value) }),
        measured: report.observation.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value[label] },
        triggers: triggers)
    }
    (accuracy, references) = (report.accuracy, report.order.references)
    referenceAccuracy = report.referenceAccuracy
    (rows, steps, seed) = (report.order.rows, report.order.steps, report.order.seed)
    seconds = report.seconds
  }
}

extension BackdoorDocument.Parent {
  init(_ comparison: ParentComparison, name: String, digest: Digest) {
    (self.name, self.digest, declared) = (name, digest, comparison.declared)
    (undeclared, unchanged) = (comparison.undeclared, comparison.unchanged)
    (elements, changedElements) = (comparison.elements, comparison.changedElements)
    tensors = comparison.tensors.map {
      .init(
        name: $0.name, kind: $0.kind, declared: $0.isDeclared, before: $0.before, after: $0.after,
        elements: $0.elements, changed: $0.changed, relative: $0.relative, cosine: $0.cosine,
        detail: $0.detail)
    }
    graph = comparison.graph.map {
      .init(name: $0.name, kind: $0.kind, declared: $0.isDeclared, detail: $0.detail)
    }
    hasGraph = comparison.hasGraph
  }
}

/// The same for a terminal.
struct BackdoorListing {
  private let found: BackdoorFindings
  private let evidence: StoredEvidence?

  private static let most = 20

  init(_ found: BackdoorFindings, evidence: StoredEvidence?) {
    (self.found, self.evidence) = (found, evidence)
  }

  var text: String {
    var lines: [String] = []
    if let report = found.report { lines += Self.lines(report, found.name) }
    if let comparison = found.comparison {
      if !lines.isEmpty { lines.append("") }
      lines += Self.lines(comparison, found.name, since: found.parent?.name ?? "")
    }
    if let evidence { lines.append("evidence  \(evidence.id.hex)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ report: BackdoorReport, _ name: String) -> [String] {
    var lines = [
      "\(report.verdict == .clean ? "clean     " : "findings  ")\(name): \(report.word)",
      "score     \(LinePlot.short(report.calibration.score)) deviations, class \(report.calibration.target); p \(number(report.calibration.p)), suspicious below \(number(report.order.significance))",
    ]
    if let target = report.target { lines.append("finding   \(report.found(target))") }
    let classes = report.calibration.classes
    let order = classes.indices.sorted { classes[$0].score > classes[$1].score }
    for label in order.prefix(5) {
      let parts = Statistic.allCases.compactMap { statistic in
        classes[label].deviations[statistic].map { "\(statistic.words) \(LinePlot.short($0))" }
      }
      lines.append(
        "class     \(label): \(LinePlot.short(classes[label].score)) (\(parts.joined(separator: ", ")))")
    }
    lines.append(
      "note      beside \(report.order.references) clean models \(report.hasSlopes ? "of the same architecture" : "of the same kind"), right about \(LinePlot.percent(report.referenceAccuracy)); this one is about \(LinePlot.percent(report.accuracy))"
    )
    if report.areReferencesWeak {
      lines.append("note      the clean models are much worse than this one: give more clean data")
    }
    if !report.hasSlopes {
      lines.append(
        "note      a forest has no slopes: only values in up to three columns were tried, by asking; larger triggers are not seen"
      )
    }
    return lines
  }

  private static func lines(
    _ comparison: ParentComparison, _ name: String, since parent: String
  ) -> [String] {
    var lines = [
      "\(comparison.undeclared == 0 ? "clean     " : "findings  ")\(name) since \(parent): \(comparison.word)",
      "note      \(comparison.lead)",
    ]
    let tensors = comparison.tensors.sorted { !$0.isDeclared && $1.isDeclared }
    for change in tensors.prefix(most) {
      let size = change.relative.map { ", by \(LinePlot.percent($0))" } ?? ""
      let count =
        change.kind == .added || change.kind == .removed || change.kind == .renamed
        ? "" : ", \(change.changed) of \(change.elements) elements"
      let detail = change.detail.isEmpty ? "" : "; \(change.detail)"
      lines.append(
        "\(change.isDeclared ? "declared  " : "tensor    ")\(visible(change.name)): \(change.kind.rawValue)\(count)\(size)\(visible(detail))"
      )
    }
    if tensors.count > most {
      lines.append("tensor    and \(tensors.count - most) more; --format json has all")
    }
    let nodes = comparison.graph.sorted { !$0.isDeclared && $1.isDeclared }
    for change in nodes.prefix(most) {
      lines.append(
        "\(change.isDeclared ? "declared  " : "node      ")\(visible(change.name)): \(change.kind.rawValue), \(visible(change.detail))"
      )
    }
    if nodes.count > most { lines.append("node      and \(nodes.count - most) more; --format json has all") }
    return lines
  }

  private static func number(_ value: Double) -> String { String(format: "%.2g", value) }

  /// Names come from a file: control characters are shown as a mark.
  private static func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(400).map { scalar in
          let category = scalar.properties.generalCategory
          return category == .control || category == .format ? "\u{FFFD}" : scalar
        }))
  }
}
