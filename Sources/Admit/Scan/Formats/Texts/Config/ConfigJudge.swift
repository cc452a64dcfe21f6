// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Judges the values of a JSON or YAML text by the names that loaders look for, wherever they stand.
struct ConfigJudge: ConfigVisitor {
  var notes = Notes()
  /// Templates among the values, with the key that each stands under and whether a loader renders it.
  var templates: [(key: String, text: String, isRendered: Bool)] = []
  /// Texts that are configurations themselves, and the key that each stands under.
  var inner: [(key: String, text: Bytes)] = []
  /// Pickles that are written with the escapes of the text.
  var encoded: [Bytes] = []
  let target: PythonTarget
  private var isPipeline = false
  private var isModules = false
  private var isNotebook = false
  private(set) var isSkops = false
  private(set) var isLangChain = false
  private(set) var isYAML = false
  private var templateBytes = 0
  /// The last names of a module and of something in one, and where they stand.
  var module: (parent: [ConfigStep], name: String)?
  var member: (parent: [ConfigStep], name: String)?
  var langChainParts: [String] = []
  /// What the key of the last value is looked at for: most values that follow each other have the same.
  var keyKind = (key: "", isFunction: false, isCommand: false, isPaired: false)
  /// The cell of a notebook that is being read.
  var notebook: (cell: Int, lines: String, offset: Int) = (-1, "", 0)

  init(_ text: Bytes, allow: AllowList, isYAML: Bool = false) {
    target = PythonTarget(allow: allow)
    self.isYAML = isYAML
    let head = String(decoding: text.slice(0..<min(text.count, 1 << 16)).array(), as: UTF8.self)
    isPipeline = head.contains("\"_class_name\"") && head.contains("\"_diffusers_version\"")
    isModules = head.contains("\"idx\"") && head.contains("\"type\"") && head.contains("\"path\"")
    isSkops = head.contains("\"__loader__\"") && head.contains("\"__module__\"")
    isNotebook = head.contains("\"cell_type\"") || head.contains("\"nbformat\"")
    isLangChain = head.contains("\"lc\"")
  }

  // MARK: Values

  mutating func flag(_ value: Bool, at path: [ConfigStep], offset: Int) {
    guard value, let key = path.last?.key, key == "trust_remote_code" || key == "trust_repo" else { return }
    notes.add(
      .configRemoteCode, "it asks to run Python code of whatever repository it loads", construct: key,
      at: offset,
      allow: "hf:trust_remote_code")
  }

  mutating func number(isZero: Bool, at path: [ConfigStep], offset: Int) {
    flag(!isZero, at: path, offset: offset)
  }

  mutating func text(_ value: String, at path: [ConfigStep], offset: Int) {
    let key = path.last { $0.key != nil }?.key ?? ""
    template(value, key, path)
    if key == "trust_remote_code", path.last?.key == key {
      // What is no empty text is true.
      flag(
        !["", "false", "no", "off", "0", "none", "null", "~", "n"].contains(value.lowercased()), at: path,
        offset: offset)
    }
    if value.utf8.first == 0xC2, value.unicodeScalars.first == "\u{80}", encoded.count < 64,
      let bytes = Self.latin(value), bytes.count > 3, bytes[1] <= 5
    {
      encoded.append(bytes)
    }
    // References to the pieces of an array hold its metadata as text.
    if value.utf8.first == UInt8(ascii: "{"), value.contains("\"zarr_format\""), inner.count < 256 {
      inner.append((key, Bytes(utf8: value)))
    }
    if isNotebook { cell(value, path, offset) }
    namedFunction(value, key, path, offset)
    switch key {
    // Skops writes the module beside it, and the reader of its schema judges the pair.
    case "__class__" where isSkops && !value.contains(".") && !value.contains(":"): break
    case "_target_", "py/object", "py/type", "py/function", "py/class", "py/newobj", "__class__",
      "__reduce__",
      "loader_module", "__target__", "_target", "class_path", "py/reduce", "py/newargs", "py/newargsex",
      "py/repr", "py/ref":
      object(value, key, offset)
    case "target":
      if PythonTarget.isDotted(value) { object(value, key, offset, isLoose: true) }
    case "type" where isModules: if case .index? = path.first { object(value, key, offset) }
    case "path" where isModules: fileName(value, offset)
    case "attn_implementation", "_attn_implementation":
      if value.contains("/") {
        notes.add(
          .configRemoteCode, "it loads a compiled kernel from the repository '\(value)'", construct: value,
          at: offset,
          allow: "hf:" + value)
      }
    case "parent_library":
      if !value.hasPrefix("transformers."), !value.hasPrefix("diffusers."), value != "transformers",
        value != "diffusers"
      {
        object(value, key, offset)
      }
    case "impl" where path.contains(.key("custom_pipelines")): repositoryCode(value, offset)
    case "custom_generate":
      if path.last?.key == key { repositoryCode(value.contains("/") ? value + "--" : value, offset) }
    case "preinstall", "postinstall", "install", "prepare":
      if path == [.key("scripts"), .key(key)] {
        notes.add(
          .configCommand, "installing the package runs a command", construct: value, at: offset,
          allow: "text:command")
      }
    case "command":
      if isYAML, path.first == .key("entry_points") {
        notes.add(
          .configCommand, "the project runs a command", construct: value, at: offset, allow: "text:command")
      }
    default: break
    }
    if path.contains(.key("auto_map")) { repositoryCode(value, offset) }
    if path.count >= 2, path.contains(where: { $0.key?.hasPrefix("py/") == true }), key != "py/object",
      !key.hasPrefix("py/")
    {
      if PythonTarget.isDotted(value), case .dangerous = target.standing(value) { object(value, key, offset) }
    }
    if path.first == .key("weight_map") { fileName(value, offset) }
    if isPipeline { component(value, path, offset) }
    if isYAML { interpolation(value, offset) }
  }

