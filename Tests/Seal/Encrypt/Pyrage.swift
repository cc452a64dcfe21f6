// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The Python module pyrage, as `Scripts/peers` puts it beside the build: another implementation of age, which takes
/// passphrases from a program.
enum Pyrage {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: ".build/peers").path

  /// Runs a Python expression on `input`, in which `data` are the bytes and `argv` the arguments, and returns the bytes that
  /// it gives.
  static func evaluate(
    _ expression: String, _ input: [UInt8], _ arguments: [String] = [], in directory: String
  ) throws -> [UInt8] {
    try #require(
      FileManager.default.fileExists(atPath: folder),
      "pyrage is missing: run `make test`, which fetches it")
    let file = directory + "/" + UUID().uuidString
    try Data(input).write(to: URL(fileURLWithPath: file))
    let program = """
      import sys
      import pyrage
      data, argv = open(sys.argv[1], "rb").read(), sys.argv[2:]
      sys.stdout.buffer.write(\(expression))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program, file] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": folder]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "pyrage failed: \(expression)")
    return Array(bytes)
  }
}
