// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletEncrypt

struct RewrapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rewrap",
    abstract: "Give a sealed file or directory other recipients, without sealing it again.",
    discussion: """
      Exchanges the header, a page of 4 KB, in place. A crash leaves the old recipients or the new ones. Files of other tools are \
      written anew once, with the same chunks behind a header that can be exchanged; whom their stanzas are for, they do not say, \
      so that nobody can be taken away from them by name.

      This keeps the file's key. Whoever could open the file before may have kept that key, the plaintext or a copy of the \
      file: it stops those who come later, not those who were there. After a compromise open the file and seal it anew.

      EXAMPLES
        martlet rewrap model.age -i anna.key --add age1…
        martlet rewrap model.age -i anna.key --add age1… --remove age1…
      """)

  @Argument(help: ArgumentHelp("A sealed file or directory.", valueName: "path"), completion: .file())
  var input: String

  @OptionGroup var opening: OpeningOptions

  @Option(help: ArgumentHelp("Who may open it from now on; may be repeated.", valueName: "recipient"))
  var add: [String] = []

  @Option(help: ArgumentHelp("Who may open it no longer; may be repeated.", valueName: "recipient"))
  var remove: [String] = []

  @Option(
    help: ArgumentHelp("A file with recipients to add, one a line; may be repeated.", valueName: "file"),
    completion: .file())
  var addFile: [String] = []

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if add.isEmpty, remove.isEmpty, addFile.isEmpty {
      throw ValidationError("what should change? name recipients with --add and --remove")
    }
  }

  func run() throws {
    CoreDumps.forbid()
    Interruption.discardsUnfinished()
    guard let kind = try PathKind.of(input) else { throw Unusable(description: "there is no file \(input)") }
    let added = try SealingRecipients.read(add, addFile)
    let removed = try SealingRecipients.read(remove, [])
    try Damage.reported {
      let keys = try opening.keys(for: input)
      let became =
        kind == .directory
        ? try SealedDirectory(input).rewrap(with: keys, adding: added, removing: removed)
        : try SealedPath(input).rewrap(with: keys, adding: added, removing: removed)
      try show(became)
    }
  }

  private func show(_ became: Rewrapped) throws {
    guard format == .text else {
      return try Terminal.document(["path": input, "rewrapped": became.rawValue])
    }
    switch became {
    case .unchanged: Terminal.say("unchanged  \(input) has these recipients already")
    case .inPlace: Terminal.say("\(Terminal.paint("rewrapped", .green))  \(input)")
    case .whole:
      Terminal.say(
        "\(Terminal.paint("rewrapped", .green))  \(input)  written whole: its header had no room to change in place"
      )
    }
  }
}
