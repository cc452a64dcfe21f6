// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The command that asks a version a question, for a shell.
enum AskCommand {
  /// - Parameter host: as the browser names this server. Anything but a host and a port is not repeated.
  static func text(model: String, version: Int, host: String?, question: String?) -> String {
    let host = host.flatMap { isHost($0) ? $0 : nil } ?? "localhost:8443"
    let start = """
      curl --cacert "${MARTLET_HOME:-$HOME/.martlet}/server.pem" \\
        -H "Authorization: Bearer $MARTLET_KEY" \\

      """
    let address = "https://\(host)/v2/models/\(model)/versions/\(version)"
    guard let question else { return start + "  \(address)" }
    return start + "  \(address)/infer \\\n  -d \(quoted(question))"
  }

  /// In single quotes nothing has a meaning but the quote itself.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  static func isHost(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
          UInt8(ascii: "["), UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }
}
