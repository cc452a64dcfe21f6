// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Imports that are known to do harm, by what they do. This table never makes anything safe: what is on neither
/// list is `unknown`. It makes a finding worse and says why.
///
/// The standard library of Python 2.7 to 3.14 is in `DangerousGlobals+Python.swift`, what is installed beside it in
/// `DangerousGlobals+Libraries.swift`. ``EffectfulCalls`` has what is only harmful when the file calls it.
enum DangerousGlobals {
  /// What the pair does, or nil when it is not known to do harm. A module stands for everything in and under it.
  static func effect(_ module: String, _ name: String) -> String? {
    let steps = name.split(separator: ".", omittingEmptySubsequences: false)
    if let effect = names["\(module).\(steps.first ?? "")"] { return effect }
    if steps.count > 1 {
      if let effect = names["\(module).\(name)"] { return effect }
      if let effect = methods["\(module).\(steps[0])"] { return effect }
      // An alias of a package inside of another: `torch.serialization.pickle.loads`.
      if let effect = names["\(module).\(steps.prefix(2).joined(separator: "."))"] { return effect }
    }
    if let effect = under(module) ?? modules["\(module).\(steps.first ?? "")"] { return effect }
    // The package itself, named inside of one of its modules: `torch.storage` and `torch.load`.
    if steps.count > 1, module.hasPrefix("\(steps[0])."),
      let effect = effect(String(steps[0]), steps.dropFirst().joined(separator: "."))
    {
      return effect
    }
    // A function that is named through its package: `torch` and `hub.load`.
    return steps.count > 1 ? under(module + "." + steps.dropLast().joined(separator: ".")) : nil
  }

  /// The nearest enclosing module that is dangerous as a whole.
  private static func under(_ module: String) -> String? {
    var ancestor = module[...]
    while true {
      if let effect = modules[String(ancestor)] { return effect }
      guard let dot = ancestor.lastIndex(of: ".") else { return nil }
      ancestor = ancestor[..<dot]
    }
  }

  /// Modules whose last word is also an ordinary name of an attribute.
  static let ordinaryWords: Set<String> = [
    "code", "test", "trace", "profile", "signal", "select", "platform", "site", "new", "cmd", "user", "sched",
    "resource", "queue", "sh", "git", "tests", "parser", "symbol", "invoke", "celery", "trio", "rich",
    "redis",
    "docker", "ansible", "salt", "huey", "fire", "typer", "click", "flask", "django", "dl", "mac", "commands",
    "test",
    "pipes", "cgi", "resource", "nis", "tty", "wave", "chunk", "http",
  ]

  static let runs = "runs code of the file's choice"
  static let process = "starts a process or changes this one"
  static let file = "reads, writes or removes files"
  static let network = "opens a connection"
  static let imports = "imports or resolves any module or attribute"
  static let loads = "loads another file or stream that can run code"
  static let tampers = "changes the interpreter or the tools that guard it"

  static let modules = table(pythonModules + libraryModules)
  private static let names = table(pythonNames + libraryNames)
  /// Classes that are harmless to make and whose methods are not.
  private static let methods = table([
    (
      file,
      """
      pathlib.Path pathlib.PosixPath pathlib.WindowsPath pathlib._local.Path pathlib._local.PosixPath
      pathlib._local.WindowsPath zipfile.Path importlib.resources.path
      """
    ),
    (process, "threading.Thread multiprocessing.process.BaseProcess"),
  ])

  private static func table(_ groups: [(String, String)]) -> [String: String] {
    var flat: [String: String] = [:]
    for (effect, members) in groups {
      for member in Words.of(members) { flat[member] = effect }
    }
    return flat
  }
}
