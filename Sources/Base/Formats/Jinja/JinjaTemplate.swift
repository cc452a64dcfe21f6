// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One statement or piece of text of a Jinja template, as ``JinjaParser`` read it.
package struct JinjaStatement: Sendable {
  package indirect enum Kind: Sendable {
    /// Text between the tags, as it stands.
    case data(String)
    /// `{{ … }}`, and `{% do … %}`, which says nothing.
    case output(JinjaExpression)
    /// The branches of an `if`; the last one may have no condition.
    case choice([Branch])
    case loop(
      target: [String], over: JinjaExpression, condition: JinjaExpression?, body: [JinjaStatement],
      otherwise: [JinjaStatement])
    /// `{% set a, b = … %}` and `{% set x %}…{% endset %}`; a field of a namespace is `ns.field`.
    case assign(
      targets: [String], value: JinjaExpression?, filters: [JinjaExpression], body: [JinjaStatement])
    case macro(name: String, parameters: [Parameter], body: [JinjaStatement])
    /// `{% call(…) f() %}…{% endcall %}`
    case callBlock(JinjaExpression, parameters: [Parameter], body: [JinjaStatement])
    /// `filter`, `generation`, `block`, `autoescape`, `with`: what stands in it is rendered.
    case block(tag: String, expressions: [JinjaExpression], parameters: [Parameter], body: [JinjaStatement])
    /// `break`, `continue`.
    case jump(String)
    /// `include`, `import`, `from`, `extends`: another template.
    case foreign(tag: String)
  }

  package struct Branch: Sendable {
    package let condition: JinjaExpression?
    package let body: [JinjaStatement]
  }

  package struct Parameter: Sendable {
    package let name: String
    package let value: JinjaExpression?
  }

  package let kind: Kind
  package let offset: Int
}

/// An expression of a Jinja template. Chains of operators of one precedence lie flat, so that a tree is no deeper than
/// its brackets.
package indirect enum JinjaExpression: Sendable {
  case text(String)
  /// Nil for a number that does not fit.
  case integer(Int64?)
  case float
  /// `true`, `false`, `none`.
  case constant(String)
  case name(String, at: Int)
  case attribute(JinjaExpression, String, at: Int)
  case item(JinjaExpression, JinjaExpression, at: Int)
  case slice([JinjaExpression])
  case call(JinjaExpression, [Argument], at: Int)
  /// Without a value inside `{% filter … %}` and `{% set x | … %}`.
  case filter(JinjaExpression?, String, [Argument], at: Int)
  case test(JinjaExpression, String, [Argument], at: Int)
  /// Operands and the operators between them.
  case operation([JinjaExpression], [String], at: Int)
  /// `not`, `-`, `+`.
  case unary(String, JinjaExpression)
  case conditional(JinjaExpression, condition: JinjaExpression, otherwise: JinjaExpression?)
  /// A list or a tuple.
  case list([JinjaExpression])
  case dict([Argument])

  package struct Argument: Sendable {
    /// The keyword, if there is one.
    package let name: String?
    /// `*x` and `**x`.
    package let isSpread: Bool
    /// The key of a dictionary's entry.
    package let key: JinjaExpression?
    package let value: JinjaExpression

    init(_ value: JinjaExpression, name: String? = nil, isSpread: Bool = false, key: JinjaExpression? = nil) {
      self.value = value
      self.name = name
      self.isSpread = isSpread
      self.key = key
    }
  }
}

/// Why a text is no Jinja template that can be read.
package struct JinjaError: Error, Sendable, Equatable, CustomStringConvertible {
  package let reason: String
  package let offset: Int
  package var description: String { reason }
}
