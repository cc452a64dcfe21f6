// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import Logging
import MartletEncrypt
import MartletFiles
import MartletLog
import MartletWitness

struct WitnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness",
    abstract: "Watch the logs of others: sign only what continues what was signed before.",
    discussion: """
      Answers C2SP tlog-witness (add-checkpoint) for the logs whose public keys are given. A log that shows different \
      histories to different people gets no signature for the second. What was signed last is kept in --state: keep that where \
      the log's operators have no hand.

      Listens on loopback; elsewhere only with a certificate. Runs until SIGINT or SIGTERM.

      EXAMPLES
        martlet keygen witness witness.example.org -o witness.key
        martlet witness --key witness.key --state witness/ --watch hospital.pub --watch bank.pub
        martlet witness --key witness.key --state witness/ --watch bank.pub --host 0.0.0.0 --certificate chain.pem --private-key tls.pem
      """)

  @Option(
    help: ArgumentHelp("The witness's private key (martlet keygen witness).", valueName: "file"),
    completion: .file())
  var key: String

  @Option(help: ArgumentHelp("Where to keep what was signed.", valueName: "dir"), completion: .directory)
  var state: String

  @Option(
    help: ArgumentHelp(
      "The public key of a log to watch, as text or in a file; may be given several times.", valueName: "key"),
    completion: .file())
  var watch: [String]

  @Option(help: "The address to listen on.")
  var host: String = "127.0.0.1"

  @Option(help: "The port; 0 for any free one.")
  var port: Int = 8470

  @Option(
    help: ArgumentHelp("The certificate chain for TLS, in PEM form.", valueName: "file"), completion: .file())
  var certificate: String?

  @Option(
    help: ArgumentHelp("The certificate's private key, in PEM form.", valueName: "file"), completion: .file())
  var privateKey: String?

  @Option(help: "How to say that it is ready: text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port must be from 0 to 65535, found \(port)")
    }
    guard (certificate == nil) == (privateKey == nil) else {
      throw ValidationError("--certificate and --private-key go together: one of them is missing")
    }
  }

  func run() async throws {
    CoreDumps.forbid()
    let logs = try watch.map { try LogVerifierKey(LogCommand.keyLine(in: $0) ?? $0) }
    let witness = try Witness(directory: state, key: WitnessKey(contentsOf: key), watching: logs)
    var logger = Logger(label: "martlet", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .warning
    var identity: WitnessServer.Identity?
    if let certificate, let privateKey {
      identity = .init(certificate: certificate, privateKey: privateKey)
    }
    let (host, scheme) = (host, identity == nil ? "http" : "https")
    let format = format
    try await WitnessServer(witness, logger: logger).run(host: host, port: port, identity: identity) { port in
      let address = "\(scheme)://\(host):\(port)"
      switch format {
      case .text: Terminal.say("martlet witnesses at \(address) with the key \(witness.verifierKey.text)")
      case .json: try? Terminal.document(Announcement(address: address, key: witness.verifierKey.text))
      }
    }
  }
}

/// What the witness says when it is ready.
private struct Announcement: Encodable {
  let address: String
  /// The public key, as a verifier key.
  let key: String
}

struct KeygenWitnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness",
    abstract: "Make a key for martlet witness.",
    discussion: """
      Writes the private key, and its public half beside it with the ending .pub: that is what whoever believes the witness \
      needs. Nothing is overwritten.

      EXAMPLES
        martlet keygen witness witness.example.org -o witness.key
      """)

  @Argument(help: "The witness's name, such as its host: no spaces and no +.")
  var name: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the private key goes.", valueName: "key"),
    completion: .file())
  var output: String

  func run() throws {
    CoreDumps.forbid()
    let key = try WitnessKey(generatingFor: name)
    let text = Array((key.verifier.text + "\n").utf8)
    try key.write(to: output)
    try DurableFile.create(output + ".pub", with: text.span)
    Terminal.say("private key  \(output)")
    Terminal.say("public key   \(output).pub")
  }
}
