// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

extension JinjaJudge {
  /// Looks for strings from which a way out could be spelled.
  mutating func findStrings(_ statements: [JinjaStatement]) {
    for statement in statements {
      // `{% set x %}…{% endset %}` makes a string of what stands in it.
      for (text, _) in texts(of: statement) where text.contains("__") && suspicious == nil {
        suspicious = JinjaNames.dunder(in: text)
      }
      each(of: statement) { judge, expression in
        judge.visit(expression) { judge, part in
          if case .call(_, let arguments, let offset) = part {
            for name in arguments.compactMap(\.name) {
              judge.judgeName(name, offset)
              if Self.pieces.contains(name) || name.hasPrefix("_") { judge.suspicious = name }
            }
          }
          guard case .text(let text) = part, judge.suspicious == nil else { return }
          if text.contains("__") || Self.pieces.contains(text) || JinjaNames.ways.contains(text)
            || text.hasPrefix("_")
          {
            judge.suspicious = text
          }
        }
      }
    }
  }

  private static let pieces: Set<String> = [
    "_", "class", "ssalc", "globals", "slabolg", "builtins", "snitliub", "subclasses", "init", "getattribute",
    "import",
    "mro", "popen", "system", "dict", "base", "bases", "getitem", "ss", "cla", "glo", "bals",
  ]

  /// Calls `body` with every expression of a statement and of those in it.
  mutating func each(
    of statement: JinjaStatement, _ body: (inout JinjaJudge, JinjaExpression) -> Void
  ) {
    switch statement.kind {
    case .data, .jump, .foreign: break
    case .output(let value): body(&self, value)
    case .choice(let branches):
      for branch in branches {
        if let condition = branch.condition { body(&self, condition) }
        for inner in branch.body { each(of: inner, body) }
      }
    case .loop(_, let over, let condition, let inner, let otherwise):
      body(&self, over)
      if let condition { body(&self, condition) }
      for inner in inner + otherwise { each(of: inner, body) }
    case .assign(_, let value, let filters, let inner):
      if let value { body(&self, value) }
      for filter in filters { body(&self, filter) }
      for inner in inner { each(of: inner, body) }
    case .macro(_, let parameters, let inner):
      for parameter in parameters { if let value = parameter.value { body(&self, value) } }
      for inner in inner { each(of: inner, body) }
    case .callBlock(let call, let parameters, let inner):
      body(&self, call)
      for parameter in parameters { if let value = parameter.value { body(&self, value) } }
      for inner in inner { each(of: inner, body) }
    case .block(_, let expressions, let parameters, let inner):
      for expression in expressions { body(&self, expression) }
      for parameter in parameters { if let value = parameter.value { body(&self, value) } }
      for inner in inner { each(of: inner, body) }
    }
  }

  /// Looks at what the template says to the model by itself. Words that turn a model against who uses it, and prose that
  /// only appears when a user's message has a certain word in it, cannot be called harmless.
  mutating func judgeTexts(_ statements: [JinjaStatement]) {
    for statement in statements {
      for (text, offset) in texts(of: statement) { judgeOrder(text, offset) }
      judgeTriggers(statement)
    }
  }

  private static let orders: [String] = [
    "ignore previous instruction", "ignore all previous", "ignore the previous", "ignore prior instruction",
    "disregard previous", "disregard all", "disregard the above",

    "without telling the user", "do not mention this", "do not reveal this", "never mention this",
    "never reveal this",
    "exfiltrat", "rm -rf", "curl http", "wget http", "os.system", "subprocess.", "<script",
    "without informing the user",
    "do not inform the user", "hidden instruction", "secret instruction", "bypass safety", "bypass all",
    "no restrictions",
    "override your", "override all", "always recommend", "insert a backdoor", "include the following link",
    "include a link", "send the conversation", "send all", "secretly",
  ]

  private mutating func judgeOrder(_ text: String, _ offset: Int) {
    guard text.utf8.count >= 6 else { return }
    let lower = text.lowercased()
    if let order = Self.orders.first(where: { lower.contains($0) }) {
      notes.add(
        .templateText, "it tells the model to '\(order)'", construct: Self.excerpt(text), at: offset,
        allow: "jinja:text")
    }
  }

