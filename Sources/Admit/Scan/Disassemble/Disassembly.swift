// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
import MartletFormats

/// What bytes are, written out for people: every opcode of a pickle with what it resolves to, the layout of an archive,
/// the tensors of a file. Nothing is executed.
package struct Disassembly {
  /// Takes one line, without its end.
  package typealias Sink = (String) -> Void

  let sink: Sink
  let allow = AllowList.standard

  package init(to sink: @escaping Sink) { self.sink = sink }

  /// Why a part could not be found.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case noArchive(String)
    case noMember(String, in: [String])

    package var description: String {
      switch self {
      case .noArchive(let name): "expected an archive to look for \(name) in, found something else"
      case .noMember(let name, let members):
        "there is no member \(name); there are "
          + members.prefix(12).joined(separator: ", ") + (members.count > 12 ? ", …" : "")
      }
    }
  }

  /// Writes everything out.
  /// - Parameter member: a member in an archive, from the outside in, joined by `!`; nil for the whole.
  package func write(_ bytes: Bytes, member: String? = nil) throws(Failure) {
    var bytes = bytes
    for name in member?.split(separator: "!").map(String.init) ?? [] {
      guard let archive = try? ZipArchive(bytes) else { throw .noArchive(name) }
      let members = ZipMembers(archive)
      guard let inner = members.contents(of: name) else { throw .noMember(name, in: members.names) }
      bytes = inner
    }
    write(all: bytes, depth: 0)
  }

  func write(all bytes: Bytes, depth: Int) {
    var formats = ScannedFormats.formats.filter { $0.fits(bytes) }.map(\.name)
    if formats.isEmpty, PlainText.utf8(of: bytes) != nil { formats = ["text"] }
    sink(
      "; \(formats.isEmpty ? "no known format" : formats.joined(separator: " and ")), \(bytes.count) bytes")
    var written = false
    for format in formats {
      switch format {
      case "pickle": pickle(bytes)
      case "zip": zip(bytes, depth: depth)
      case "npy": array(bytes, depth: depth)
      case "safetensors": tensors(bytes)
      case "onnx": graph(bytes)
      case "text": text(bytes)
      default: continue
      }
      written = true
    }
    if !written { hex(bytes) }
  }

  /// The first lines of a text.
  private func text(_ bytes: Bytes) {
    let shown = bytes.slice(0..<min(bytes.count, 8192)).array()
    for line in shown.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(60) {
      sink("  " + String(decoding: line.prefix(200), as: UTF8.self))
    }
    if bytes.count > shown.count { sink("  … \(bytes.count - shown.count) more bytes") }
  }

  /// The first bytes of anything.
  func hex(_ bytes: Bytes) {
    let shown = min(bytes.count, 512)
    for start in stride(from: 0, to: shown, by: 16) {
      var digits = ""
      var letters = ""
      for at in start..<min(start + 16, shown) {
        let byte = bytes[at]
        let hex = String(byte, radix: 16)
        digits += (hex.count < 2 ? "0" : "") + hex + " "
        letters += byte >= 0x20 && byte < 0x7F ? String(Unicode.Scalar(byte)) : "."
      }
      sink("\(Self.padded(start, 8))  \(Self.filled(digits, 48)) \(letters)")
    }
    if bytes.count > shown { sink("          … \(bytes.count - shown) more bytes") }
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let text = "\(number)"
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }

  static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
