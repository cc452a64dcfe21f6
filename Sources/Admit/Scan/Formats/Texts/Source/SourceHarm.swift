// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The functions and words of Python source that do harm. They make `unsafe` of what is `unknown` without them.
enum SourceHarm {
  /// Harmful wherever they are named: whoever is given one calls it.
  static let named: Set<String> = [
    "os.system", "os.popen", "os.popen2", "os.popen3", "os.popen4", "os.posix_spawn", "os.posix_spawnp",
    "os.startfile",
    "os.fexecve", "pty.spawn", "exec", "eval", "execfile", "commands.getoutput", "commands.getstatusoutput",
    "posix.system", "posix.popen", "nt.system", "posix.execv", "_posixsubprocess.fork_exec",
    "subprocess.getoutput",
    "subprocess.getstatusoutput", "platform.popen", "marshal.loads", "marshal.load", "runpy.run_path",
    "runpy.run_module", "runpy._run_code",
  ]

  /// Harmful wherever they are called.
  static let called: Set<String> = [
    "os.fork", "os.forkpty", "pty.fork", "posix.fork", "code.interact", "code.InteractiveInterpreter",
    "code.InteractiveConsole", "ctypes.CDLL", "ctypes.cdll.LoadLibrary", "ctypes.WinDLL", "ctypes.PyDLL",
    "ctypes.OleDLL", "ctypes.memmove", "types.FunctionType",
    "types.CodeType", "pdb.run", "pdb.runeval", "imp.load_source", "imp.load_dynamic", "imp.load_compiled",
    "winreg.SetValueEx", "_winreg.SetValueEx",
  ]

  /// Attributes of anything that lead to what a file did not import.
  static let insides: Set<String> = [
    "__subclasses__", "__globals__", "__builtins__", "f_globals", "f_builtins",
  ]

  /// Methods of whatever it is that a call or a subscript gave.
  static let methods: Set<String> = [
    "system", "popen", "Popen", "check_output", "check_call", "getoutput", "getstatusoutput", "execv",
    "execve", "execl",
    "execvp", "spawnl", "spawnv", "posix_spawn", "run_path",
  ]

  static let loaders: Set<String> = ["exec_module", "load_module", "create_dynamic"]

  /// Modules that lead anywhere when a name in them is computed.
  static let doors: Set<String> = [
    "os", "subprocess", "builtins", "posix", "nt", "sys", "__builtins__", "__builtin__", "importlib",
    "ctypes",
    "os.__dict__", "sys.modules", "globals()", "builtins.__dict__",
  ]

  /// Modules of which every call at import is harmful.
  static let modules: Set<String> = [
    "subprocess", "socket", "pty", "marshal", "runpy", "telnetlib", "ftplib", "smtplib", "paramiko",
    "commands", "posix", "nt", "winreg", "_winreg", "webbrowser", "dill", "cloudpickle", "pynput", "keyboard",
    "pyautogui", "fabric", "invoke", "pexpect", "plumbum", "sh", "asyncssh", "socketserver", "xmlrpc",
    "imaplib",
    "poplib", "scapy", "win32api", "win32com", "pythoncom", "wmi", "browser_cookie3", "mss",
  ]

  static let calls: Set<String> = [
    "__import__", "importlib.import_module", "importlib.reload", "urllib.request.urlopen",
    "urllib.request.urlretrieve",
    "urllib.request.build_opener", "urllib2.urlopen", "urllib.urlopen", "urllib.urlretrieve", "requests.get",
    "requests.post", "requests.request", "requests.put", "requests.Session", "httpx.get", "httpx.post",
    "httpx.Client",
    "aiohttp.ClientSession", "http.client.HTTPConnection", "http.client.HTTPSConnection",
    "httplib.HTTPConnection",
    "wget.download", "urllib3.PoolManager", "pickle.loads", "pickle.load", "cPickle.loads", "cPickle.load",
    "_pickle.loads", "pickle.Unpickler", "jsonpickle.decode", "shelve.open", "yaml.unsafe_load",
    "yaml.full_load",
    "compile", "shutil.rmtree", "os.remove", "os.unlink", "os.rmdir",
    "os.removedirs", "os.kill", "os.killpg", "os.chmod", "os.chown", "os.setuid", "os.symlink", "os.link",
    "os.dup2",
    "os.putenv", "os.chroot", "pip.main", "pip._internal.main", "sys.modules.__setitem__",
    "asyncio.create_subprocess_shell", "asyncio.create_subprocess_exec", "atexit.register", "cProfile.run",
    "profile.run",
    "trace.Trace", "sys.settrace", "sys.setprofile", "threading.setprofile", "fabric.api.local",
    "fabric.api.run", "builtins.__import__",
  ]

  static func isKnown(_ path: String) -> Bool {
    named.contains(path) || called.contains(path) || calls.contains(path)
      || modules.contains(String(path.prefix { $0 != "." }))
      || path.hasPrefix("os.exec") || path.hasPrefix("os.spawn")
  }

  /// Whether a command line goes through a shell, or fetches something.
  static func isShell(_ token: PythonLine.Token) -> Bool {
    token.kind != .sign
      && shells.contains {
        token.text == $0 || token.text.hasPrefix($0 + " ") || token.text.holds("| " + $0)
      }
  }

  private static let shells: [String] = [
    "shell", "sh", "bash", "curl", "wget", "nc", "powershell", "cmd", "/bin/sh", "/bin/bash", "python", "id",
    "whoami",
    "cmd.exe", "powershell.exe", "ncat", "netcat", "ssh", "scp", "rm",
  ]

  /// Words of a string that no library has a use for.
  private static let words: [String] = [
    "/dev/tcp/", "nc -e", "bash -i", "| sh", "|sh", "| bash", "|bash", "powershell -", "rm -rf", "base64 -d",
    "/etc/shadow", "/etc/passwd", ".ssh/", "id_rsa", ".aws/credentials", "authorized_keys",
    ".git-credentials",
    "xmrig", "stratum+tcp", "mkfifo", "wallet.dat", "Login Data", ".bash_history", ".netrc",
    "CurrentVersion\\\\Run",
    "discord.com/api/webhooks", "api.telegram.org/bot", "crontab", "chmod +x", "schtasks",
  ]

  private static let search = WordSearch(words)

  static func sign(in text: String) -> String? {
    guard text.utf8.count >= 4 else { return nil }
    var start = 0
    while let (index, end) = search.first(in: text, from: start) {
      let word = words[index]
      // `| sh` and not `| shape`.
      let next = text.utf8.dropFirst(end).first.map { Character(UnicodeScalar($0)) }
      guard word.hasSuffix("sh"), let next, next.isLetter || next.isNumber else { return word }
      start = end
    }
    // A template that leads out of itself.
    if text.holds("__"), text.holds("{{") || text.holds("{%") {
      return JinjaNames.escape(in: Bytes(utf8: text))
    }
    return nil
  }
}
