// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension Target {
  static let texts: [String: Body] = [
    "json": { bytes in
      _ = try? JSONReader.read(bytes.span)
      var reader = JSONReader(bytes.span)
      _ = try? reader.skipValue()
      var ears = Deaf()
      _ = try? JSONSurvey.read(bytes, &ears)
    },
    "yaml": { _ = try? YAMLReader.read($0) },
    "xml": { bytes in
      var reader = XMLReader(bytes)
      while let next = try? reader.next() { _ = next }
    },
    "jinja": { _ = try? JinjaParser.parse($0) },
    "python": { bytes in
      var lines = PythonLexer(bytes.span)
      while let line = lines.next() { _ = line }
    },
    "torchscript": { bytes in
      var lexer = TorchScriptLexer(bytes.span)
      while let token = try? lexer.next() { _ = token }
    },
    "plain-text": { _ = PlainText.utf8(of: $0) },
  ]

  /// Hears every value and keeps none.
  private struct Deaf: ConfigVisitor {
    mutating func text(_ value: String, at path: [ConfigStep], offset: Int) {}
    mutating func flag(_ value: Bool, at path: [ConfigStep], offset: Int) {}
    mutating func number(isZero: Bool, at path: [ConfigStep], offset: Int) {}
  }
}
