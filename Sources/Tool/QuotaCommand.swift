// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletAccess
import MartletClient
import MartletLifecycle
import MartletRegistry

struct QuotaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quota",
    abstract: "Set how much models may take in the store.",
    discussion: """
      A quota is about all models whose name fits its pattern, together. A version counts while the store has its files. Every \
      quota that fits must have room before a version is taken in.

      EXAMPLES
        martlet quota set '*' --bytes 500GB
        martlet quota set 'team-a-*' --versions 20 --bytes 40GB
        martlet quota list
      """,
    subcommands: [Set.self, Remove.self, List.self])

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Set the quota of a pattern.",
      discussion: """
        EXAMPLES
          martlet quota set 'team-a-*' --versions 20 --bytes 40GB
        """)

    @Argument(help: "A model's name, or a pattern with *.")
    var models: String

    @Option(help: "Of all files before they are sealed: a number, with KB, MB, GB or TB where you like.")
    var bytes: String?

    @Option(help: "Versions whose files the store has.")
    var versions: Int?

    @OptionGroup var registry: RegistryOptions

    func validate() throws {
      try Pattern.check(models)
      guard bytes != nil || versions != nil else {
        throw ValidationError("expected --bytes or --versions, found neither")
      }
      if let bytes { _ = try Size.read(bytes) }
      if let versions, versions < 0 {
        throw ValidationError("--versions must be 0 or more, found \(versions)")
      }
    }

    func run() async throws {
      let quota = Quota(
        models: NamePattern(models), bytes: try bytes.map(Size.read), versions: versions)
      try await registry.withDoor { try await $0.set(quota) }
      Terminal.say(quota.words)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take a quota away.",
      discussion: """
        EXAMPLES
          martlet quota remove 'team-a-*'
        """)

    @Argument(help: "The pattern, as `martlet quota list` shows it.")
    var models: String

    @OptionGroup var registry: RegistryOptions

    func run() async throws {
      let models = NamePattern(models)
      try await registry.withDoor { try await $0.removeQuota(on: models) }
      Terminal.say("there is no quota on \(models) any more")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the quotas.")

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let quotas = try await registry.withDoor { try await $0.quotas() }
      guard format == .text else { return try Terminal.document(quotas) }
      for quota in quotas { Terminal.say(quota.words) }
    }
  }
}

struct RetentionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention",
    abstract: "Set which old versions give up their files.",
    discussion: """
      `martlet gc` retires the versions that are due and removes their files; evidence, approvals and log entries stay. What is \
      released, quarantined or named by an alias stays whatever its age.

      EXAMPLES
        martlet retention set '*' --newest 5 --days 90
        martlet retention list
        martlet gc --dry-run
      """,
    subcommands: [Set.self, Remove.self, List.self])

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Set the rule of a pattern.",
      discussion: """
        EXAMPLES
          martlet retention set 'nightly-*' --newest 3 --days 14
        """)

    @Argument(help: "A model's name, or a pattern with *.")
    var models: String

    @Option(help: "So many of the highest numbers of each model stay.")
    var newest: Int = 3

    @Option(help: "Younger versions stay.")
    var days: Int

    @OptionGroup var registry: RegistryOptions

    func validate() throws {
      try Pattern.check(models)
      guard newest >= 0, (0...36_500).contains(days) else {
        throw ValidationError(
          "expected --newest from 0 and --days from 0 to 36500, found \(newest) and \(days)")
      }
    }

    func run() async throws {
      let rule = Retention(models: NamePattern(models), newest: newest, days: days)
      try await registry.withDoor { try await $0.set(rule) }
      Terminal.say(rule.words)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take a rule away.",
      discussion: """
        EXAMPLES
          martlet retention remove 'nightly-*'
        """)

    @Argument(help: "The pattern, as `martlet retention list` shows it.")
    var models: String

    @OptionGroup var registry: RegistryOptions

    func run() async throws {
      let models = NamePattern(models)
      try await registry.withDoor { try await $0.removeRetention(of: models) }
      Terminal.say("there is no retention rule for \(models) any more")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rules.")

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let rules = try await registry.withDoor { try await $0.retentions() }
      guard format == .text else { return try Terminal.document(rules) }
      for rule in rules { Terminal.say(rule.words) }
    }
  }
}

extension Quota {
  fileprivate var words: String {
    let parts = [
      bytes.map { Wording.bytes($0) }, versions.map { Wording.count($0, "version") },
    ].compactMap { $0 }
    return "\(models): \(parts.joined(separator: ", "))"
  }
}

extension Retention {
  fileprivate var words: String {
    "\(models): all but the newest \(newest) give up their files after \(Wording.count(days, "day"))"
  }
}

private enum Pattern {
  static func check(_ models: String) throws {
    guard NamePattern.isUsable(NamePattern(models)) else {
      throw ValidationError(
        "expected a name or a pattern of letters, digits, `.`, `_`, `-` and `*`, found `\(models.prefix(80))`"
      )
    }
  }
}

/// How much, as people write it.
private enum Size {
  static func read(_ text: String) throws -> Int {
    let units = ["TB": 1_000_000_000_000, "GB": 1_000_000_000, "MB": 1_000_000, "KB": 1_000]
    let upper = text.uppercased()
    let unit = units.first { upper.hasSuffix($0.key) }
    let digits = upper.dropLast(unit == nil ? 0 : 2)
    guard let number = Int(digits), number >= 0 else {
      throw ValidationError(
        "expected --bytes as a number such as 500000000 or 40GB, found `\(text.prefix(40))`")
    }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: unit?.value ?? 1)
    guard !overflows, bytes <= 1 << 53 else {
      throw ValidationError("expected --bytes of at most 9000TB, found `\(text.prefix(40))`")
    }
    return bytes
  }
}
