// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFiles
import MartletLog
import MartletMerkle
import Testing

/// Go's checksum database packages, which share no code with Martlet, accept the log and refuse a changed one. Needs
/// the packages that `Scripts/dependencies test` installs.
@Suite struct IndependentTests {
  private static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Go/check")

  private static func accepts(_ path: String, _ key: LogVerifierKey) throws -> Bool {
    let process = Process()
    process.executableURL = program
    process.arguments = [path, key.text]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // A missing Go is no refusal.
    try #require(
      text.contains("Go accepts") == (process.terminationStatus == 0) && process.terminationStatus != 127,
      "\(text)")
    return process.terminationStatus == 0
  }

  @Test func goAcceptsTheLogAndItsProofs() async throws {
    let log = try LogScratch(size: 600, batch: 77)
    #expect(try Self.accepts(log.directory, log.verifier))

    let scratch = try WitnessScratch(watching: [log.verifier])
    _ = try await scratch.cosign(log)
    let proof = TlogProof(
      extra: LogScratch.entry(41), index: 41, path: try log.reader.inclusionProof(of: 41).path,
      checkpoint: try log.read("cosigned"))
    let (file, forged) = (log.home + "/41.tlog-proof", log.home + "/42.tlog-proof")
    try DurableFile.create(file, with: proof.encoded.span)
    #expect(try Self.accepts(file, log.verifier))
    let other = TlogProof(extra: proof.extra, index: 42, path: proof.path, checkpoint: proof.checkpoint)
    try DurableFile.create(forged, with: other.encoded.span)
    #expect(try !Self.accepts(forged, log.verifier))

    var tile = try log.read("tile/entries/000")
    tile[9] ^= 1
    try log.write(tile, to: "tile/entries/000")
    #expect(try !Self.accepts(log.directory, log.verifier))
  }
}