  /// The bytes that a text has in Latin-1.
  private static func latin(_ text: String) -> Bytes? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard scalar.value < 0x100 else { return nil }
      bytes.append(UInt8(scalar.value))
    }
    return Bytes(bytes)
  }

  // MARK: Objects

  private mutating func object(_ value: String, _ key: String, _ offset: Int, isLoose: Bool = false) {
    var standing = target.standing(value)
    // An expression, which is evaluated.
    if key == "py/repr", SourceSigns.harm(inExpression: value) != nil {
      standing = .dangerous("is evaluated")
    }
    if key == "loader_module" || key == "parent_library", case .unlisted = standing,
      case .dangerous(let effect) = target.standing(value + ".x")
    {
      standing = .dangerous(effect)
    }
    // MLflow's own loaders read files beside this one, which are judged themselves.
    if key == "loader_module", value.hasPrefix("mlflow."), case .dangerous = standing { standing = .unlisted }
    // What Hydra and NeMo call has rules of its own, whichever reader finds it.
    let isTarget = ["_target_", "class_path", "target"].contains(key)
    switch standing {
    case .inert: break
    case .dangerous(let effect) where isTarget:
      notes.add(
        .targetDanger, "the configuration calls \(value), which \(effect)", construct: value, at: offset)
    case .dangerous(let effect):
      notes.add(.configHarm, "'\(key)' names \(value), which \(effect)", construct: value, at: offset)
    case .unlisted:
      // A class of skops has its module beside it, and the schema is judged whole.
      if isSkops, key == "__class__", !value.contains(".") { return }
      if isLoose, !(value.split(separator: ".").last?.first?.isUppercase ?? false) { return }
      if isTarget {
        notes.add(
          .targetUnlisted, "expected a class that is known to be harmless, found \(value)", construct: value,
          at: offset, allow: value)
        return
      }
      notes.add(
        .configObject, "'\(key)' names \(value): what it does with data of the file is not known",
        construct: value,
        at: offset, allow: value)
    }
  }

  private mutating func repositoryCode(_ value: String, _ offset: Int) {
    guard !value.isEmpty else { return }
    if let split = value.firstRange(of: "--") {
      notes.add(
        .configRemoteCode, "it loads Python code from another repository, '\(value[..<split.lowerBound])'",
        construct: value, at: offset, allow: "hf:" + value)
    } else {
      notes.add(
        .configCode, "it loads Python code that lies beside it", construct: value, at: offset,
        allow: "hf:" + value)
    }
  }

  /// Parts of a diffusers pipeline: `"unet": ["diffusers", "UNet2DConditionModel"]`.
  private mutating func component(_ value: String, _ path: [ConfigStep], _ offset: Int) {
    guard path.count == 2, let name = path[0].key, path[1] == .index(0) else { return }
    if name == "_class_name" { return repositoryCode(value, offset) }
    guard !name.hasPrefix("_"), !Self.libraries.contains(value) else { return }
    if case .dangerous(let effect) = target.standing(value + ".X") {
      notes.add(
        .configHarm, "'\(name)' is loaded from \(value), which \(effect)", construct: value, at: offset)
    } else {
      repositoryCode(value, offset)
    }
  }

  private static let libraries: Set<String> = [
    "diffusers", "transformers", "stable_diffusion", "stable_diffusion_xl", "onnxruntime",
    "optimum.onnxruntime",
    "optimum.intel", "optimum.exporters", "paint_by_example", "kandinsky", "deepfloyd_if", "shap_e",
    "wuerstchen",
    "audioldm2", "latent_diffusion", "kolors", "unclip", "versatile_diffusion", "spectrogram_diffusion",
    "k_diffusion",
    "open_clip", "tokenizers", "flax", "peft", "unidiffuser", "stable_cascade", "musicldm", "ip_adapter",
    "pag",
  ]

  /// A file that an index names must lie beside the index.
  private mutating func fileName(_ value: String, _ offset: Int) {
    let parts = value.replacing("\\", with: "/").split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains("..") || value.hasPrefix("/") || value.hasPrefix("~") || value.contains("://")
      || value.contains("\0") || value.dropFirst().first == ":"
    {
      notes.add(
        .configEscape, "a file beside it was expected, found '\(value)'", construct: value, at: offset)
    }
  }

  /// `${resolver:…}` of OmegaConf.
  private mutating func interpolation(_ value: String, _ offset: Int) {
    var rest = value[...]
    while let open = rest.firstRange(of: "${") {
      rest = rest[open.upperBound...]
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
      rest = rest[name.endIndex...]
      guard !name.isEmpty, rest.first == ":", let next = rest.dropFirst().first, !"-+?=:".contains(next)
      else {
        continue
      }
      if Self.resolvers.contains(String(name)) || name.hasPrefix("oc.") { continue }
      if SourceSigns.harm(inExpression: String(rest.prefix(512))) != nil {
        notes.add(.configHarm, "a value is computed by '\(name)' from code", construct: value, at: offset)
      } else {
        notes.add(
          .configObject, "a value is computed by '\(name)', which only the loading program knows",
          construct: value,
          at: offset, allow: "resolver:\(name)")
      }
    }
  }

  private static let resolvers: Set<String> = ["now", "hydra", "env", "git", "ref", "path"]

  // MARK: Templates

  private mutating func template(_ value: String, _ key: String, _ path: [ConfigStep]) {
    // A template without marks is plain text. Most texts have no brace at all, which is quick to see.
    guard value.utf8.count >= 4, value.utf8.contains(UInt8(ascii: "{")),
      value.contains("{{") || value.contains("{%")
    else { return }
    let isTemplate = path.contains(.key("chat_template")) || key.hasSuffix("_template") || key == "template"
    guard templates.count < 256, templateBytes + value.utf8.count <= Limits.jsonString else {
      notes.add(.brokenTemplate, "there are more templates than are read", construct: key)
      return
    }
    templateBytes += value.utf8.count
    templates.append((key, value, isTemplate))
  }
}

extension Note.Kind {
  static let configHarm: Note.Kind = "config-harm"
  static let configObject: Note.Kind = "config-object"
  static let configCode: Note.Kind = "config-code"
  static let configRemoteCode: Note.Kind = "config-remote-code"
  static let configEscape: Note.Kind = "config-escape"
  static let configCommand: Note.Kind = "config-command"
  static let brokenConfig: Note.Kind = "config-broken"
  static let cutConfig: Note.Kind = "config-cut"
  static let sourceCode: Note.Kind = "source-code"
  static let sourceHarm: Note.Kind = "source-harm"
  static let yamlTagHarm: Note.Kind = "yaml-tag-harm"
  static let yamlTag: Note.Kind = "yaml-tag"
  static let yamlExhausts: Note.Kind = "yaml-exhausts"
  static let yamlUnread: Note.Kind = "yaml-unread"
  static let xmlEntity: Note.Kind = "xml-entity"
  static let xmlActive: Note.Kind = "xml-active"
  static let brokenXML: Note.Kind = "xml-broken"
}
