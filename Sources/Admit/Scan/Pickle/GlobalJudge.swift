// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Judges one import of a pickle, in both readings of a Python 2 name, and takes the worse.
struct GlobalJudge {
  let allow: AllowList

  func standing(_ module: String, _ name: String) -> PickleFacts.Standing {
    let written = judge(module, name)
    guard let (newModule, newName) = LegacyNames.mapped(module, name) else { return written }
    let mapped = judge(newModule, newName)
    // The old module exists in Python 2 only, where the name means the same.
    if case .unlisted = written, LegacyNames.modules[module] != nil { return mapped }
    return rank(written) > rank(mapped) ? written : mapped
  }

  private func rank(_ standing: PickleFacts.Standing) -> Int {
    switch standing {
    case .vetted: 0
    case .unlisted: 1
    case .disguised: 2
    case .walk: 3
    case .dangerous: 4
    }
  }

  /// Constants of torch name themselves `torch.channels_last`, which Python then finds in whatever module of torch has a `torch`.
  private static let qualified: Set<String> = [
    "torch.channels_last", "torch.channels_last_3d", "torch.contiguous_format", "torch.preserve_format",
    "torch.strided", "torch.sparse_coo", "torch.sparse_csr", "torch.jagged",
  ]

  private func judge(_ module: String, _ name: String) -> PickleFacts.Standing {
    if let entry = allow.entry(module, name) { return .vetted(entry) }
    if module == "torch._utils" || module == "torch.serialization", Self.qualified.contains(name),
      let entry = allow.entry("torch", String(name.dropFirst(6)))
    {
      return .vetted(entry)
    }
    if let effect = DangerousGlobals.effect(module, name) { return .dangerous(effect) }
    if let step = walk(module, name) { return .walk(step) }
    if let entry = allow.userEntry(module, name) { return .vetted(entry) }
    if let how = Disguise.of(module, name, allow) { return .disguised(how) }
    return .unlisted
  }

  /// A step of a dotted name that leaves the module it names: a dunder, or another module that is reached as an
  /// attribute, such as `collections._sys`.
  private func walk(_ module: String, _ name: String) -> String? {
    // What pickle itself calls when a class wants to be made by `__new__`.
    if module == "copyreg" || module == "copy_reg", ["__newobj__", "__newobj_ex__"].contains(name) {
      return nil
    }
    for step in name.split(separator: ".", omittingEmptySubsequences: false) {
      if step.hasPrefix("__"), step.hasSuffix("__"), step.count > 4 { return String(step) }
      let bare = String(step.drop { $0 == "_" })
      if !bare.isEmpty, DangerousGlobals.modules[bare] != nil, bare == bare.lowercased(),
        !DangerousGlobals.ordinaryWords.contains(bare)
      {
        return String(step)
      }
    }
    return nil
  }
}

/// What Python 3 makes of the names in pickles of Python 2. Source: `_compat_pickle` of the standard library.
enum LegacyNames {
  static func mapped(_ module: String, _ name: String) -> (String, String)? {
    if let (newModule, newName) = names["\(module).\(name)"] { return (newModule, newName) }
    return modules[module].map { ($0, name) }
  }

  static let modules: [String: String] = [
    "__builtin__": "builtins", "exceptions": "builtins", "copy_reg": "copyreg", "Queue": "queue",
    "SocketServer": "socketserver", "ConfigParser": "configparser", "repr": "reprlib",
    "tkFileDialog": "tkinter.filedialog", "tkSimpleDialog": "tkinter.simpledialog", "Tkinter": "tkinter",
    "FileDialog": "tkinter.filedialog", "SimpleDialog": "tkinter.simpledialog", "Dialog": "tkinter.dialog",
    "_winreg": "winreg", "thread": "_thread", "dummy_thread": "_dummy_thread", "dbhash": "dbm.bsd",
    "dumbdbm": "dbm.dumb", "dbm": "dbm.ndbm", "gdbm": "dbm.gnu", "anydbm": "dbm", "whichdb": "dbm",
    "xmlrpclib": "xmlrpc.client", "SimpleXMLRPCServer": "xmlrpc.server", "DocXMLRPCServer": "xmlrpc.server",
    "httplib": "http.client", "htmlentitydefs": "html.entities", "HTMLParser": "html.parser",
    "Cookie": "http.cookies", "cookielib": "http.cookiejar", "BaseHTTPServer": "http.server",
    "SimpleHTTPServer": "http.server", "CGIHTTPServer": "http.server", "test.test_support": "test.support",
    "commands": "subprocess", "urlparse": "urllib.parse", "robotparser": "urllib.robotparser",
    "urllib2": "urllib.request", "_abcoll": "collections.abc", "cPickle": "pickle",
    "_elementtree": "xml.etree.ElementTree", "UserDict": "collections", "UserList": "collections",
    "UserString": "collections", "StringIO": "io", "cStringIO": "io", "markupbase": "_markupbase",
  ]

  private static let names: [String: (String, String)] = [
    "__builtin__.xrange": ("builtins", "range"), "__builtin__.reduce": ("functools", "reduce"),
    "__builtin__.intern": ("sys", "intern"), "__builtin__.unichr": ("builtins", "chr"),
    "__builtin__.unicode": ("builtins", "str"), "__builtin__.basestring": ("builtins", "str"),
    "__builtin__.long": ("builtins", "int"), "itertools.izip": ("builtins", "zip"),
    "itertools.imap": ("builtins", "map"), "itertools.ifilter": ("builtins", "filter"),
    "itertools.ifilterfalse": ("itertools", "filterfalse"),
    "itertools.izip_longest": ("itertools", "zip_longest"),
    "UserDict.IterableUserDict": ("collections", "UserDict"), "_socket.fromfd": ("socket", "fromfd"),
    "_multiprocessing.Connection": ("multiprocessing.connection", "Connection"),
    "multiprocessing.process.Process": ("multiprocessing.context", "Process"),
    "multiprocessing.forking.Popen": ("multiprocessing.popen_fork", "Popen"),
    "urllib.getproxies": ("urllib.request", "getproxies"), "urllib.urlopen": ("urllib.request", "urlopen"),
    "urllib.urlretrieve": ("urllib.request", "urlretrieve"),
    "urllib.urlcleanup": ("urllib.request", "urlcleanup"),
    "urllib.pathname2url": ("urllib.request", "pathname2url"),
    "urllib.url2pathname": ("urllib.request", "url2pathname"),
    "urllib.quote": ("urllib.parse", "quote"), "urllib.unquote": ("urllib.parse", "unquote"),
    "urllib.urlencode": ("urllib.parse", "urlencode"), "exceptions.StandardError": ("builtins", "Exception"),
    "socket._socketobject": ("socket", "SocketType"),
  ]
}
