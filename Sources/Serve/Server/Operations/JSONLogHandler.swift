// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import Logging

/// Writes the server's own log as one JSON object a line: `time`, `level`, `message`, and what belongs to it.
package struct JSONLogHandler: LogHandler {
  package var logLevel = Logger.Level.warning
  package var metadata = Logger.Metadata()
  private let write: @Sendable ([UInt8]) -> Void

  /// - Parameter write: gets whole lines, from any thread.
  package init(write: @escaping @Sendable ([UInt8]) -> Void) {
    self.write = write
  }

  /// Lines on standard error, each in one piece.
  package static func standardError() -> JSONLogHandler {
    JSONLogHandler { line in
      unsafe line.withUnsafeBytes { _ = unsafe Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var members = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
    members["time"] = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
    members["level"] = event.level.rawValue
    members["message"] = "\(event.message)"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts only: there is nothing in it that could fail to encode.
    write(Array(try! encoder.encode(members)) + [UInt8(ascii: "\n")])
  }
}
