// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A value of a YAML text, as it is written: aliases are not followed, so that nothing can blow up, and no tag is obeyed.
package struct YAMLNode: Sendable {
  package indirect enum Kind: Sendable {
    /// A scalar; `isPlain` without quotes, so that `null`, `true` and numbers are not text.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
    /// `*name`
    case alias(String)
  }

  package struct Entry: Sendable {
    package let key: YAMLNode
    package let value: YAMLNode
  }

  package let kind: Kind
  /// In full, with handles and escapes resolved: `tag:yaml.org,2002:python/name:os.system`, `!local`.
  package let tag: String?
  package let anchor: String?
  package let offset: Int

  /// The text of a scalar.
  package var scalar: String? { if case .scalar(let text, _) = kind { text } else { nil } }
  package var sequence: [YAMLNode]? { if case .sequence(let nodes) = kind { nodes } else { nil } }
  package var mapping: [Entry]? { if case .mapping(let entries) = kind { entries } else { nil } }

  /// The value of the last entry with this key, as loaders that do not refuse repeated keys take it.
  package subscript(key: String) -> YAMLNode? { mapping?.last { $0.key.scalar == key }?.value }
}

/// Why a text is no YAML.
package struct YAMLError: Error, Sendable, Equatable, CustomStringConvertible {
  package let reason: String
  package let offset: Int
  /// A cap was reached; the text may be YAML.
  package let isLimit: Bool
  /// The cap is that on values in each other.
  package let isDeep: Bool
  package var description: String { reason }

  package init(_ reason: String, at offset: Int, isLimit: Bool = false, isDeep: Bool = false) {
    self.reason = reason
    self.offset = offset
    self.isLimit = isLimit
    self.isDeep = isDeep
  }
}
