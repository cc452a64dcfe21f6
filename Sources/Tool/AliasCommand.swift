// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct AliasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alias",
    abstract: "Let a name such as champion point to a version, move it, and take it away.",
    discussion: """
      EXAMPLES
        martlet alias set digits:3 champion
        martlet alias remove digits champion
      """,
    subcommands: [Set.self, Remove.self])

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Let an alias point to a version; one that is there moves at once.",
      discussion: """
        EXAMPLES
          martlet alias set digits:3 champion
          martlet alias set digits@challenger champion
        """)

    @Argument(help: ArgumentHelp("MODEL:3 or MODEL@alias.", valueName: "model"))
    var name: String

    @Argument(help: "The alias: letters, digits, `.`, `_` and `-`, and not digits alone.")
    var alias: String

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      let version = try Lifecycle(store: Store(.standard())).setAlias(alias, to: VersionName(name))
      switch format {
      case .text: Terminal.say("\(version.model)@\(alias) is version \(version.number)")
      case .json:
        try Terminal.document(["model": version.model, "alias": alias, "version": "\(version.number)"])
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take an alias away.",
      discussion: """
        EXAMPLES
          martlet alias remove digits champion
        """)

    @Argument(help: "The model.")
    var model: String

    @Argument(help: "The alias.")
    var alias: String

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() throws {
      try Lifecycle(store: Store(.standard())).removeAlias(alias, of: model)
      switch format {
      case .text: Terminal.say("\(model)@\(alias) is removed")
      case .json: try Terminal.document(["model": model, "alias": alias, "state": "removed"])
      }
    }
  }
}

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Set tags and lineage of a version, or take tags away.",
    discussion: """
      EXAMPLES
        martlet tag digits:3 team=vision ticket=1204
        martlet tag digits:3 --remove ticket
        martlet tag digits:3 --data 9f86d08188… --parent digits:2
      """)

  @Argument(
    help: ArgumentHelp(
      "MODEL, MODEL:3 or MODEL@alias; the newest where no version is said.", valueName: "model"))
  var name: String

  @Argument(help: ArgumentHelp("What to set: name=value, at most 256 bytes.", valueName: "name=value"))
  var tags: [String] = []

  @Option(help: ArgumentHelp("A tag to take away; once for each.", valueName: "name"))
  var remove: [String] = []

  @Option(help: ArgumentHelp("The SHA-256 of the data that it was trained on, in hex.", valueName: "digest"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The version that it was made from: a digest, or as the store calls it.", valueName: "version"))
  var parent: String?

  func validate() throws {
    if let wrong = tags.first(where: { !$0.contains("=") }) {
      throw ValidationError("expected a tag as name=value, found `\(wrong.prefix(80))`")
    }
    if let data, Digest(hex: data) == nil {
      throw ValidationError("--data takes 64 hex digits, found `\(data.prefix(80))`")
    }
    guard !tags.isEmpty || !remove.isEmpty || data != nil || parent != nil else {
      throw ValidationError("expected name=value, --remove, --data or --parent, found none of them")
    }
  }

  func run() throws {
    let name = try VersionName(name)
    let lifecycle = Lifecycle(store: try Store(.standard()))
    var version = try lifecycle.version(name)
    if data != nil || parent != nil {
      let known = try lifecycle.store.registry.lineage(of: version.model, version.number)
      let from = try parent.map { try Digest(hex: $0) ?? lifecycle.version(VersionName($0)).digest }
      let lineage = Lineage(
        data: data.flatMap { Digest(hex: $0) } ?? known?.data, parent: from ?? known?.parent)
      version = try lifecycle.setLineage(lineage, of: name)
    }
    for tag in tags {
      let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      version = try lifecycle.tag(name, String(parts[0]), String(parts[1]))
    }
    for tag in remove { version = try lifecycle.tag(name, tag, nil) }
    Terminal.say(
      "\(version.model):\(version.number) is changed; `martlet show \(version.model):\(version.number)` shows it"
    )
  }
}
