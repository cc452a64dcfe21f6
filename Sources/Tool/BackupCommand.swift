// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletLifecycle

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the store as it is at one moment, while it is in use.",
    discussion: """
      Without --with-keys the copy cannot be opened by whoever finds it, and not by you either without the keys: keep those \
      elsewhere. With --with-keys it is the whole store, and whoever has it has the models.

      EXAMPLES
        martlet backup -o /mnt/backup/martlet-monday
        martlet backup -o /mnt/safe/martlet --with-keys
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The directory to make.", valueName: "dir"),
    completion: .directory)
  var output: String

  @Flag(help: "Copy the private keys, too.")
  var withKeys = false

  func run() throws {
    Interruption.discardsUnfinished()
    let output = PathKind.trimmed(output)
    if try PathKind.of(output) != nil {
      throw Unusable(description: "\(output) is there already: choose another output, or move that away")
    }
    try PathKind.prepare(output, replacing: false)
    _ = try Store.reading(.standard())
    try Lifecycle(store: Store(.standard())).backUp(to: output, withKeys: withKeys)
    Terminal.say(
      withKeys
        ? "\(output) has the whole store with its private keys: whoever has it has the models"
        : "\(output) has the store without its private keys: it cannot be opened without \(Home.standard().keys)"
    )
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a store from a backup, and check it.",
    discussion: """
      There must be nothing at $MARTLET_HOME. A backup without keys needs the store's keys directory in it first. The new store \
      is checked as `martlet fsck` does.

      Exit status: 0 restored, and everything agrees; 1 restored, and something does not agree; 2 it could not be done.

      EXAMPLES
        MARTLET_HOME=/var/lib/martlet martlet restore /mnt/safe/martlet
      """)

  @Argument(help: ArgumentHelp("What `martlet backup` has made.", valueName: "dir"), completion: .directory)
  var backup: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    Interruption.discardsUnfinished()
    let home = Home.standard()
    try StoreRestore.run(from: PathKind.trimmed(backup), to: home)
    try FsckCommand.check(Store(home), isQuick: false, format)
  }
}
