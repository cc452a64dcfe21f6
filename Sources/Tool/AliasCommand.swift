// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletClient
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct AliasCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alias",
    abstract: "Let a name such as champion point to a version, move it, and take it away.",
    discussion: """
      EXAMPLES
        martlet alias set digits:3 champion
        martlet alias remove digits champion
      """,
    subcommands: [Set.self, Remove.self])

  struct Set: AsyncParsableCommand {
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

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let (alias, name) = (alias, try VersionName(name))
      let version = try await registry.withDoor { try await $0.setAlias(alias, to: name) }
      switch format {
      case .text: Terminal.say("\(version.model)@\(alias) is version \(version.version)")
      case .json:
        try Terminal.document(["model": version.model, "alias": alias, "version": "\(version.version)"])
      }
    }
  }

  struct Remove: AsyncParsableCommand {
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

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let (alias, model) = (alias, model)
      try await registry.withDoor { try await $0.removeAlias(alias, of: model) }
      switch format {
      case .text: Terminal.say("\(model)@\(alias) is removed")
      case .json: try Terminal.document(["model": model, "alias": alias, "state": "removed"])
      }
    }
  }
}

struct TagCommand: AsyncParsableCommand {
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

  @Argument(help: ArgumentHelp("What to set: name=value, at most 256 characters.", valueName: "name=value"))
  var tags: [String] = []

  @Option(help: ArgumentHelp("A tag to take away; once for each.", valueName: "name"))
  var remove: [String] = []

  @Option(help: ArgumentHelp("The SHA-256 of the data that it was trained on, in hex.", valueName: "digest"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The version that it was made from: a digest, or as the store calls it.", valueName: "version"))
  var parent: String?

  @OptionGroup var registry: RegistryOptions

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

  func run() async throws {
    let name = try VersionName(name)
    var set: [String: String] = [:]
    for tag in tags {
      let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      set[String(parts[0])] = String(parts[1])
    }
    let (tags, remove, data, parent) = (set, remove, data.flatMap { Digest(hex: $0) }, parent)
    let version = try await registry.withDoor { door in
      var version = try await door.version(name)
      if data != nil || parent != nil {
        var from = version.lineage?.parent
        if let parent {
          if let digest = Digest(hex: parent) {
            from = digest
          } else {
            from = try await door.version(VersionName(parent)).digest
          }
        }
        version = try await door.setLineage(
          Lineage(data: data ?? version.lineage?.data, parent: from), of: name)
      }
      if !tags.isEmpty || !remove.isEmpty {
        version = try await door.setTags(tags, removing: remove, of: name)
      }
      return version
    }
    Terminal.say(
      "\(version.model):\(version.version) is changed; `martlet show \(version.model):\(version.version)` shows it"
    )
  }
}
