// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck",
    abstract: "Prove that database, blobs and log agree, or say what does not.",
    discussion: """
      Opens every blob and hashes it, checks the signature and the name of every piece of evidence, reads the whole log, and holds \
      versions, states, aliases and approvals against it. Writers wait meanwhile. It repairs nothing.

      Exit status: 0 they agree; 1 something does not; 2 it could not be done.

      EXAMPLES
        martlet fsck
        martlet fsck --quick                 sizes and headers of the blobs only
        martlet fsck --format json
      """)

  @Flag(help: "Look at the sizes and headers of blobs only, and open none.")
  var quick = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    _ = try Store.reading(.standard())
    try Self.check(Store(.standard()), isQuick: quick, format)
  }

  /// - Throws: ``Exit/refused`` when something does not agree.
  static func check(_ store: Store, isQuick: Bool, _ format: OutputFormat) throws {
    let found = try StoreCheck.run(store, isQuick: isQuick)
    let isBad = found.contains { $0.state == .bad }
    if format == .json {
      try Terminal.document(found)
    } else {
      for checkup in found {
        let state = checkup.state == .bad ? Terminal.paint("bad ", .red) : Terminal.paint("note", .yellow)
        Terminal.say("\(checkup.subject): \(checkup.finding)", after: "\(state)  ", width: 6)
      }
      if !isBad { Terminal.say("\(Terminal.paint("good", .green))  database, blobs and log agree") }
    }
    if isBad { throw Exit.refused }
  }
}

struct GcCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Apply the retention rules, and remove sealed files that no version needs.",
    discussion: """
      Versions that are due under `martlet retention` are retired and give up their files; pushes that nothing has come of for a \
      day are forgotten. Runs beside everything else: what is younger than an hour stays.

      EXAMPLES
        martlet gc --dry-run
        martlet gc
      """)

  @Flag(help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Blob: Encodable {
      let blob: Digest
      let bytes: Int
    }

    /// Versions that gave up their files.
    let versions: [String]
    let pushes: Int
    let blobs: [Blob]
  }

  func run() throws {
    _ = try Store.reading(.standard())
    let lifecycle = Lifecycle(store: try Store(.standard()))
    let versions = try lifecycle.applyRetention(onlyLooking: dryRun).map { "\($0.model):\($0.number)" }
    let pushes = try lifecycle.givePushesUp(onlyLooking: dryRun)
    let found = try lifecycle.collectGarbage(onlyLooking: dryRun)
    guard format == .text else {
      return try Terminal.document(
        Document(
          versions: versions, pushes: pushes,
          blobs: found.map { Document.Blob(blob: $0.digest, bytes: $0.bytes) }))
    }
    let would = dryRun ? "would give" : "gave"
    for version in versions { Terminal.say("\(version) \(would) up its files under a retention rule") }
    if pushes > 0 {
      Terminal.say("\(pushes) unfinished pushes \(dryRun ? "would be " : "")given up")
    }
    for blob in found { Terminal.say("\(blob.digest.hex)  \(Wording.bytes(blob.bytes))") }
    let bytes = Wording.bytes(found.reduce(0) { $0 + $1.bytes })
    Terminal.say(
      "\(Wording.count(found.count, "blob")), \(bytes), \(dryRun ? "would be removed" : "removed")")
  }
}
