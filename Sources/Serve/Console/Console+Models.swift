// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletLog
import MartletRegistry

extension Console {
  func mountModels<Context: RequestContext>(on router: Router<Context>) {
    router.get("/") { request, _ in
      try await show(request) { visitor in try homePage(visitor) }
    }
    router.get("models") { request, _ in
      try await show(request) { visitor in try modelsPage(visitor) }
    }
    router.get("models/{model}") { request, context in
      let model = context.parameters.get("model") ?? ""
      return try await show(request) { visitor in try modelPage(model, visitor) }
    }
    router.get("models/{model}/{number}") { request, context in
      let address = try Self.address(context)
      let (notice, host) = (request.notice, request.head.authority)
      return try await show(request) { visitor in
        try versionPage(address.model, address.number, visitor, host: host, notice: notice)
      }
    }
    router.get("models/{model}/{number}/evidence/{id}") { request, context in
      let address = try Self.address(context)
      let id = context.parameters.get("id") ?? ""
      return try await show(request) { visitor in try evidence(id, of: address, visitor) }
    }
    router.get("models/{model}/refused/{digest}") { request, context in
      let (model, digest) = (context.parameters.get("model") ?? "", context.parameters.get("digest") ?? "")
      return try await show(request) { visitor in try refusedPage(model, digest, visitor) }
    }
  }

  /// Which version an address is of.
  static func address(_ context: some RequestContext) throws(ConsoleRefusal) -> (model: String, number: Int?)
  {
    guard let model = context.parameters.get("model") else { throw .notFound }
    return (model, context.parameters.get("number", as: Int.self))
  }

  private func homePage(_ visitor: Visitor) throws -> Response {
    .page(
      HomePage(
        chrome: Chrome("Home", visitor, at: .home, forms),
        dossiers: try lifecycle.dossiers(for: visitor.asker),
        refused: try lifecycle.refused(for: visitor.asker), at: now()))
  }

  private func modelsPage(_ visitor: Visitor) throws -> Response {
    .page(
      ModelsPage(
        chrome: Chrome("Models", visitor, at: .models, forms),
        dossiers: try lifecycle.dossiers(for: visitor.asker),
        aliases: try lifecycle.store.registry.aliases(of: nil),
        mayUpload: visitor.asker.mayAnywhere(.submit)))
  }

  /// Asks for access first and looks for the model then, so that who has no right does not learn what exists.
  private func modelPage(_ model: String, _ visitor: Visitor) throws -> Response {
    try require(.view, .model(model), visitor)
    let line = try lifecycle.dossiers(of: model)
    guard !line.isEmpty else { throw ConsoleRefusal.notFound }
    return .page(
      ModelPage(
        chrome: Chrome(model, visitor, at: .models, forms), model, line,
        aliases: try lifecycle.store.registry.aliases(of: model)))
  }

  private func versionPage(
    _ model: String, _ number: Int?, _ visitor: Visitor, host: String?, notice: Notice?
  ) throws -> Response {
    try require(.view, .model(model), visitor)
    guard let number, let dossier = try lifecycle.dossier(model, number) else {
      throw ConsoleRefusal.notFound
    }
    let command =
      dossier.answers
      ? AskCommand.text(model: model, version: number, host: host, question: server.question(model, number))
      : nil
    return try page(dossier, visitor, command: command, notice: notice)
  }

  private func refusedPage(_ model: String, _ digest: String, _ visitor: Visitor) throws -> Response {
    try require(.view, .model(model), visitor)
    guard let digest = Digest(hex: digest), let dossier = try lifecycle.refused(model, digest) else {
      throw ConsoleRefusal.notFound
    }
    return try page(dossier, visitor, command: nil, notice: nil)
  }

  /// One signed statement, as it is kept.
  private func evidence(
    _ id: String, of address: (model: String, number: Int?), _ visitor: Visitor
  ) throws -> Response {
    try require(.audit, .model(address.model), visitor)
    guard let number = address.number, let dossier = try lifecycle.dossier(address.model, number),
      let piece = try lifecycle.store.registry.evidence(about: dossier.digest).first(where: {
        $0.id.hex == id
      })
    else { throw ConsoleRefusal.notFound }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return .file(
      Array(try encoder.encode(piece.envelope)), named: "\(piece.id.short).dsse.json",
      type: "application/json")
  }

  private func page(
    _ dossier: Dossier, _ visitor: Visitor, command: String?, notice: Notice?
  ) throws -> Response {
    let names = try lifecycle.principalNames()
    let asked = try asked(dossier)
    let surroundings = VersionPage.Surroundings(
      asked: asked, approvals: try approvals(of: dossier, asked, names),
      lineage: try lineage(of: dossier, visitor),
      actions: ActionsView(dossier, visitor, approvals: try approvals(of: dossier), asked, forms),
      trail: try trail(of: dossier, visitor, names), command: command,
      mayAudit: visitor.asker.may(.audit, .model(dossier.model)).allowed)
    let chrome = Chrome("\(dossier.model), \(dossier.place)", visitor, at: .models, forms, notice: notice)
    return .page(VersionPage(chrome: chrome, dossier, surroundings))
  }

  /// What the gate would say now; nil for what it will not be asked about any more.
  private func asked(_ dossier: Dossier) throws -> Decision? {
    guard let version = dossier.version, version.state.objection(to: .released) == nil,
      version.state != .submitted
    else { return nil }
    let environment = dossier.decision?.fact.decision.environment
    guard let policy = try? lifecycle.policy(in: environment) else { return nil }
    return try lifecycle.explain(policy, version, in: environment, at: now()).first
  }

  private func approvals(of dossier: Dossier) throws -> [Approval] {
    guard dossier.version != nil else { return [] }
    return try lifecycle.store.registry.approvals(of: dossier.model).filter { $0.digest == dossier.digest }
  }

  private func approvals(
    of dossier: Dossier, _ asked: Decision?, _ names: [String: String]
  ) throws -> [ApprovalView] {
    try approvals(of: dossier).sorted { $0.at > $1.at }.map {
      ApprovalView(
        $0, isCurrent: asked?.evidenceSet.map { [evidence = $0.evidence] in $0 == evidence }, names)
    }
  }

  private func lineage(of dossier: Dossier, _ visitor: Visitor) throws -> LineageView? {
    guard let version = dossier.version else { return nil }
    let registry = lifecycle.store.registry
    let seen = try registry.versions(of: nil).filter { visitor.asker.may(.view, .model($0.model)).allowed }
    let lineage = try registry.lineage(of: version.model, version.number)
    let children = try seen.filter {
      try $0.digest != version.digest && registry.lineage(of: $0.model, $0.number)?.parent == version.digest
    }
    let twins = seen.filter { $0.digest == version.digest && $0.model != version.model }
    return LineageView(
      lineage, parents: seen.filter { $0.digest == lineage?.parent }, children: children, twins: twins)
  }

  private func trail(
    of dossier: Dossier, _ visitor: Visitor, _ names: [String: String]
  ) throws -> VersionPage.TrailView? {
    guard visitor.asker.may(.audit, .model(dossier.model)).allowed else { return nil }
    do {
      let page = try lifecycle.logPage(about: dossier.digest, of: dossier.model, atMost: 50)
      return VersionPage.TrailView(page, names: names)
    } catch let error as LogError {
      return VersionPage.TrailView(damage: error)
    }
  }
}

extension Request {
  /// What the address says that was just done.
  var notice: Notice? { uri.queryParameters.get("done").flatMap { Notice(rawValue: $0) } }
}