  private static func excerpt(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 120 ? line.prefix(120) + "…" : line
  }

  private mutating func judgeTriggers(_ statement: JinjaStatement) {
    if case .choice(let branches) = statement.kind {
      for branch in branches {
        guard let condition = branch.condition, let word = trigger(in: condition) else { continue }
        let said = branch.body.flatMap { texts(of: $0) }.map(\.0)
        if let prose = said.first(where: { Self.isProse($0) || $0.contains("://") }) {
          notes.add(
            .templateText, "it says something only when a message has '\(word)' in it",
            construct: Self.excerpt(prose),
            at: statement.offset, allow: "jinja:text")
        }
      }
    }
    for inner in Self.inner(of: statement) { judgeTriggers(inner) }
  }

  private static func inner(of statement: JinjaStatement) -> [JinjaStatement] {
    switch statement.kind {
    case .choice(let branches): branches.flatMap(\.body)
    case .loop(_, _, _, let body, let otherwise): body + otherwise
    case .assign(_, _, _, let body), .macro(_, _, let body), .callBlock(_, _, let body),
      .block(_, _, _, let body):
      body
    case .data, .output, .jump, .foreign: []
    }
  }

  /// The word of a message that a condition asks for; nil when it asks for markup or for a role.
  private func trigger(in condition: JinjaExpression) -> String? {
    var copy = self
    var word: String?
    copy.visit(condition) { judge, part in
      guard word == nil else { return }
      switch part {
      case .operation(let values, let signs, _) where signs.contains(where: { ["in", "=="].contains($0) }):
        guard
          values.dropFirst().contains(where: { judge.isMessage($0) })
            || (signs == ["=="] && judge.isMessage(values[0]))
        else { return }
        word = values.compactMap { judge.fold($0) }.first { Self.isWord($0) }
      case .call(.attribute(let base, let name, _), let arguments, _)
      where ["startswith", "endswith", "find", "count", "index"].contains(name):
        guard judge.isMessage(base) else { return }
        word = arguments.compactMap { judge.fold($0.value) }.first { Self.isWord($0) }
      default: break
      }
    }
    return word
  }

  /// Text of a message: something called `content` or `text`.
  private func isMessage(_ expression: JinjaExpression) -> Bool {
    switch expression {
    case .name(let name, _):
      name.hasSuffix("content") || name == "text" || name.hasSuffix("query") || name.hasSuffix("prompt")
    case .attribute(_, let name, _): name == "content" || name == "text"
    case .item(let base, .text(let name), _): name == "content" || (name == "text" && !isMessage(base))
    case .item(let base, _, _): isMessage(base)
    case .filter(let base?, _, _, _): isMessage(base)
    case .call(.attribute(let base, _, _), _, _): isMessage(base)
    default: false
    }
  }

  /// Letters and blanks only: what a user writes, not what marks up a conversation.
  private static func isWord(_ text: String) -> Bool {
    let letters = text.filter(\.isLetter).count
    return letters >= 3 && text.allSatisfy { $0.isLetter || $0 == " " || $0 == "'" } && !parts.contains(text)
  }

  /// What parts of a message are called.
  private static let parts: Set<String> = [
    "text", "image", "video", "audio", "file", "json", "tool", "content", "type", "role", "user", "assistant",
    "system",
    "thinking", "reasoning", "string", "Observation",
  ]

  /// At least eight words outside of markup.
  private static func isProse(_ text: String) -> Bool {
    var words = 0
    for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      if word.count >= 2, word.allSatisfy({ $0.isLetter || ",.'!?:;".contains($0) }) { words += 1 }
    }
    return words >= 8
  }

  /// What a statement writes out by itself, with offsets.
  private func texts(of statement: JinjaStatement) -> [(String, Int)] {
    var found: [(String, Int)] = []
    if case .data(let text) = statement.kind { found.append((text, statement.offset)) }
    var copy = self
    for inner in Self.inner(of: statement) { found += texts(of: inner) }
    switch statement.kind {
    case .output(let value), .assign(_, .some(let value), _, _):
      copy.visit(value) { _, part in if case .text(let text) = part { found.append((text, statement.offset)) }
      }
    default: break
    }
    return found
  }
}
