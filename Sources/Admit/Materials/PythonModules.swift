// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Which package a module of Python belongs to, as far as its name tells: where the name leads on a machine, only that
/// machine knows.
enum PythonModules {
  enum Owner: Hashable {
    /// Python itself and its standard library.
    case python
    /// A package to be installed, by the first part of the module's name. Indices may have it under another one.
    case library(String)
  }

  /// - Returns: nil for code that comes with the model or with whoever loads it, and for what is no name of a module.
  static func owner(of module: String) -> Owner? {
    let first = module.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    if standard.contains(first) { return .python }
    guard first != "__main__", first != "__torch__", ImportName.isImportable(module, "x") else { return nil }
    return .library(first)
  }

  /// `sys.stdlib_module_names` of Python 3.11, and what only Python 2 had.
  private static let standard = Set(names.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let names = """
    __builtin__ __builtins__ __future__ _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2
    _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections
    _collections_abc _compat_pickle _compression _contextvars _crypt _csv _ctypes _curses _curses_panel
    _datetime _dbm _decimal _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm
    _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase _md5 _msi _multibytecodec
    _multiprocessing _opcode _operator _osx_support _overlapped _pickle _posixshmem _posixsubprocess _py_abc
    _pydecimal _pyio _queue _random _scproxy _sha1 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket
    _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _symtable _thread _threading_local
    _tkinter _tokenize _tracemalloc _typing _uuid _warnings _weakref _weakrefset _winapi _zoneinfo abc aifc
    antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 BaseHTTPServer bdb
    binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
    commands compileall concurrent ConfigParser configparser contextlib contextvars cookielib copy copy_reg
    copyreg cPickle cProfile crypt cStringIO csv ctypes curses dataclasses datetime dbm decimal difflib dis
    distutils doctest email encodings ensurepip enum errno exceptions faulthandler fcntl filecmp fileinput
    fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib
    heapq hmac html http httplib idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json
    keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math md5 mimetypes mmap
    modulefinder msilib msvcrt multiprocessing netrc new nis nntplib nt ntpath nturl2path numbers opcode
    operator optparse os os2emxpath ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform
    plistlib popen2 poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data
    pyexpat queue Queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select
    selectors sets sha shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3
    sre_compile sre_constants sre_parse ssl stat statistics string StringIO stringprep struct subprocess
    sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this thread
    threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo
    types typing unicodedata unittest urllib urllib2 urlparse UserDict UserList UserString uu uuid venv
    warnings wave weakref webbrowser whichdb winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile
    zipimport zlib zoneinfo
    """
}
