// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletDatasets
import MartletFiles
import MartletVerify

/// How the rows of a dataset are read.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A column of a text file that is text, also where digits stand in it; may be given more than once.",
      valueName: "column"))
  var text: [String] = []

  @Flag(help: "Take NaN for a missing value. Otherwise it is refused, as infinities always are.")
  var nanIsMissing = false

  var reading: ReadingOptions {
    var options = ReadingOptions()
    options.textColumns = Set(text)
    options.nanIsMissing = nanIsMissing
    return options
  }
}

/// What the commands on datasets have in common.
enum DataCommands {
  static func progress(_ verb: String) -> (Int) -> Void {
    { rows in Terminal.progress("\(verb): \(rows) rows") }
  }

  /// A manifest whose signature fits the key, and how the key is named.
  static func sealed(_ manifest: String, key path: String) throws -> (
    dataset: SealedDataset, key: VerificationKey
  ) {
    guard let bytes = try WholeFile.read(manifest, atMost: longestManifest) else {
      throw Unusable(
        description: "there is no manifest at \(manifest): `martlet data seal` writes one")
    }
    return try opened(UnverifiedManifest(bytes), from: manifest, key: path)
  }

  static func opened(
    _ manifest: UnverifiedManifest, from place: String, key path: String
  ) throws -> (dataset: SealedDataset, key: VerificationKey) {
    let pem = try SigningFiles.text(path, what: "key")
    let key: VerificationKey
    do throws(SignatureError) { key = try VerificationKey(pem: pem) } catch {
      throw Unusable(description: "\(path): \(error)")
    }
    do throws(DataError) {
      return (try manifest.open { key.accepts($0, for: $1) }, key)
    } catch {
      throw Unusable(description: "\(place): \(error)")
    }
  }

  static let longestManifest = 256 << 20

  /// Where the digests of the rows of a manifest are; nil where they are not.
  static func rows(of manifest: String, _ sealed: SealedDataset) throws -> String? {
    let path = manifest + ".rows"
    guard sealed.manifest.rowFile != nil, try Directory.kind(of: path, followingLinks: true) == .file else {
      return nil
    }
    return path
  }

  /// A file that is about to be written must have a folder.
  static func checkFolder(of file: String) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw ValidationError("expected a folder that can be written to for \(file), found none at \(folder)")
    }
  }
}
