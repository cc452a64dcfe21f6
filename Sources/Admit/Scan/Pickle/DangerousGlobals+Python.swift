// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension DangerousGlobals {
  /// Modules of the standard library of Python 2.7 to 3.14 in which no pickler ever names anything.
  static let pythonModules = [
    (
      runs,
      """
      code codeop bdb pdb cProfile profile _lsprof hotshot trace timeit doctest idlelib lib2to3 _pyrepl
      pyrepl unittest test sched turtledemo compileall py_compile rlcompleter pstats rexec Bastion ihooks
      new _interpreters _xxsubinterpreters _xxinterpchannels _interpqueues _interpchannels interpreters
      concurrent.interpreters cmd tkinter Tkinter _tkinter turtle antigravity this _testcapi
      _testinternalcapi _testlimitedcapi _testmultiphase _testbuffer _testclinic _xxtestfuzz xxlimited
      xxsubtype ctypes _ctypes _ctypes_test annotationlib gettext symtable pyclbr tabnanny __phello__
      __hello__ sitecustomize usercustomize pdbpp _bootsubprocess tkCommonDialog tkMessageBox ScrolledText
      ttk Tix tkSimpleDialog tkFileDialog
      """
    ),
    (
      process,
      """
      os posix nt ce os2 riscos subprocess _posixsubprocess pty commands popen2 multiprocessing
      _multiprocessing _posixshmem concurrent asyncio _asyncio threading _threading _thread thread
      dummy_threading _dummy_thread dummy_thread signal _signal resource ensurepip pip _winapi msvcrt
      mailcap webbrowser platform _osx_support _aix_support venv distutils setuptools faulthandler cgitb cgi
      pipes getpass tty termios curses _curses _curses_panel syslog _overlapped winsound ossaudiodev
      linuxaudiodev sunaudiodev audiodev msilib _msi _ios_support _android_support _apple_support
      pydoc_data.server MacOS Carbon findertools EasyDialogs aetools
      """
    ),
    (
      file,
      """
      shutil tempfile glob fileinput linecache tarfile zipfile zipapp sqlite3 _sqlite3 dbm _dbm _gdbm gdbm
      bsddb dumbdbm anydbm whichdb dbhash mmap fcntl winreg _winreg filecmp logging.config logging.handlers
      netrc mailbox rfc822 mhlib wave aifc sunau sndhdr imghdr uu binhex macurl2path dircache posixfile
      statvfs pwd grp spwd nis _pyio _scproxy mimify toaiff compression.zstd._zstdfile importlib.resources
      genericpath
      """
    ),
    (
      network,
      """
      socket _socket socketserver SocketServer ssl _ssl smtplib smtpd ftplib telnetlib poplib imaplib
      nntplib asyncore asynchat http.client http.server http.cookiejar httplib BaseHTTPServer
      SimpleHTTPServer CGIHTTPServer cookielib urllib.request urllib.robotparser urllib2 robotparser xmlrpc
      xmlrpclib SimpleXMLRPCServer DocXMLRPCServer wsgiref select selectors gopherlib
      """
    ),
    (
      imports,
      """
      importlib imp _imp pkgutil zipimport runpy pydoc modulefinder site imputil _frozen_importlib
      _frozen_importlib_external _sitebuiltins
      """
    ),
    (loads, "pickle _pickle cPickle marshal shelve pickletools"),
    (
      tampers,
      """
      sys gc atexit readline _readline sysconfig _sysconfig tracemalloc _tracemalloc _symtable _opcode
      _remote_debugging
      """
    ),
  ]

  /// Single names of modules that hold ordinary classes too.
  static let pythonNames = [
    (
      runs,
      """
      builtins.eval builtins.exec builtins.compile builtins.execfile builtins.apply builtins.input
      builtins.breakpoint builtins.raw_input builtins.__build_class__ builtins.copyright builtins.credits
      builtins.license types.FunctionType types.CodeType types.LambdaType types.MethodType types.CellType
      types.new_class types.ModuleType types.coroutine types.DynamicClassAttribute functools.reduce
      _functools.reduce operator.call _operator.call dataclasses.make_dataclass dataclasses._create_fn
      dataclasses._FuncBuilder typing.get_type_hints typing._eval_type typing.ForwardRef._evaluate
      typing.evaluate_forward_ref typing._make_forward_ref inspect.getattr_static inspect.getsource
      inspect.getsourcelines inspect.findsource inspect._signature_fromstr inspect.get_annotations
      inspect.unwrap inspect.currentframe inspect.stack inspect.trace inspect.getmembers_static
      inspect.getcallargs inspect.getclosurevars inspect._main inspect.getmodule dis.distb dis.dis
      dis._try_compile dis.main contextlib.ExitStack contextlib.AsyncExitStack enum._simple_enum
      enum._test_simple_enum ast._Unparser ast.main tokenize.main json.tool.main xml.sax.make_parser
      xml.sax._create_parser encodings.search_function warnings._getcategory warnings._setoption
      traceback.print_exc logging.Logger.makeRecord zoneinfo._common.load_tzdata
      zoneinfo._tzpath.find_tzfile
      """
    ),
    (
      process,
      """
      uuid._get_command_stdout uuid._ifconfig_getnode uuid._popen uuid._find_mac uuid.getnode uuid.uuid1
      uuid.uuid6 uuid._arp_getnode uuid._ip_getnode uuid._lanscan_getnode uuid._netstat_getnode
      uuid._ipconfig_getnode uuid._netbios_getnode uuid._unix_getnode uuid._windll_getnode
      uuid._load_system_functions uuid.main uuid._find_mac_near_keyword uuid._find_mac_under_heading
      uuid._find_mac_netstat builtins.exit builtins.quit builtins.help time.sleep contextlib.chdir
      posixpath.expandvars ntpath.expandvars time.tzset locale.setlocale _locale.setlocale
      """
    ),
    (
      file,
      """
      builtins.open builtins.file io.open io.FileIO io.open_code io.OpenWrapper _io.open _io.FileIO
      _io.open_code codecs.open codecs.EncodedFile codecs.StreamReaderWriter logging.FileHandler
      logging.basicConfig logging.StreamHandler logging._StderrHandler gzip.open gzip.GzipFile bz2.open
      bz2.BZ2File lzma.open lzma.LZMAFile _compression.DecompressReader tokenize.open tokenize._builtin_open
      argparse.FileType mimetypes.init mimetypes.read_mime_types mimetypes.MimeTypes mimetypes._main
      configparser.ConfigParser.read configparser.RawConfigParser.read ConfigParser.ConfigParser
      xml.etree.ElementTree.parse xml.etree.ElementTree.iterparse xml.etree.ElementTree.ElementTree.parse
      xml.etree.cElementTree.parse xml.etree.ElementInclude xml.dom.minidom.parse xml.dom.pulldom.parse
      xml.dom.expatbuilder.parse xml.sax.parse xml.etree.ElementTree.ElementTree.write plistlib.readPlist
      plistlib.writePlist plistlib.load locale.bindtextdomain compression.zstd.open
      compression.zstd.ZstdFile compression.gzip.open compression.bz2.open compression.lzma.open
      posixpath.walk zoneinfo.reset_tzpath hashlib.file_digest base64.main quopri.main binascii.main
      json.tool
      """
    ),
    (
      network,
      "urllib.urlopen urllib.urlretrieve urllib.URLopener urllib.FancyURLopener logging.config.listen "
    ),
    (
      imports,
      """
      builtins.__import__ builtins.getattr builtins.setattr builtins.delattr builtins.globals
      builtins.locals builtins.vars builtins.reload builtins.dir operator.attrgetter operator.methodcaller
      _operator.attrgetter _operator.methodcaller inspect.getmembers inspect.getmodulename unittest.loader
      codecs.lookup _codecs.lookup codecs.getencoder codecs.getdecoder codecs.getincrementaldecoder
      codecs.getincrementalencoder codecs.getreader codecs.getwriter encodings.normalize_encoding
      xml.dom.domreg.getDOMImplementation _collections_abc.__import__ six.moves six._import_module
      six._resolve_attr copyreg._slotnames
      """
    ),
    (
      tampers,
      """
      copyreg.add_extension copyreg.pickle copyreg.constructor copyreg.remove_extension
      copyreg.clear_extension_cache copyreg.dispatch_table copyreg._extension_registry
      copyreg._inverted_registry copyreg._extension_cache weakref.finalize codecs.register _codecs.register
      codecs.register_error _codecs.register_error codecs.unregister operator.setitem operator.delitem
      _operator.setitem _operator.delitem operator.__setitem__ operator.__delitem__ functools.update_wrapper
      functools.wraps contextlib.redirect_stdout contextlib.redirect_stderr contextlib._RedirectStream
      warnings.filterwarnings warnings.simplefilter warnings.resetwarnings warnings.showwarning
      warnings.catch_warnings warnings._add_filter logging.setLoggerClass logging.disable
      logging.setLogRecordFactory logging.shutdown logging.captureWarnings logging.addLevelName logging.root
      xml.dom.registerDOMImplementation xml.dom.domreg.registerDOMImplementation random.seed
      abc.update_abstractmethods types.prepare_class types.DynamicClassAttribute.setter decimal.setcontext
      locale.textdomain mimetypes.add_type enum.global_enum
      """
    ),
  ]
}
