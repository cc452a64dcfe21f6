// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletScan

/// Puts what was read of the files of a model into the form of CycloneDX.
struct BillWriter {
  private let files: [FileContents]
  private let root: Digest
  private let name: String
  private let tool: String

  init(_ files: [FileContents], root: Digest, name: String, tool: String) {
    self.files = files
    self.root = root
    self.name = name
    self.tool = tool
  }

  var document: CycloneDX {
    CycloneDX(
      serialNumber: serialNumber,
      metadata: .init(
        tools: .init(components: [.init(type: .application, name: "martlet", version: tool)]),
        component: model),
      components: files.map(component) + owners.map(component), dependencies: dependencies,
      compositions: compositions)
  }

  /// A UUID of version 8 (RFC 9562): all its other bits are of the digest.
  private var serialNumber: String {
    var bytes = Array(Digest.of(Array("martlet bill of materials\0".utf8) + root.bytes).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { hex[$0].joined() }
    return "urn:uuid:" + groups.joined(separator: "-")
  }

  // MARK: The model

  private var modelReference: String { "model:\(root.hex)" }

  private var model: CycloneDX.Component {
    let card = self.card
    let licences = self.licences
    let bases = files.flatMap(\.card.baseModels).uniqued
    return CycloneDX.Component(
      type: .model, name: name, reference: modelReference, hashes: [.init(content: root.hex)],
      licenses: licences.isEmpty ? nil : licences,
      pedigree: bases.isEmpty ? nil : .init(ancestors: bases.map { .init(type: .model, name: $0) }),
      modelCard: .init(modelParameters: card), properties: modelProperties)
  }

  /// What every file at the top agrees about. Where two files say different things, each says it for itself in its
  /// properties, and the card says nothing.
  private var card: CycloneDX.ModelCard.Parameters {
    let top = files.filter { !$0.file.name.contains("/") }.map(\.card)
    let graphs = files.map(\.card).filter { !$0.inputs.isEmpty || !$0.outputs.isEmpty }
    let ports = graphs.count == 1 ? graphs[0] : CardFacts()
    let datasets = top.flatMap(\.datasets).uniqued
    return .init(
      task: Self.only(top.map(\.task)), architectureFamily: Self.only(top.map(\.family)),
      modelArchitecture: Self.only(top.map(\.architecture)),
      datasets: datasets.isEmpty ? nil : datasets.map { .init(name: $0) },
      inputs: ports.inputs.isEmpty ? nil : ports.inputs.map { .init(format: $0) },
      outputs: ports.outputs.isEmpty ? nil : ports.outputs.map { .init(format: $0) })
  }

  private static func only(_ values: [String?]) -> String? {
    let found = Set(values.compactMap { $0 })
    return found.count == 1 ? found.first : nil
  }

  /// Each once: as declared where the authors name it, and otherwise as concluded from its text.
  private var licences: [CycloneDX.LicenceChoice] {
    let all = files.flatMap(\.card.licences)
    return all.filter { one in one.isDeclared || !all.contains { $0.isDeclared && $0.text == one.text } }
      .uniqued.sorted { ($0.text, $0.isDeclared ? 0 : 1) < ($1.text, $1.isDeclared ? 0 : 1) }
      .map {
        .init(
          license: .init(
            id: $0.identifier, name: $0.name, acknowledgement: $0.isDeclared ? "declared" : "concluded"))
      }
  }

  private var modelProperties: [CycloneDX.Property] {
    var properties = [
      Self.property("files", files.count), Self.property("size", files.reduce(0) { $0 + $1.file.size }),
    ]
    // One model in two formats has its tensors in both: they are not added up.
    var counts: [String: TensorCount] = [:]
    for file in files where file.tensors.tensors > 0 {
      counts[file.format, default: .init()].add(file.tensors)
    }
    for format in Set(files.map(\.format)).sorted() { properties.append(Self.property("format", format)) }
    for (format, count) in counts.sorted(by: { $0.key < $1.key }) {
      properties += Self.properties(count, suffix: counts.count == 1 ? "" : ":\(format)")
    }
    return properties
  }

  // MARK: Its parts

  private func reference(_ file: FileContents) -> String { "file:\(file.file.name)" }

  private func component(_ file: FileContents) -> CycloneDX.Component {
    CycloneDX.Component(
      type: .file, name: file.file.name == "." ? name : file.file.name, reference: reference(file),
      hashes: [.init(content: file.file.digest.hex)], properties: properties(of: file))
  }

  private func properties(of file: FileContents) -> [CycloneDX.Property] {
    var properties = [Self.property("format", file.format), Self.property("size", file.file.size)]
    properties += file.parts.sorted().map { Self.property("contains", $0) }
    if file.tensors.tensors > 0 { properties += Self.properties(file.tensors, suffix: "") }
    properties += file.facts.map { Self.property($0.name, $0.value) }
    if file.unlisted > 0 { properties.append(Self.property("unlisted", file.unlisted)) }
    let imports = file.imports.map { "\($0.module).\($0.name)" }
    properties += imports.sorted().map { Self.property("pickle:import", FileContents.cut($0)) }
    if file.unlistedImports > 0 {
      properties.append(Self.property("pickle:unlisted_imports", file.unlistedImports))
    }
    properties += file.unread.map { Self.property("unread", $0) }
    return properties
  }

  private static func properties(_ count: TensorCount, suffix: String) -> [CycloneDX.Property] {
    [property("tensors\(suffix)", count.tensors), property("parameters\(suffix)", count.parameters)]
      + count.elements.sorted { $0.key < $1.key }.map { property("elements\(suffix):\($0.key)", $0.value) }
      + (count.overflows ? [property("unread\(suffix)", "the sizes of the tensors overflow")] : [])
  }

  private static func property(_ name: String, _ value: String) -> CycloneDX.Property {
    .init(name: "martlet:\(name)", value: value)
  }

  private static func property(_ name: String, _ value: Int) -> CycloneDX.Property {
    property(name, "\(value)")
  }

  // MARK: What loading it needs

  private var owners: [PythonModules.Owner] {
    Self.sorted(files.reduce(into: []) { $0.formUnion($1.owners) })
  }

  private static func sorted(_ owners: Set<PythonModules.Owner>) -> [PythonModules.Owner] {
    owners.sorted { reference($0) < reference($1) }
  }

  private static func reference(_ owner: PythonModules.Owner) -> String {
    switch owner {
    case .python: "platform:python"
    case .library(let name): "library:\(name)"
    }
  }

  private func component(_ owner: PythonModules.Owner) -> CycloneDX.Component {
    switch owner {
    case .python: .init(type: .platform, name: "python", reference: Self.reference(owner))
    case .library(let name): .init(type: .library, name: name, reference: Self.reference(owner))
    }
  }

  private var dependencies: [CycloneDX.Dependency] {
    [.init(ref: modelReference, dependsOn: owners.map(Self.reference))]
      + files.filter { !$0.owners.isEmpty }.map {
        .init(ref: reference($0), dependsOn: Self.sorted($0.owners).map(Self.reference))
      }
  }

  /// What the packages need in their turn is not in these bytes, and some files could not be read whole.
  private var compositions: [CycloneDX.Composition]? {
    var compositions: [CycloneDX.Composition] = []
    let cut = files.filter {
      !$0.unread.isEmpty || $0.unlisted > 0 || $0.unlistedImports > 0 || $0.tensors.overflows
    }
    if !cut.isEmpty { compositions.append(.init(aggregate: "incomplete", assemblies: cut.map(reference))) }
    if !owners.isEmpty {
      compositions.append(.init(aggregate: "unknown", dependencies: owners.map(Self.reference)))
    }
    return compositions.isEmpty ? nil : compositions
  }
}

extension Sequence where Element: Hashable {
  /// Each once, in the order in which they first stand there.
  fileprivate var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
