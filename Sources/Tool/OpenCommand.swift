// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEncrypt
import MartletFiles

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Decrypt a sealed file or directory, or a part of it.",
    discussion: """
      Opens what Martlet, age, rage or pyrage sealed. Every chunk is authenticated before any of it is written, the output \
      appears whole or not at all, and only its owner can read it. A range, a tensor or a member is opened without decrypting the \
      rest.

      With the output - the plaintext goes to standard output as it is authenticated, chunk by chunk: whoever reads it \
      waits for the exit status before he believes that it is whole.

      Exit status: 0 opened; 1 the file is not as it was sealed; 2 it could not be done.

      EXAMPLES
        martlet open model.safetensors.age -i anna.key -o model.safetensors
        martlet open model.safetensors.age -i anna.key --tensor encoder.weight -o weight.bin
        martlet open model.safetensors.age -i anna.key --range '4096..<8192' -o part.bin
        martlet open model.age -i anna.key -o model
        martlet open model.age -i anna.key --member config.json -o -
      """)

  @Argument(help: ArgumentHelp("A sealed file or directory.", valueName: "path"), completion: .file())
  var input: String

  @OptionGroup var opening: OpeningOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file or directory to write; - for standard output.", valueName: "path"),
    completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp("Only these bytes of the plaintext, such as 0..<4096 or 4096..<.", valueName: "range"))
  var range: String?

  @Option(help: ArgumentHelp("Only the bytes of this tensor of a safetensors file.", valueName: "name"))
  var tensor: String?

  @Option(help: ArgumentHelp("Only this file of a sealed directory.", valueName: "name"))
  var member: String?

  @Flag(name: .shortAndLong, help: "Replace an output file that is there.")
  var force = false

  func validate() throws {
    if range != nil, tensor != nil { throw ValidationError("--range and --tensor exclude each other") }
    if let range, Self.bounds(of: range) == nil {
      throw ValidationError("--range takes bytes such as 0..<4096 or 4096..<, found \(range)")
    }
  }

  func run() throws {
    CoreDumps.forbid()
    Interruption.discardsUnfinished()
    guard try PathKind.of(input) != nil else { throw Unusable(description: "there is no file \(input)") }
    if output != "-" { try PathKind.prepare(output, replacing: force) }
    try Damage.reported {
      let isDirectory = try PathKind.of(input) == .directory
      let keys = try opening.keys(for: input)
      if isDirectory, member == nil { return try openDirectory(keys) }
      guard isDirectory || member == nil else {
        throw Unusable(description: "\(input) is a sealed file: --member is for sealed directories")
      }
      let file =
        if let member {
          try SealedDirectory(input).member(member, with: keys)
        } else {
          try SealedPath(input).unlock(with: keys)
        }
      if let part = try part(of: file) { try write(try file.read(part)) } else { try write(whole: file) }
    }
  }

  private func openDirectory(_ keys: borrowing OpeningKeys) throws {
    guard range == nil, tensor == nil else {
      throw Unusable(description: "\(input) is a sealed directory: name the file with --member")
    }
    guard output != "-" else {
      throw Unusable(
        description: "\(input) is a sealed directory: name a directory as the output, or a --member")
    }
    try SealedDirectory(input).open(with: keys, as: PathKind.trimmed(output)) { done, total in
      Terminal.progress("opening: \(done) of \(total) files")
    }
    Terminal.clearProgress()
  }

  private func part(of file: UnlockedFile<SealedInput>) throws -> Range<Int>? {
    if let tensor {
      let tensors = try file.tensors()
      return tensors.place(of: try tensors.named(tensor))
    }
    guard let bounds = range.flatMap(Self.bounds) else { return nil }
    let end = bounds.end ?? file.plainCount
    guard bounds.start <= end else {
      throw SealError.range(bounds.start..<bounds.start, of: file.plainCount)
    }
    return bounds.start..<end
  }

  private func write(whole file: UnlockedFile<SealedInput>) throws {
    if output == "-" { return try file.stream { try StandardOutput.write($0) } }
    try SealedOutput.open(
      file, as: output, replacing: force, progress: SealMeter("opening", bytes: file.plainCount).closure)
    Terminal.clearProgress()
  }

  private func write(_ part: borrowing SecretBytes) throws {
    if output == "-" { return try StandardOutput.write(part.span) }
    var writer = try DurableFileWriter(in: FilePath.parent(of: output), mode: 0o600)
    try writer.write(part.span)
    if force { try writer.commit(as: output) } else { try writer.commit(asNew: output) }
  }

  /// `A..<B` or `A..<`.
  private static func bounds(of text: String) -> (start: Int, end: Int?)? {
    guard let match = text.wholeMatch(of: #/(?<start>[0-9]{1,18})\.\.<(?<end>[0-9]{0,18})/#),
      let start = Int(match.start)
    else { return nil }
    let end = Int(match.end)
    guard end.map({ start <= $0 }) ?? true else { return nil }
    return (start, end)
  }
}

/// Files that are not as they were sealed.
enum Damage {
  /// Says what is wrong with a file, and ends with the status of a finding instead of that of a failure.
  static func reported(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as SealError where error.isDamage {
      Terminal.complain("martlet: \(error)")
      throw Exit.refused
    }
  }
}
