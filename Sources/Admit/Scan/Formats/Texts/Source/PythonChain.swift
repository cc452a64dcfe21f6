// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// What a chain of names, subscripts and calls in Python source leads to, as far as the text alone tells:
/// `sys.modules["os"].system`, `__import__("os").system` and `getattr(os, "sys" + "tem")` are all `os.system`.
struct PythonChain {
  /// Dotted, with what the names stand for in front.
  private(set) var path: String
  /// A name in it is computed.
  private(set) var isComputed = false
  /// What it leads to is called.
  private(set) var isCalled = false
  /// Where its last name or bracket ends.
  private(set) var end: Int

  /// - Parameter start: where a name stands that no dot is in front of.
  init(_ tokens: PythonTokens, at start: Int, _ names: PythonNames, depth: Int = 0) {
    path = names.resolved(tokens[start].text)
    end = start + 1
    while end < tokens.count, tokens[end].kind == .sign {
      switch tokens[end].text {
      case ".":
        guard end + 1 < tokens.count, tokens[end + 1].kind == .name else { return }
        path = names.resolved(path + "." + tokens[end + 1].text)
        if path.hasSuffix(".__dict__.get") || path.hasSuffix("globals().get") || path == "sys.modules.get" {
          guard end + 2 < tokens.count, tokens[end + 2].isSign("("),
            let (text, next) = Self.constant(tokens, at: end + 3)
          else { return }
          path = String(path.dropLast(4))
          pick(text)
          end = tokens.closing(from: next)
          continue
        }
        end += 2
      case "[":
        guard let (text, next) = Self.constant(tokens, at: end + 1), next < tokens.count,
          tokens[next].isSign("]")
        else {
          // What is taken out of a table of names under some name is only harmful when something is done with it.
          let next = tokens.closing(from: end + 1)
          if Self.holds(path), next < tokens.count, tokens[next].isSign("(") || tokens[next].isSign(".") {
            isComputed = true
          }
          return
        }
        guard pick(text) else { return }
        path = names.resolved(path)
        end = next + 1
      case "(":
        guard depth < 4, reach(tokens, names, depth) else {
          isCalled = true
          return
        }
        path = names.resolved(path)
      default: return
      }
    }
  }

  /// A table of names.
  private static func holds(_ path: String) -> Bool {
    path.hasSuffix("__dict__") || path.hasSuffix("globals()") || path == "sys.modules"
      || path == "__builtins__"
  }

  /// `table["name"]`
  @discardableResult
  private mutating func pick(_ name: String) -> Bool {
    if path == "sys.modules" || path == "globals()" || path == "locals()" || path == "__builtins__" {
      path = name
    } else if path.hasSuffix(".__dict__") {
      path = path.dropLast(9) + "." + name
    } else if path.hasSuffix("globals()") || path.hasSuffix("__globals__") {
      path = name
    } else {
      return false
    }
    return true
  }

  /// Calls that lead to what their arguments name; moves behind them.
  private mutating func reach(_ tokens: PythonTokens, _ names: PythonNames, _ depth: Int) -> Bool {
    let first = end + 1
    switch path {
    case "__import__", "importlib.import_module", "importlib.__import__", "pydoc.locate",
      "pkgutil.resolve_name":
      guard let (text, next) = Self.constant(tokens, at: first) else { return false }
      path = text.replacing(":", with: ".")
      end = tokens.closing(from: next)
    case "globals", "locals":
      guard first < tokens.count, tokens[first].isSign(")") else { return false }
      path += "()"
      end = first + 1
    case "vars", "dir":
      guard first < tokens.count, tokens[first].kind == .name else { return false }
      let inner = PythonChain(tokens, at: first, names, depth: depth + 1)
      path = inner.path + ".__dict__"
      end = tokens.closing(from: inner.end)
    case "getattr", "object.__getattribute__", "inspect.getattr_static":
      guard first < tokens.count, tokens[first].kind == .name else { return false }
      let inner = PythonChain(tokens, at: first, names, depth: depth + 1)
      let comma = inner.isCalled ? tokens.closing(from: inner.end + 1) : inner.end
      guard comma < tokens.count, tokens[comma].isSign(",") else { return false }
      if let (text, next) = Self.constant(tokens, at: comma + 1) {
        path = inner.path + "." + text
        end = tokens.closing(from: next)
      } else {
        path = inner.path
        isComputed = true
        end = tokens.closing(from: comma)
      }
    default: return false
    }
    return true
  }

  /// A string that is written out, also in several parts, and where it ends.
  private static func constant(_ tokens: PythonTokens, at start: Int) -> (text: String, next: Int)? {
    guard start < tokens.count, tokens[start].kind == .text else { return nil }
    var text = plain(tokens[start].text)
    var at = start + 1
    while at < tokens.count, text.utf8.count < 256 {
      if tokens[at].kind == .text {
        text += plain(tokens[at].text)
        at += 1
      } else if tokens[at].isSign("+"), at + 1 < tokens.count, tokens[at + 1].kind == .text {
        text += plain(tokens[at + 1].text)
        at += 2
      } else {
        break
      }
    }
    // `"metsys"[::-1]`
    if at + 4 < tokens.count, tokens[at].isSign("["), tokens[at + 1].isSign(":"), tokens[at + 2].isSign(":"),
      tokens[at + 3].isSign("-"), tokens[at + 4].text == "1"
    {
      return (String(text.reversed()), at + 6)
    }
    return (text, at)
  }

  /// With the escapes for plain letters resolved: `"\\x73ystem"`.
  private static func plain(_ text: String) -> String {
    guard text.contains("\\"), text.utf8.count < 1024 else { return text }
    var out = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\\", let letter = rest.popFirst() else {
        out.append(character)
        continue
      }
      let (digits, radix) =
        switch letter {
        case "x": (String(rest.prefix(2)), 16)
        case "u": (String(rest.prefix(4)), 16)
        case "U": (String(rest.prefix(8)), 16)
        case "0"..."7": (String(letter) + rest.prefix { ("0"..."7").contains($0) }.prefix(2), 8)
        default: ("", 16)
        }
      guard let value = UInt32(digits, radix: radix), let scalar = Unicode.Scalar(value) else {
        out.append(letter)
        continue
      }
      rest = rest.dropFirst(radix == 8 ? digits.count - 1 : digits.count)
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}
