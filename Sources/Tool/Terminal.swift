// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Prints for people: results on standard output, progress and complaints on standard error. Colours, moving lines and
/// broken lines only where a person looks (a terminal; colours only without `NO_COLOR`).
enum Terminal {
  enum Colour: String {
    case green = "32"
    case red = "31"
    case yellow = "33"
    case bold = "1"
    case dim = "2"
  }

  private static let paints =
    isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  private static let showsProgress = isatty(STDERR_FILENO) == 1

  static func paint(_ text: String, _ colour: Colour) -> String {
    paints ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  static func say(_ text: String) {
    write(visible(text) + "\n", to: .standardOutput)
  }

  /// Prints text that begins behind `margin` and goes on below itself where a terminal is too narrow for it. A line break
  /// in the text is shown as what it is: what a file says cannot add a line to our own.
  /// - Parameter width: how many columns the margin takes.
  static func say(_ text: String, after margin: String, width: Int) {
    let text = text.replacing("\n", with: "\\u{a}")
    let lines = broken(text, to: columns(of: STDOUT_FILENO).map { max(20, $0 - width) })
    for (index, line) in lines.enumerated() {
      say((index == 0 ? margin : String(repeating: " ", count: width)) + line)
    }
  }

  /// Says on one line why something was not done.
  static func complain(_ text: String) {
    clearProgress()
    let line = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    write(visible(line.joined(separator: " ")) + "\n", to: .standardError)
  }

  /// Replaces the last progress line.
  static func progress(_ text: String) {
    guard showsProgress else { return }
    let room = columns(of: STDERR_FILENO).map { max(0, $0 - 1) } ?? .max
    write("\r\u{1B}[K\(visible(text).prefix(room))", to: .standardError)
  }

  static func clearProgress() {
    guard showsProgress else { return }
    write("\r\u{1B}[K", to: .standardError)
  }

  /// Prints a document for machines.
  static func document(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n", to: .standardOutput)
  }

  /// Prints a document that is text already and safe to print.
  static func raw(_ text: String) { write(text, to: .standardOutput) }

  private static func write(_ text: String, to file: FileHandle) {
    // A reader that went away (`| head`) is no reason to fail.
    try? file.write(contentsOf: Data(text.utf8))
  }

  /// How wide the terminal is; nil for what is none.
  private static func columns(of file: Int32) -> Int? {
    var size = winsize()
    guard isatty(file) == 1, unsafe ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Breaks text between words into lines of at most `room` characters; a longer word has a line for itself.
  private static func broken(_ text: String, to room: Int?) -> [String] {
    guard let room, text.count > room else { return [text] }
    var lines = [""]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= room {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// Text from a hostile file may hold control characters that would drive the terminal. They are shown, not sent; our own
  /// colours pass.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var shown = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}", paints, rest.first == "[" {
        let code = rest.dropFirst().prefix { ("0"..."9").contains($0) }
        if rest.dropFirst(1 + code.count).first == "m", code.count <= 2 {
          shown += "\u{1B}[\(String(String.UnicodeScalarView(code)))m"
          rest = rest.dropFirst(code.count + 2)
          continue
        }
      }
      if isControl(scalar) {
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n"
      && (scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format)
  }
}
