// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletLifecycle
import MartletLog
import MartletWitness

extension LogCommand {
  struct Cosign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cosign",
      abstract: "Have a witness of another organisation sign what the log is now.",
      discussion: """
        Sends the checkpoint to the witness with the proof that it continues what the witness has signed before, and keeps \
        the signature beside the log, in the file cosigned. Speaks C2SP tlog-witness; run it daily, for instance.

        Exit status: 0 signed; 1 the witness refuses; 2 it could not be reached.

        EXAMPLES
          martlet log cosign https://witness.example.org --witness partner.pub
          martlet log cosign https://10.0.0.7:8470 --witness partner.pub --ca partner-ca.pem
        """)

    @OptionGroup var place: Place

    @Argument(help: "The witness's address, without add-checkpoint.")
    var address: String

    @Option(
      help: ArgumentHelp("The witness's public key, as text or in a file.", valueName: "key"),
      completion: .file())
    var witness: String

    @Option(
      help: ArgumentHelp(
        "Whose certificates to believe, in PEM form; the system's when not given.", valueName: "file"),
      completion: .file())
    var ca: String?

    func run() async throws {
      let (directory, key) = try place.open()
      let client = try WitnessClient(prefix: address, authorities: ca)
      do {
        let cosignature = try await Cosigning(directory: directory, key: key).cosign(
          by: LogCommand.witnessKey(witness)
        ) { try await client.send($0) }
        let time = Date(timeIntervalSince1970: Double(cosignature.time)).formatted(.iso8601)
        Terminal.say("\(Terminal.paint("signed", .green))  by \(cosignature.witness) at \(time)")
      } catch let error as LogError {
        guard case .witnessRefused = error else { throw error }
        Terminal.complain("martlet: \(error)")
        throw Exit.refused
      }
    }
  }
}
