// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEvidence
import MartletGuard
import MartletLifecycle
import MartletRuntime
import MartletTheft

struct GuardReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Say what the guard would have said of queries that are on file.",
    discussion: """
      Asks the model every query in turn, as if it came in now, and says who would have been flagged and when. Nothing is held \
      back: a held party goes on asking.

      An npz file has the queries as x, and may say in whole numbers whose each is: client (the key), tenant and network. Without, \
      all come from one key of one tenant.

      Exit status: 0 nobody is flagged; 1 somebody is; 2 it could not be done.

      EXAMPLES
        martlet guard replay digits.onnx --guard guard.json --data traffic.npz
        martlet guard replay digits.onnx --guard guard.json --policy policy.json --data traffic.npz --format json
      """)

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String

  @Option(
    name: .customLong("guard"), help: ArgumentHelp("What `guard calibrate` wrote.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var calibration: String

  @Option(
    help: ArgumentHelp("A guard policy (default: alpha 0.001).", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var policy: String?

  @Option(
    help: ArgumentHelp("An npz file with x, or a CSV table.", valueName: "file"),
    completion: .file(extensions: ["npz", "csv"]))
  var data: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Party: Encodable {
    let name: String
    let queries: Int
    /// Nil for one that is not flagged.
    let flaggedAt: Int?
    let kind: String?
    let rung: String?
    let evidence: Double?
    /// By channel, of queries beyond what one held-out row in ten exceeds.
    let shares: [String: Double]?
    let reason: String?
  }

  private struct Document: Encodable {
    let keys: [Party]
    let tenants: [Party]
    let networks: [Party]
  }

  func run() throws {
    let (artifact, file) = try AssessedModel.runnableFile(of: model)
    let known = try GuardCalibration(json: Self.read(calibration))
    guard known.model == artifact.manifest.root.hex else {
      throw Unusable(
        description:
          "expected a calibration of \(artifact.manifest.root.hex), found one of \(known.model): calibrate anew with `martlet guard calibrate`"
      )
    }
    let rules = try policy.map { try GuardPolicy(json: Self.read($0)) } ?? GuardPolicy()
    let queries = try GuardQueries(data)
    let inputs = try queries.needed("x")
    let rows = inputs.rowCount ?? 0
    let clients = try queries.numbers("client", rows: rows)
    let tenants = try queries.numbers("tenant", rows: rows)
    let networks = try queries.numbers("network", rows: rows)
    let victim = try Victim(file, wantsLayer: true, library: RuntimeLibrary.open())
    let asked = try victim.rows(inputs)
    let sentry = try Guard(known, policy: rules)
    func row(_ table: [Float], _ row: Int) -> [Float] {
      let width = table.count / rows
      return Array(table[row * width..<(row + 1) * width])
    }
    let now = Date()
    for place in 0..<rows {
      let asker = Asker(
        key: "\(clients?[place] ?? 0)", tenant: "\(tenants?[place] ?? 0)",
        network: networks.map { "\($0[place])" })
      _ = sentry.judge(
        asker, inputs: row(asked.inputs, place).span, layer: row(asked.layer, place).span,
        scores: row(asked.scores, place).span, rows: 1, at: now)
    }
    let flags = sentry.flags()
    func parties(_ kind: GuardedParty.Kind, _ numbers: [Int64]) -> [Party] {
      Set(numbers).sorted().map { number in
        let party = GuardedParty(kind, "\(number)")
        let flag = flags.first { $0.party == party }
        return Party(
          name: party.name, queries: sentry.book.standing(of: party, at: now)?.queries ?? 0,
          flaggedAt: flag?.flaggedAt,
          kind: flag.map { "\($0.kind)" }, rung: flag.map { "\($0.rung)" }, evidence: flag?.evidence,
          shares: flag.map { flag in
            Dictionary(uniqueKeysWithValues: flag.shares.map { ($0.key.name, $0.value) })
          },
          reason: flag.map { "\($0)" })
      }
    }
    if format == .json {
      try Terminal.document(
        Document(
          keys: parties(.key, clients ?? [0]), tenants: parties(.tenant, tenants ?? [0]),
          networks: parties(.network, networks ?? [])))
    } else {
      for flag in flags {
        Terminal.say(flag.rung.words.padding(toLength: 8, withPad: " ", startingAt: 0) + "  \(flag)")
      }
      let words = flags.isEmpty ? "nobody is flagged" : "\(flags.count) parties are flagged"
      Terminal.say(
        "\(words)  \(rows) queries, at most one false flag in \(Int((1 / rules.alpha).rounded())) parties")
    }
    if !flags.isEmpty { throw Exit.refused }
  }

  static func read(_ path: String) throws -> Bytes {
    do throws(BytesError) { return try Bytes(contentsOf: path) } catch {
      throw Unusable(description: "\(error)")
    }
  }
}

extension GuardRung {
  /// As a listing has it.
  fileprivate var words: String {
    switch self {
    case .none, .log: "log"
    case .coarsen: "coarsen"
    case .hold: "hold"
    }
  }
}
