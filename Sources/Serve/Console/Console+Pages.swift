// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEvidence
import MartletLifecycle
import MartletLog

extension Console {
  func homePage(_ visitor: Visitor) throws -> Response {
    .page(
      Templates.render(
        HomePage(
          chrome: Chrome("Models", visitor, at: .models, tokens),
          dossiers: try lifecycle.dossiers(for: visitor.asker),
          refused: try lifecycle.refused(for: visitor.asker))))
  }

  /// Asks for access first and looks for the model then, so that who has no right does not learn what exists.
  func versionPage(
    _ model: String, _ number: Int?, _ visitor: Visitor, host: String?
  ) throws -> Response {
    try require(.view, .model(model), visitor)
    guard let number, let dossier = try lifecycle.dossier(model, number) else {
      throw ConsoleRefusal.notFound
    }
    let command =
      dossier.answers
      ? AskCommand.text(model: model, version: number, host: host, question: question(model, number)) : nil
    return try page(dossier, visitor, command: command)
  }

  func refusedPage(_ model: String, _ digest: String, _ visitor: Visitor) throws -> Response {
    try require(.view, .model(model), visitor)
    guard let digest = Digest(hex: digest), let dossier = try lifecycle.refused(model, digest) else {
      throw ConsoleRefusal.notFound
    }
    return try page(dossier, visitor, command: nil)
  }

  func logPage(_ visitor: Visitor, before: String?) throws -> Response {
    try require(.audit, .everything, visitor)
    var end: UInt64?
    if let before {
      guard let index = UInt64(before) else { throw ConsoleRefusal.notFound }
      end = index
    }
    let chrome = Chrome("Log", visitor, at: .log, tokens)
    do {
      let page = try lifecycle.logPage(before: end, count: Self.entriesOfAPage)
      return .page(
        Templates.render(LogPageView(chrome: chrome, page, names: try lifecycle.principalNames())))
    } catch let error as LogError {
      return .page(
        Templates.render(LogPageView(chrome: chrome, damage: error)), status: .internalServerError)
    }
  }

  private func page(_ dossier: Dossier, _ visitor: Visitor, command: String?) throws -> Response {
    let chrome = Chrome("\(dossier.model), \(dossier.place)", visitor, at: .models, tokens)
    let trail = try trail(of: dossier, visitor)
    return .page(Templates.render(VersionPage(chrome: chrome, dossier, trail: trail, command: command)))
  }

  private func trail(of dossier: Dossier, _ visitor: Visitor) throws -> VersionPage.TrailView? {
    guard visitor.asker.may(.audit, .model(dossier.model)).allowed else { return nil }
    do {
      let page = try lifecycle.logPage(
        about: dossier.digest, of: dossier.model, atMost: Int(Self.entriesOfAPage))
      return VersionPage.TrailView(page, names: try lifecycle.principalNames())
    } catch let error as LogError {
      return VersionPage.TrailView(damage: error)
    }
  }

  private static let entriesOfAPage: UInt64 = 50

  /// Makes sure that the visitor may do this. What is refused is recorded.
  private func require(_ action: Action, _ resource: Resource, _ visitor: Visitor) throws(ConsoleRefusal) {
    let decision = visitor.asker.may(action, resource)
    guard !decision.allowed else { return }
    let model: String? = if case .model(let name) = resource { name } else { nil }
    try note(
      "console.\(action.rawValue)", "denied", by: visitor.asker.principal.id, model: model, decision.reason)
    throw .forbidden
  }
}

/// The command that asks a version a question, for a shell.
enum AskCommand {
  /// - Parameter host: as the browser names this server. Anything but a host and a port is not repeated.
  static func text(model: String, version: Int, host: String?, question: String?) -> String {
    let host = host.flatMap { isHost($0) ? $0 : nil } ?? "localhost:8443"
    let start = """
      curl --cacert "${MARTLET_HOME:-$HOME/.martlet}/server.pem" \\
        -H "Authorization: Bearer $MARTLET_KEY" \\

      """
    let address = "https://\(host)/v2/models/\(model)/versions/\(version)"
    guard let question else { return start + "  \(address)" }
    return start + "  \(address)/infer \\\n  -d \(quoted(question))"
  }

  /// In single quotes nothing has a meaning but the quote itself.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  private static func isHost(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }
}
