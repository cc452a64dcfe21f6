// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Functions, commands and code in values that no loader is known by, where their names give them away.
extension ConfigJudge {
  /// A name under which some library looks up what it then calls. Only what is known to do harm is reported: the same
  /// names also hold words.
  mutating func namedFunction(_ value: String, _ key: String, _ path: [ConfigStep], _ offset: Int) {
    if key != keyKind.key {
      keyKind = (
        key, Self.functions.contains(key) || key.hasPrefix("@"),
        Self.commands.contains(key) || key == "download",
        Self.paired.contains(key)
      )
    }
    if keyKind.isCommand { command(value, key, path, offset) }
    if keyKind.isFunction, PythonTarget.isDotted(value), case .dangerous(let effect) = target.standing(value)
    {
      notes.add(.configHarm, "'\(key)' names \(value), which \(effect)", construct: value, at: offset)
    }
    if keyKind.isPaired { pair(value, key, path, offset) }
  }

  private static let paired: Set<String> = [
    "module", "module_name", "module_path", "__module__", "package", "pkg", "class_name", "class", "name",
    "function",
    "function_name", "func", "fn", "attr", "qualname", "object", "cls", "id",
  ]

  private static let functions: Set<String> = [
    "class", "cls", "class_name", "func", "fn", "function", "callable", "factory", "handler", "entry_point",
    "entrypoint", "constructor", "method", "hook", "callback", "init_fn", "worker_init_fn", "initializer",
    "type",
    "impl", "op", "transform", "resolver", "loader", "custom_function", "forward_fn", "collate_fn",
    "_component_",
    "_type_", "_class_", "_fn_", "_call_", "import_path", "object", "cls_path", "type_path", "target_class",
  ]

  /// `{"module": "os", "class_name": "system"}`, and LangChain's `{"lc": 1, "id": ["os", "system"]}`.
  private mutating func pair(_ value: String, _ key: String, _ path: [ConfigStep], _ offset: Int) {
    guard value.utf8.count <= 256, !isSkops else { return }
    let parent = Array(path.dropLast())
    if ["module", "module_name", "module_path", "__module__", "package", "pkg"].contains(key) {
      module = (parent, value)
    } else if key != "id" {
      member = (parent, value)
    } else if isLangChain, case .index(let index)? = path.last {
      if index == 0 || langChainParts.count != index { langChainParts = [] }
      langChainParts.append(value)
      reportPair(langChainParts.joined(separator: "."), offset)
      return
    } else {
      return
    }
    if let module, let member, module.parent == member.parent {
      reportPair(module.name + "." + member.name, offset)
    }
  }

  private mutating func reportPair(_ name: String, _ offset: Int) {
    guard PythonTarget.isDotted(name), case .dangerous(let effect) = target.standing(name) else { return }
    notes.add(.configHarm, "the configuration names \(name), which \(effect)", construct: name, at: offset)
  }

  /// Commands that tools run from their configurations. Building and testing is what they are for; what nobody can answer
  /// for is reported.
  private mutating func command(_ value: String, _ key: String, _ path: [ConfigStep], _ offset: Int) {
    // Rows of a data set have such names, too.
    if isYAML || key.hasSuffix("Command"), Self.commands.contains(key), let what = BuildText.harm(in: value) {
      notes.add(
        .configCommand, "'\(key)' is a command that \(what)", construct: String(value.prefix(160)),
        at: offset,
        allow: "text:command")
    }
    // Ultralytics runs what stands here when the images are not there: an address is fetched, anything else is code.
    guard isYAML, path == [.key("download")], !value.isEmpty, !value.hasPrefix("http") else { return }
    let lines = Bytes(utf8: value)
    if value.hasPrefix("bash ") {
      notes.add(
        .configCommand, "the data set is fetched by a command", construct: String(value.prefix(160)),
        at: offset,
        allow: "text:command")
    } else {
      let signs = SourceSigns(lines)
      for effect in signs.harm {
        notes.add(.configHarm, "'download' is code: \(effect.what)", construct: effect.construct, at: offset)
      }
      if signs.isPython {
        notes.add(
          .configCommand, "the data set is fetched by code in the configuration",
          construct: String(value.prefix(160)), at: offset, allow: "text:command")
      }
    }
  }

  private static let commands: Set<String> = [
    "run", "command", "script", "entrypoint", "cmd", "before_script", "after_script", "exec", "args", "setup",
    "postCreateCommand", "onCreateCommand", "updateContentCommand", "postStartCommand", "start_command",
    "build_command",
  ]

  // MARK: Notebooks

  /// Gathers the lines of a cell. Opening a notebook runs none of them: only what does harm is reported.
  mutating func cell(_ value: String, _ path: [ConfigStep], _ offset: Int) {
    guard let cells = path.firstIndex(of: .key("cells")), path.count > cells + 2,
      path[cells + 2] == .key("source"),
      case .index(let index) = path[cells + 1]
    else { return }
    if index != notebook.cell { judgeCell() }
    if notebook.lines.isEmpty { notebook.offset = offset }
    notebook.cell = index
    if notebook.lines.utf8.count < 1 << 20 { notebook.lines += value }
  }

  mutating func judgeCell() {
    let lines = notebook.lines
    guard !lines.isEmpty else { return }
    notebook.lines = ""
    var commands = ""
    var code = ""
    for line in lines.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let bare = line.drop(while: \.isWhitespace)
      if bare.first == "!" {
        commands += bare.dropFirst() + "\n"
      } else if bare.first != "%" {
        code += line + "\n"
      }
    }
    if lines.hasPrefix("%%bash") || lines.hasPrefix("%%sh") || lines.hasPrefix("%%script") { commands = code }
    let harm = SourceSigns(Bytes(utf8: code)).harm.first
    let command = commands.isEmpty ? nil : ShellSigns.harm(in: commands)
    guard let construct = harm?.construct ?? command else { return }
    notes.add(
      .sourceCode, "a cell of the notebook does harm when it is run: \(harm?.what ?? construct)",
      construct: construct,
      at: notebook.offset, allow: "text:notebook")
  }
}
