// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletFormats
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletRobustness

struct AssessCorruptionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corruptions",
    abstract: "Measure how often a classifier of pictures is right in noise, blur, weather and compression.",
    discussion: """
      Corrupts every picture in 19 ways at five severities (Hendrycks and Dietterich 2019), and counts the right answers. No \
      attacker is at work: this is what cameras, weather and files do. Pictures have values from 0 to 1 and the shape \
      [N, C, H, W], [N, H, W, C] or [N, H, W], with one or three channels and at least 8 by 8 pixels.

      noise     gaussian_noise shot_noise impulse_noise speckle_noise \
      blur      defocus_blur glass_blur motion_blur zoom_blur gaussian_blur \
      weather   snow frost fog brightness spatter \
      digital   contrast elastic_transform pixelate jpeg_compression saturate

      Where the store has the model, a measurement of all corruptions at all severities is kept as evidence.

      Exit status: 0 measured; 2 it could not be done.

      EXAMPLES
        martlet assess corruptions digits.onnx --data digits.npz
        martlet assess corruptions digits.onnx --data digits.npz --only fog,snow --severity 5 --save fooled.npz
        martlet assess corruptions model/ --data test.npz --limit 1000 --format html -o corruptions.html
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  /// One severity, or all.
  enum Strength: ExpressibleByArgument {
    case all
    case one(Int)

    init?(argument: String) {
      if argument == "all" {
        self = .all
      } else if let level = Int(argument), Corruption.severities.contains(level) {
        self = .one(level)
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] { Corruption.severities.map(String.init) + ["all"] }

    var defaultValueDescription: String {
      switch self {
      case .all: "all"
      case .one(let level): "\(level)"
      }
    }

    var levels: [Int] {
      switch self {
      case .all: Array(Corruption.severities)
      case .one(let level): [level]
      }
    }
  }

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp("An npz file with x_test and y_test, or x and y.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var data: String

  @Option(help: "How strong: from 1 to 5, or all.")
  var severity: Strength = .all

  @Option(help: ArgumentHelp("Only these corruptions, with commas between them.", valueName: "names"))
  var only: String?

  @Option(help: "Only so many pictures, from the beginning of the data.")
  var limit: Int?

  @Option(help: "The same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Begin nothing new after so many seconds.", valueName: "seconds"))
  var maxTime: Double?

  @Option(help: "Threads (default: one for each core).")
  var threads: Int?

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Keep corrupted pictures that fooled the model: x, y, row, answer, corruption and severity; at most a gigabyte.",
      valueName: "npz"),
    completion: .file())
  var save: String?

  /// The most bytes of pictures that `--save` keeps: they are held in memory.
  private static let mostSaved = 1 << 30

  private var corruptions: [Corruption] {
    get throws {
      guard let only else { return Corruption.allCases }
      let names = only.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      if let unknown = names.first(where: { Corruption(rawValue: $0) == nil }) {
        throw ValidationError(
          "--only: expected one of \(Corruption.allCases.map(\.rawValue).joined(separator: ", ")); found '\(unknown)'"
        )
      }
      guard !names.isEmpty else { throw ValidationError("--only: expected a name, found none") }
      return Corruption.allCases.filter { names.contains($0.rawValue) }
    }
  }

  func validate() throws {
    _ = try corruptions
    guard maxTime.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--max-time must be above 0 seconds, found \(maxTime ?? 0)")
    }
    // A long run must not end in a folder that is not there.
    for file in [output, save].compactMap({ $0 }) {
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw ValidationError("expected a folder that can be written to for \(file), found none at \(folder)")
      }
    }
    for (name, value) in [("--threads", threads), ("--limit", limit)] {
      if let value, value < 1 { throw ValidationError("\(name) must be at least 1, found \(value)") }
    }
  }

  func run() throws {
    let order = CorruptionOrder(
      corruptions: try corruptions, severities: severity.levels, seed: seed, seconds: maxTime)
    let assessed = try CorruptionAssessment(
      path: model, npz: data, limit: limit, order: order, options: .init(threads: threads)
    ) { step in
      Terminal.progress(
        "\(step.corruption?.title ?? "clean accuracy"): \(100 * step.done / max(step.total, 1)) %")
    }
    Terminal.clearProgress()
    let evidence = try evidence(of: assessed)
    switch format {
    case .text: try write(CorruptionListing(assessed, evidence: evidence).text)
    case .json:
      let document = CorruptionDocument(assessed, evidence: evidence)
      try write(String(decoding: document.encoded(), as: UTF8.self) + "\n")
    case .html:
      let facts = [
        ("model", assessed.digest.hex), ("data", assessed.data.hex), ("Martlet", MartletVersion.text),
      ]
      try write(assessed.report.page(model: assessed.name, inputs: assessed.inputs, facts: facts).html())
    }
    if let save { try keep(assessed, in: save) }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
  }

  /// A store is not made for this.
  private func evidence(of assessed: CorruptionAssessment) throws -> StoredEvidence? {
    guard (try? Store.reading(.standard())) != nil else { return nil }
    return try Lifecycle(store: try Store(.standard())).keep(assessed)
  }

  private func keep(_ assessed: CorruptionAssessment, in file: String) throws {
    let all = assessed.report.cells.flatMap { cell in cell.fooled.map { (cell, $0) } }
    let kept = all.prefix(Self.mostSaved / (4 * assessed.shape.reduce(1, *)))
    var pictures: [Float] = []
    for (cell, fooled) in kept {
      pictures += try cell.corruption.applied(
        to: assessed.inputs, rows: [fooled.row], severity: cell.severity, seed: seed
      ).flatMap { $0 }
    }
    let names = Corruption.allCases
    let archive = NumpyArchive.encoded([
      WrittenArray("x", float32: pictures, shape: [kept.count] + assessed.shape),
      WrittenArray("y", int64: kept.map { assessed.labels[$0.1.row] }),
      WrittenArray("row", int64: kept.map { Int64($0.1.row) }),
      WrittenArray("answer", int64: kept.map { $0.1.answer ?? -1 }),
      WrittenArray("corruption", int64: kept.map { Int64(names.firstIndex(of: $0.0.corruption) ?? -1) }),
      WrittenArray("severity", int64: kept.map { Int64($0.0.severity) }),
    ])
    try DurableFile.replace(file, with: archive.span)
    if kept.count < all.count {
      Terminal.complain("\(file) has the first \(kept.count) of \(all.count) pictures that fooled the model")
    }
  }
}
