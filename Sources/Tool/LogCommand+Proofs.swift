// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletFiles
import MartletLifecycle
import MartletLog

extension LogCommand {
  struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prove",
      abstract: "Write a proof that an entry is in the log, for checking offline.",
      discussion: """
        The proof is a text of the form c2sp.org/tlog-proof@v1: the place, the hashes to the root, and the checkpoint with its \
        signatures; the newest that witnesses have signed, where that has the entry. The entry itself comes along as the \
        proof's extra data, unless told otherwise.

        EXAMPLES
          martlet log prove 41 -o release.tlog-proof
          martlet log prove 41 --without-entry -o release.tlog-proof
        """)

    @OptionGroup var place: Place

    @Argument(help: "The entry's number, as show and search print it.")
    var index: UInt64

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Where the proof goes (default: standard output).", valueName: "file"),
      completion: .file())
    var output: String?

    @Flag(help: "Leave the entry out, for whoever has it or must not see it.")
    var withoutEntry = false

    func run() throws {
      let bytes = try place.reader().tlogProof(of: index, withEntry: !withoutEntry).encoded
      if let output {
        try DurableFile.create(output, with: bytes.span)
      } else {
        Terminal.raw(String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  struct CheckProof: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-proof",
      abstract: "Check a proof of prove, or of another log of this form, offline.",
      discussion: """
        Needs the proof, the log's public key, and the entry: the proof's extra data, or a file. Prints the entry that is \
        proved.

        Exit status: 0 it holds; 1 it does not, or too few witnesses have signed; 2 it could not be read.

        EXAMPLES
          martlet log check-proof release.tlog-proof --key log.pub
          martlet log check-proof release.tlog-proof --key log.pub --witness auditor.pub --entry entry.json
        """)

    @OptionGroup var publicKey: PublicKey
    @OptionGroup var witnesses: Witnesses

    @Argument(help: "The proof.", completion: .file())
    var proof: String

    @Option(
      help: ArgumentHelp("The entry's bytes (default: the proof's extra data).", valueName: "file"),
      completion: .file())
    var entry: String?

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Document: Encodable {
      let holds: Bool
      let index: UInt64
      let origin: String?
      let size: UInt64?
      let witnesses: [String]
      let reason: String?
      let entry: String?
    }

    func run() throws {
      let proof = try TlogProof(parsing: Self.read(proof, atMost: TlogProof.longest))
      guard let bytes = try entry.map({ try Self.read($0, atMost: 1 << 16) }) ?? proof.extra else {
        throw ValidationError("the proof does not have its entry: name the entry's file with --entry")
      }
      let key = try publicKey.read()
      let policy = try witnesses.policy()
      let proved: (checkpoint: Checkpoint, cosignatures: [Cosignature])
      do throws(LogError) {
        proved = try proof.verify(entry: bytes.span, key: key, policy: policy)
      } catch {
        try refuse(proof, error)
        throw Exit.refused
      }
      try show(proof, proved, bytes)
    }

    private func refuse(_ proof: TlogProof, _ error: LogError) throws {
      guard format == .json else {
        return Terminal.say("\(Terminal.paint("refused", .red))  \(error)")
      }
      try Terminal.document(
        Document(
          holds: false, index: proof.index, origin: nil, size: nil, witnesses: [],
          reason: error.description, entry: nil))
    }

    private func show(
      _ proof: TlogProof, _ proved: (checkpoint: Checkpoint, cosignatures: [Cosignature]), _ entry: [UInt8]
    ) throws {
      let names = proved.cosignatures.map(\.witness)
      if format == .json {
        return try Terminal.document(
          Document(
            holds: true, index: proof.index, origin: proved.checkpoint.origin, size: proved.checkpoint.size,
            witnesses: names, reason: nil, entry: String(validating: entry, as: UTF8.self)))
      }
      let seen = names.isEmpty ? "" : ", seen by " + names.joined(separator: ", ")
      Terminal.say(
        "\(Terminal.paint("proved", .green))  entry \(proof.index) of \(proved.checkpoint.size) in "
          + "\(proved.checkpoint.origin)\(seen)")
      Terminal.say(LogCommand.line(try? Record(entry: entry), proof.index))
    }

    private static func read(_ path: String, atMost limit: Int) throws -> [UInt8] {
      guard let bytes = try WholeFile.read(path, atMost: limit) else {
        throw Unusable(description: "expected a file at \(path), found none")
      }
      return bytes
    }
  }
}
