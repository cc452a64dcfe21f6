// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Bytes of a Jinja template; the longest chat templates have 20,000.
  package static let jinjaTemplate = 1 << 20
  package static let jinjaTokens = 1 << 18
  /// Brackets and blocks in each other in a template.
  package static let jinjaDepth = 64
  /// Attributes, subscripts, calls and filters behind each other.
  package static let jinjaChain = 256

  /// Bytes of a YAML text that is read as a tree.
  package static let yamlText = 8 << 20
  /// Scalars, lists and mappings of one YAML text.
  package static let yamlNodes = 1 << 17
  package static let yamlDepth = 64

  /// Bytes of an XML text that is read.
  package static let xmlText = 256 << 20
  package static let xmlDepth = 256
  package static let xmlAttributes = 256
  /// Bytes of one text, value or declaration of an XML text that are kept at a time.
  package static let xmlPiece = 1 << 20

  /// Names of one JSON object that are compared with each other.
  package static let jsonNames = 1 << 18
  /// Bytes of a string in a JSON text that is looked at as a template or as encoded bytes.
  package static let jsonString = 8 << 20

  /// Bytes that are decoded from Base64 and the like in one text.
  package static let encodedText = 32 << 20
  /// Tokens of one logical line of Python behind which it is cut at a comma or semicolon; at twice as many anywhere.
  package static let pythonLine = 1 << 13
  /// Bytes of one string of Python that are kept.
  package static let pythonText = 1 << 16
  /// Bytes that are read again behind lines that turn out to be no Python.
  package static let pythonWaste = 16 << 20
  /// Layers and blobs of a network of ncnn.
  package static let ncnnLayers = 1 << 20
  /// Bytes of a text that has to be turned into UTF-8.
  package static let sixteenBitText = 16 << 20
}
