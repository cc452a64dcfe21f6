// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletLifecycle

/// What a version is made of, from its bill of materials (CycloneDX 1.6).
struct MaterialsView: Sendable {
  struct Component: Sendable {
    let name: String
    let kind: String
    let licences: String?
  }

  let name: String
  let facts: [FactView]
  let hasFacts: Bool
  let components: [Component]
  let hasComponents: Bool
  let more: String?

  private static let mostComponents = 30
  private static let mostFacts = 24

  /// - Parameter bill: the predicate of evidence that this store has signed. Its text may come from the model.
  init(_ bill: JSONValue) {
    let model = bill["metadata"]?["component"]
    name = model?["name"]?.string ?? "the model"
    var facts: [FactView] = []
    let card = model?["modelCard"]?["modelParameters"]
    for (title, key) in [
      ("Task", "task"), ("Family", "architectureFamily"), ("Architecture", "modelArchitecture"),
    ] {
      if let text = card?[key]?.string { facts.append(FactView(title, text)) }
    }
    for (title, key) in [("Inputs", "inputs"), ("Outputs", "outputs")] {
      let ports = (card?[key]?.array ?? []).compactMap { $0["format"]?.string }
      if !ports.isEmpty { facts.append(FactView(title, ports.joined(separator: "; "))) }
    }
    if let licences = Self.licences(model) { facts.append(FactView("Licence", licences)) }
    for property in model?["properties"]?.array ?? [] {
      guard let name = property["name"]?.string, let value = property["value"]?.string else { continue }
      let words = (name.hasPrefix("martlet:") ? String(name.dropFirst(8)) : name).replacing(":", with: ", ")
      facts.append(FactView(words.prefix(1).uppercased() + words.dropFirst(), value))
    }
    self.facts = Array(facts.prefix(Self.mostFacts))
    hasFacts = !facts.isEmpty
    let all = bill["components"]?.array ?? []
    components = all.prefix(Self.mostComponents).map { component in
      let version = component["version"]?.string.map { " \($0)" } ?? ""
      return Component(
        name: (component["name"]?.string ?? "unnamed") + version,
        kind: component["type"]?.string ?? "component", licences: Self.licences(component))
    }
    hasComponents = !components.isEmpty
    more =
      all.count > Self.mostComponents ? "and \(all.count - Self.mostComponents) more in the evidence" : nil
  }

  private static func licences(_ component: JSONValue?) -> String? {
    let names = (component?["licenses"]?.array ?? []).compactMap {
      $0["license"]?["id"]?.string ?? $0["license"]?["name"]?.string
    }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }
}
