// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The reference tool for OpenSSF Model Signing, as `Scripts/peers` installs it.
enum ReferenceTool {
  private static let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../.build/peers").standardizedFileURL.path

  /// Runs its command, and says whether it said yes.
  static func run(_ arguments: [String]) throws -> (accepts: Bool, output: String) {
    try python(["-m", "model_signing"] + arguments)
  }

  /// Runs a program with its library, for what the command has no options for.
  static func python(_ arguments: [String]) throws -> (accepts: Bool, output: String) {
    try #require(
      FileManager.default.fileExists(atPath: peers + "/installed"),
      "the reference tool is missing: run `make test`, or Scripts/peers, which installs it")
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": peers]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus == 0, output)
  }
}
