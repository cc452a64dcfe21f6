// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEncrypt
import MartletEvidence
import MartletSign

struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Sign a model, so that anybody can tell that it is yours and unchanged.",
    discussion: """
      Hashes every file and signs the list of names and digests (OpenSSF Model Signing 1.0). `martlet verify`, `model_signing` \
      and every other OMS tool can check it. Symbolic links are refused unless they are allowed, and never lead out of the \
      model.

      Exit status: 0 signed; 2 it could not be done.

      EXAMPLES
        martlet sign model/ --key signer.pem
        martlet sign model/ --key signer.pem --ignore cache --ignore README.md -o model.sig
        martlet sign weights.safetensors --key signer.pem --method shards
        martlet sign model/ --key signer.pem --certificate-chain signer-and-issuers.pem
      """)

  @Argument(help: "The model: a file or a directory.", completion: .file())
  var model: String

  @Option(help: ArgumentHelp("The private key (PEM).", valueName: "pem"), completion: .file())
  var key: String

  @OptionGroup var passphrase: PassphraseOptions

  @Option(
    help: ArgumentHelp(
      "Certificates (PEM), the signer's first, then those of its issuers, to go into the signature.",
      valueName: "pem"),
    completion: .file())
  var certificateChain: String?

  @Option(
    help: ArgumentHelp(
      "Leave a file or directory out. A path relative to the model; may be given more than once.",
      valueName: "path"))
  var ignore: [String] = []

  @Option(help: "files: one digest a file; shards: one for each part of a file.")
  var method: Method = .files

  @Option(help: ArgumentHelp("Bytes of a part, with --method shards.", valueName: "bytes"))
  var shardSize: Int?

  @Flag(help: "Sign what symbolic links lead to, within the model.")
  var allowSymlinks = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the signature goes (default: model.sig in the directory, or beside the file with the ending .sig).",
      valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  enum Method: String, ExpressibleByArgument, CaseIterable { case files, shards }

  private struct Document: Encodable {
    let name: String
    let digest: String
    let files: Int
    let resources: Int
    let signature: String
  }

  func validate() throws {
    guard shardSize == nil || method == .shards else {
      throw ValidationError("--shard-size goes with --method shards")
    }
    if let shardSize, shardSize < 1 {
      throw ValidationError("--shard-size must be at least 1 byte, found \(shardSize)")
    }
  }

  func run() throws {
    let signer = try SigningFiles.signer(key: key, passphrase, certificates: certificateChain)
    let output = output ?? SignatureName.standard(for: model)
    let serialization: Serialization =
      method == .files ? .files : .shards(size: shardSize ?? Serialization.standardShard)
    let signed = try signer.sign(
      model, into: output,
      .init(ignoring: ignore, serialization: serialization, allowsLinks: allowSymlinks))
    guard format == .text else {
      return try Terminal.document(
        Document(
          name: signed.name, digest: signed.manifest.root.hex, files: signed.files,
          resources: signed.manifest.resources.count, signature: output))
    }
    Terminal.say(
      "\(Terminal.paint("signed", .green))  \(signed.name), \(signed.files) file\(signed.files == 1 ? "" : "s"), digest "
        + signed.manifest.root.hex)
    Terminal.say("        \(output)")
  }
}

/// Reads what signing needs.
enum SigningFiles {
  static func key(_ path: String, _ passphrase: PassphraseOptions) throws -> SigningKey {
    CoreDumps.forbid()
    var failure: (any Error)?
    do throws(SignError) {
      return try SigningKeyFile.read(path) { () throws(SignError) -> [UInt8]? in
        do { return try passphrase.existing() } catch {
          failure = error
          return nil
        }
      }
    } catch {
      throw failure ?? error
    }
  }

  static func signer(key path: String, _ passphrase: PassphraseOptions, certificates: String?) throws
    -> ModelSigner
  {
    let chain = try certificates.map { try text($0, what: "certificates") }
    return try ModelSigner(key: key(path, passphrase), certificates: chain)
  }

  /// A small text file that the user named.
  static func text(_ path: String, what: String) throws -> String {
    do { return try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw Unusable(description: "cannot read the \(what) \(path): expected a file in PEM form")
    }
  }
}

/// What a signature is called where nobody says otherwise.
enum SignatureName {
  /// Inside of a directory, beside a file.
  static func standard(for model: String) -> String {
    let values = try? URL(fileURLWithPath: model).resolvingSymlinksInPath().resourceValues(forKeys: [
      .isDirectoryKey
    ])
    guard values?.isDirectory == true else { return model + ".sig" }
    return model + (model.hasSuffix("/") ? "" : "/") + "model.sig"
  }
}
