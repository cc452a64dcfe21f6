// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEncrypt
import MartletLifecycle
import MartletServer

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say whether keys, clock and certificate are as they should be.",
    discussion: """
      Looks at the store in $MARTLET_HOME: who may read its keys, where they are, whether the clock can be right, how long \
      the server's certificate holds, and whether this machine keeps the memory of programs with keys from being dumped. It \
      changes nothing.

      Exit status: 0 everything is as it should be; 1 something is not; 2 it could not be done.

      EXAMPLES
        martlet doctor
        martlet doctor --format json
      """)

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    let now = Date()
    let home = Home.standard()
    var found = StoreDoctor(home, at: now).examine()
    found.append(SelfMadeCertificate.checkup(home, at: now))
    found.append(
      CoreDumps.forbid()
        ? Checkup("core dumps", .good, "programs with keys and plaintext in memory leave none")
        : Checkup(
          "core dumps", .bad,
          "the system does not let a program turn its core dumps off: run as a user who may, or turn them off with ulimit -c 0"
        ))
    if format == .json { try Terminal.document(found) } else { show(found) }
    if found.contains(where: { $0.state == .bad }) { throw Exit.refused }
  }

  private func show(_ found: [Checkup]) {
    let width = 6 + (found.map(\.subject.count).max() ?? 0) + 2
    for checkup in found {
      let state =
        switch checkup.state {
        case .good: Terminal.paint("good", .green)
        case .note: Terminal.paint("note", .yellow)
        case .bad: Terminal.paint("bad ", .red)
        }
      let subject = checkup.subject.padding(toLength: width - 6, withPad: " ", startingAt: 0)
      Terminal.say(checkup.finding, after: "\(state)  \(subject)", width: width)
    }
  }
}
