// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The stock `age` and `age-keygen`, as Debian installs them.
enum AgeTool {
  /// Runs one of them, and fails the test when it is missing or says no.
  static func run(_ tool: String, _ arguments: [String]) throws -> Data {
    let path = try #require(
      ["/usr/bin/", "/usr/local/bin/"].map { $0 + tool }.first(where: FileManager.default.isExecutableFile),
      "\(tool) is missing: run `make test`, which installs it")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(tool) \(arguments.joined(separator: " ")) failed")
    return data
  }
}
