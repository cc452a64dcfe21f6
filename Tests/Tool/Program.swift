// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Synchronization
import Testing

/// A program of the machine, run as a user runs it.
final class Program: @unchecked Sendable {
  // `Process` is not Sendable; it is started once and then only asked.
  private let process = Process()
  private let ended = AsyncStream<Void>.makeStream()
  private let outputFile: URL?
  private let errorFile: URL
  private let pipe: Pipe?

  /// How a program ended and what it printed.
  struct Ended: Sendable {
    /// Its exit status; 128 and the signal when a signal ended it.
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
    /// What stands on standard error, line by line.
    var complaints: [String] {
      errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    func json() throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)\(errors)")
    }
  }

  /// The `martlet` that was built with these tests: it stands beside the program that runs them.
  static let martlet = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("martlet").path

  /// Starts it.
  /// - Parameter isTalking: its output can be read while it runs, with ``paragraph()``; otherwise it is all there at the end.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], in directory: String,
    scratch: String,
    isTalking: Bool = false
  ) throws {
    try #require(FileManager.default.isExecutableFile(atPath: path), "there is no program \(path)")
    let name = scratch + "/" + UUID().uuidString
    errorFile = URL(fileURLWithPath: name + ".err")
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = FileHandle.nullDevice
    process.standardError = try Self.file(errorFile)
    if isTalking {
      pipe = Pipe()
      outputFile = nil
      process.standardOutput = pipe
    } else {
      pipe = nil
      outputFile = URL(fileURLWithPath: name + ".out")
      process.standardOutput = try Self.file(outputFile!)
    }
    let ended = ended.continuation
    process.terminationHandler = { _ in ended.finish() }
    try process.run()
  }

  private static func file(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  var identifier: Int32 { process.processIdentifier }

  func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until it has ended or has used so much of the processor's time, and says how much that was.
  func work(atMost limit: Duration) async throws -> Duration {
    var used = Duration.zero
    while process.isRunning, used < limit {
      // Nanoseconds on the processor come first (Linux, Documentation/scheduler/sched-stats).
      let facts = try? String(contentsOfFile: "/proc/\(identifier)/schedstat", encoding: .utf8)
      if let spent = facts?.split(separator: " ").first.flatMap({ Int64($0) }) {
        used = max(used, .nanoseconds(spent))
      }
      try await Task.sleep(for: .milliseconds(1))
    }
    return used
  }

  /// Waits until it has ended.
  func end() async throws -> Ended {
    for await _ in ended.stream {}
    let code = process.terminationStatus
    let output = try outputFile.map { try Data(contentsOf: $0) } ?? Data()
    return Ended(
      status: process.terminationReason == .exit ? code : 128 + code,
      output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }

  /// Waits for a JSON document on its output.
  func paragraph() async throws -> String {
    let reader = try #require(pipe).fileHandleForReading
    let text = await withCheckedContinuation { (continuation: CheckedContinuation<String, Never>) in
      Thread.detachNewThread {
        var bytes = Data()
        while !bytes.ends("\n}\n") {
          let more = reader.availableData
          if more.isEmpty { break }
          bytes += more
        }
        continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
      }
    }
    return text
  }
}

extension Data {
  fileprivate func ends(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
