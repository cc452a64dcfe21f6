// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Imports that are known to do harm, by what they do. This table never makes anything safe: what is on neither
/// list is `unknown`. It makes a finding worse and says why.
enum DangerousGlobals {
  /// What the pair does, or nil when it is not known to do harm. A module stands for everything in and under it.
  static func effect(_ module: String, _ name: String) -> String? {
    let first = name.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? name
    if let effect = names["\(module).\(first)"] ?? names["\(module).\(name)"] { return effect }
    var ancestor = module[...]
    while true {
      if let effect = modules[String(ancestor)] { return effect }
      guard let dot = ancestor.lastIndex(of: ".") else { return nil }
      ancestor = ancestor[..<dot]
    }
  }

  /// Modules whose last word is also an ordinary name of an attribute.
  static let ordinaryWords: Set<String> = [
    "code", "test", "trace", "profile", "signal", "select", "platform", "site",
  ]

  private static let runs = "runs code of the file's choice"
  private static let process = "starts a process or changes this one"
  private static let file = "reads, writes or removes files"
  private static let network = "opens a connection"
  private static let imports = "imports or resolves any module or attribute"
  private static let loads = "loads another file or stream that can run code"
  private static let tampers = "changes the interpreter or the tools that guard it"

  static let modules = table([
    runs: [
      "code", "codeop", "bdb", "pdb", "cProfile", "profile", "trace", "timeit", "doctest", "idlelib",
      "lib2to3",
      "_pyrepl", "pyrepl", "IPython", "numpy.f2py", "numpy.testing", "torch.utils.bottleneck",
      "torch._dynamo",
      "torch._inductor", "torch.fx", "torch.jit", "torch.utils.data.datapipes", "torch.utils.cpp_extension",
      "torch.distributed", "torch.distributions.utils", "ctypes", "_ctypes", "cffi", "jinja2", "mako", "new",
      "unittest", "test", "sched", "turtledemo", "compileall", "py_compile", "numba", "sympy",
    ],
    process: [
      "os", "posix", "nt", "subprocess", "_posixsubprocess", "pty", "commands", "popen2", "multiprocessing",
      "concurrent", "asyncio", "threading", "_thread", "thread", "signal", "_signal", "resource", "ensurepip",
      "pip",
      "_winapi", "msvcrt", "mailcap", "webbrowser", "antigravity", "platform", "_osx_support", "_aix_support",
      "venv", "distutils", "setuptools", "torch.utils.collect_env", "faulthandler", "cgitb",
      "numpy.distutils",
    ],
    file: [
      "shutil", "tempfile", "glob", "fileinput", "linecache", "tarfile", "zipfile", "sqlite3", "_sqlite3",
      "dbm",
      "mmap", "fcntl", "winreg", "_winreg", "filecmp", "logging.config", "logging.handlers", "netrc",
    ],
    network: [
      "socket", "_socket", "socketserver", "ssl", "smtplib", "ftplib", "telnetlib", "poplib", "imaplib",
      "nntplib",
      "http", "urllib.request", "urllib2", "xmlrpc", "requests", "urllib3", "aiohttp", "httpx", "paramiko",
      "huggingface_hub", "torch.hub", "wsgiref", "select",
    ],
    imports: ["importlib", "imp", "_imp", "pkgutil", "zipimport", "runpy", "pydoc", "modulefinder", "site"],
    loads: [
      "pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle",
      "joblib.numpy_pickle",
      "torch.serialization", "torch.package", "pandas.io.pickle",
    ],
    tampers: [
      "sys", "gc", "atexit", "builtins.__dict__", "picklescan", "modelscan", "fickling", "modelaudit",
      "readline",
      "sysconfig", "tracemalloc", "_tracemalloc",
    ],
  ])

  private static let names = table([
    runs: [
      "builtins.eval", "builtins.exec", "builtins.compile", "builtins.execfile", "builtins.apply",
      "builtins.input",
      "builtins.breakpoint", "builtins.raw_input", "types.FunctionType", "types.CodeType", "types.LambdaType",
      "types.MethodType", "cloudpickle.cloudpickle._make_function", "functools.reduce",
      "torch.utils._config_module.ConfigModule", "pandas.eval", "pandas.core.computation.eval.eval",
      "numexpr.evaluate",
      "yaml.load", "yaml.unsafe_load", "yaml.full_load",
      "torch.utils.data._utils.worker._worker_loop", "inspect.getattr_static", "uuid._popen",
    ],
    process: [
      "uuid._get_command_stdout", "uuid._ifconfig_getnode", "builtins.exit", "builtins.quit", "builtins.help",
      "tkinter.Tcl", "uuid._find_mac",
    ],
    file: [
      "builtins.open", "builtins.file", "io.open", "io.FileIO", "io.open_code", "io.OpenWrapper", "_io.open",
      "_io.FileIO", "_io.open_code", "codecs.open", "codecs.EncodedFile", "logging.FileHandler",
      "logging.basicConfig",
      "numpy.load", "numpy.save", "numpy.savez", "numpy.savetxt", "numpy.loadtxt", "numpy.genfromtxt",
      "numpy.fromfile",
      "numpy.memmap", "numpy.DataSource", "torch.save", "torch.from_file", "gzip.open", "bz2.open",
      "lzma.open", "pandas.read_csv", "pandas.DataFrame.to_csv",
    ],
    network: ["urllib.urlopen", "urllib.urlretrieve", "numpy.lib._datasource.open"],
    imports: [
      "builtins.__import__", "builtins.getattr", "builtins.setattr", "builtins.delattr", "builtins.globals",
      "builtins.locals", "builtins.vars", "builtins.reload", "builtins.dir", "operator.attrgetter",
      "operator.methodcaller", "_operator.attrgetter", "_operator.methodcaller", "inspect.getmembers",
    ],
    loads: [
      "torch.load", "joblib.load", "pandas.read_pickle", "numpy.lib.npyio.load", "keras.models.load_model",
      "tensorflow.keras.models.load_model", "torch.utils.model_zoo.load_url", "tensorflow.io.read_file",
      "tensorflow.io.write_file", "tensorflow.load_library", "tensorflow.load_op_library", "skops.io.load",
      "xgboost.Booster.load_model",
    ],
    tampers: [
      "copyreg.add_extension", "copyreg.pickle", "copyreg.constructor", "weakref.finalize", "codecs.register",
    ],
  ])

  private static func table(_ groups: [String: [String]]) -> [String: String] {
    var flat: [String: String] = [:]
    for (effect, members) in groups { for member in members { flat[member] = effect } }
    return flat
  }
}
