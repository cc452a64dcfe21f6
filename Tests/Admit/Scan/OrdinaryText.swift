// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Texts as people and libraries write them: all of them harmless.
enum OrdinaryText {
  static let all: [(name: String, text: String)] = [
    ("vocab2.txt", "[PAD]\n[unused0]\n!\n\"\n#\nimport\nthe\n"),
    ("merges.txt", "#version: 0.2\nĠ t\nĠ a\nh e\ni n\n( )\n"),
    (
      "gitattributes", "*.7z filter=lfs diff=lfs merge=lfs -text\n*.bin filter=lfs diff=lfs merge=lfs -text\n"
    ),
    ("gitignore", "# Byte-compiled\n__pycache__/\n*.py[cod]\nbuild/\n!keep\n"),
    (
      "requirements.txt",
      "numpy==1.26.0\ntorch>=2.0,<3\n--index-url https://download.pytorch.org/whl/cpu\ngit+https://github.com/huggingface/transformers\nfoo; python_version<'3.8'\n"
    ),
    ("req2.txt", "numpy\ntorch\ntransformers\n"),
    (
      "conda.yaml",
      "channels:\n- conda-forge\ndependencies:\n- python=3.10.12\n- pip<=23\n- pip:\n  - mlflow==2.9\n  - torch==2.1.0\nname: mlflow-env\n"
    ),
    (
      "python_env.yaml",
      "python: 3.10.12\nbuild_dependencies:\n- pip==23.0\ndependencies:\n- -r requirements.txt\n"
    ),
    (
      "MLmodel",
      "artifact_path: model\nflavors:\n  python_function:\n    env:\n      conda: conda.yaml\n      virtualenv: python_env.yaml\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n    predict_fn: predict\n    python_version: 3.10.12\n  sklearn:\n    code: null\n    pickled_model: model.pkl\n    serialization_format: cloudpickle\n    sklearn_version: 1.3.0\nmlflow_version: 2.9.2\nmodel_uuid: abc\nsignature:\n  inputs: '[{\"type\": \"double\", \"name\": \"x\"}]'\n  outputs: null\nutc_time_created: '2024-01-01 00:00:00.0'\n"
    ),
    (
      "README.md",
      "---\nlicense: apache-2.0\ntags:\n- text\nlanguage: [en, fr]\nwidget:\n- text: \"Hello: world\"\n---\n\n# My model\n\nUse it:\n\n```python\nimport os\nfrom transformers import AutoModel\nos.system('ls')\n```\n\nInline `{{ x }}` and `import os`.\n\n<div align=\"center\"><img src=\"x.png\"/></div>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTemplate: {{ messages }} and ${VAR}.\n"
    ),
    (
      "loading.md",
      "# Loading\n\nNever load a tag such as !!python/object/apply:os.system with an unsafe loader.\n\n## Why\n\nIt runs: see [the guide](http://example.org).\n\n```\nyaml.safe_load(text)\n```\n"
    ),
    (
      "README2.md",
      "# Title\n\nThis is a model. Don't worry.\n\n    import os\n    os.system('x')\n\nSee [link](http://x).\n"
    ),
    (
      "README3.md",
      "Some model\n==========\n\nfrom here import this idea into your head.\n\n* item one\n* item two: details\n"
    ),
    (
      "LICENSE",
      "Apache License\nVersion 2.0, January 2004\nhttp://www.apache.org/licenses/\n\nTERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION\n\n1. Definitions.\n\n\"License\" shall mean the terms and conditions for use (as defined by Sections 1 through 9 of this document).\n"
    ),
    ("csv.csv", "a,b,c\n1,2,3\nfoo,\"bar, baz\",x\n"),
    ("tsv.tsv", "a\tb\n1\t2\n"),
    ("jsonl.jsonl", "{\"a\": 1}\n{\"a\": 2, \"b\": \"x {{y}}\"}\n"),
    ("trainer_state.json", "{\"log_history\": [{\"loss\": NaN, \"x\": Infinity, \"y\": -Infinity}]}"),
    (
      "log.txt",
      "[2024-01-01 12:00:00] INFO: started\nTraceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n    import foo\nModuleNotFoundError: No module named 'foo'\n"
    ),
    ("log2.txt", "2024-01-01 12:00:00,123 - INFO - loading\nEpoch 1: loss=0.5\n"),
    (
      "latex.tex",
      "\\documentclass{article}\n\\begin{document}\n{{Title}} and \\textbf{{x}}\n\\end{document}\n"
    ),
    ("bib.bib", "@article{x,\n  title={{A Title}},\n  author={A and B},\n  year={2020}\n}\n"),
    ("init2.py", "# Copyright\n"),
    ("init3.py", "\"\"\"A package.\"\"\"\n__version__ = \"1.0\"\n"),
    ("labels.txt", "cat\ndog\nfish\n"),
    ("labels2.txt", "0: background\n1: person\n"),
    ("lock.lock", "version = 1\n\n[[package]]\nname = \"x\"\nversion = \"1.0\"\n"),
    (
      "pyproject.toml",
      "[build-system]\nrequires = [\"setuptools>=61\"]\nbuild-backend = \"setuptools.build_meta\"\n\n[project]\nname = \"x\"\nversion = \"0.1\"\ndependencies = [\n  \"numpy\",\n]\n"
    ),
    ("cfg.ini", "[section]\nkey = value\nother = 5\n# c\n"),
    ("env", "A=1\nB=two\n"),
    (
      "hydra.yaml",
      "defaults:\n  - _self_\n  - model: resnet\nmodel:\n  _target_: torch.nn.Linear\n  in_features: 10\n  out_features: ${oc.env:OUT,5}\noptimizer:\n  _target_: torch.optim.AdamW\n  _partial_: true\n  lr: 1e-3\nseed: ${seed}\nrun:\n  dir: outputs/${now:%Y-%m-%d}\n"
    ),
    (
      "yolo.yaml",
      "# Ultralytics YOLO\nnc: 80 # number of classes\nscales: # model compound scaling constants\n  # [depth, width, max_channels]\n  n: [0.50, 0.25, 1024]\nbackbone:\n  # [from, repeats, module, args]\n  - [-1, 1, Conv, [64, 3, 2]] # 0-P1/2\n  - [-1, 2, C3k2, [256, False, 0.25]]\nhead:\n  - [-1, 1, nn.Upsample, [None, 2, \"nearest\"]]\n  - [[-1, 6], 1, Concat, [1]]\n"
    ),
    (
      "data.yaml",
      "path: ../datasets/coco128\ntrain: images/train2017\nval: images/val\nnames:\n  0: person\n  1: bicycle\ndownload: https://github.com/x/y.zip\n"
    ),
    (
      "compose.yaml",
      "services:\n  web:\n    image: \"x:1\"\n    ports:\n      - \"${PORT:-8080}:80\"\n    command: [\"python\", \"app.py\"]\n"
    ),
    (
      "gh.yml",
      "name: CI\non:\n  push:\n    branches: [ main ]\njobs:\n  build:\n    runs-on: ${{ matrix.os }}\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          pip install .\n          pytest\n"
    ),
    (
      "anchors.yaml",
      "base: &base\n  a: 1\n  b: [1, 2]\nx:\n  <<: *base\n  c: 'it''s'\ny: *base\nmulti: >-\n  folded\n  text\n\nlit: |\n  a\n   b\nq: \"a\\tb \\u00e9\"\ntuple: !!python/tuple [1, 2]\n? complex key\n: value\nempty:\nnull_: ~\ndate: 2020-01-01\nurl: http://a.b:80/c#d\n"
    ),
    (
      "sd.yaml",
      "model:\n  base_learning_rate: 1.0e-04\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    linear_start: 0.00085\n    unet_config:\n      target: ldm.modules.diffusionmodules.openaimodel.UNetModel\n      params:\n        image_size: 32 # unused\n        attention_resolutions: [ 4, 2, 1 ]\n    lossconfig:\n      target: torch.nn.Identity\n"
    ),
    (
      "nemo.yaml",
      "name: asr\nmodel:\n  sample_rate: 16000\n  train_ds:\n    manifest_filepath: ???\n    batch_size: 16\n  labels: [\" \", a, b, \"'\"]\n"
    ),
    (
      "hf.json",
      "{\n  \"_name_or_path\": \"/home/user/x\",\n  \"architectures\": [\n    \"LlamaForCausalLM\"\n  ],\n  \"torch_dtype\": \"float16\",\n  \"transformers_version\": \"4.40\",\n  \"auto_map\": {},\n  \"quantization_config\": {\n    \"bits\": 4\n  }\n}"
    ),
    (
      "index.json",
      "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\", \"b\": \"pytorch_model-00001.bin\"}}"
    ),
    (
      "modules.json",
      "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"}, {\"idx\": 1, \"name\": \"1\", \"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}, {\"idx\": 2, \"name\": \"2\", \"path\": \"2_Normalize\", \"type\": \"sentence_transformers.models.Normalize\"}]"
    ),
    (
      "model_index.json",
      "{\"_class_name\": \"StableDiffusionPipeline\", \"_diffusers_version\": \"0.21\", \"_name_or_path\": \"x\", \"feature_extractor\": [\"transformers\", \"CLIPImageProcessor\"], \"safety_checker\": [\"stable_diffusion\", \"StableDiffusionSafetyChecker\"], \"unet\": [\"diffusers\", \"UNet2DConditionModel\"], \"image_encoder\": [null, null], \"requires_safety_checker\": true}"
    ),
    (
      "adapter_config.json",
      "{\"auto_mapping\": null, \"base_model_name_or_path\": \"meta/llama\", \"peft_type\": \"LORA\", \"target_modules\": [\"q_proj\"]}"
    ),
    (
      "adapter2.json",
      "{\"auto_mapping\": {\"base_model_class\": \"BertModel\", \"parent_library\": \"transformers.models.bert.modeling_bert\"}, \"peft_type\": \"LORA\"}"
    ),
    ("vocab.json", "{\"<s>\": 0, \"\\u0120the\": 1, \"{{\": 2, \"}}\": 3, \"{%\": 4}"),
    ("special.json", "{\"bos_token\": {\"content\": \"<s>\", \"lstrip\": false}, \"eos_token\": \"</s>\"}"),
    ("gen.json", "{\"bos_token_id\": 1, \"temperature\": 0.6}"),
    (
      "pmml.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header><Application name=\"SkLearn2PMML\"/><Timestamp>2024</Timestamp></Header><DataDictionary><DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/></DataDictionary></PMML>\n"
    ),
    (
      "svg.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><path d=\"M0 0\"/></svg>"
    ),
    ("cdata.xml", "<a><![CDATA[ <x> & ]]>&lt;&#65;</a>"),
    (
      "ov.xml",
      "<?xml version=\"1.0\"?><net name=\"x\" version=\"11\"><layers><layer id=\"0\" name=\"x\" type=\"Parameter\" version=\"opset1\"><data shape=\"1,3\" element_type=\"f32\"/></layer></layers></net>"
    ),
    ("prose1.txt", "The model was trained on data.\nUse `os.system` with care (see below).\n"),
    ("prose2.txt", "Note: this is a note.\nimport this idea into your head.\n"),
    ("prose3.txt", "hello (world)\n"),
    ("prose4.txt", "print this page\n"),
    ("codeowners", "* @team\n/docs/ @docs\n"),
    ("Dockerfile", "FROM python:3.10\nRUN pip install torch\nCOPY . /app\nCMD [\"python\", \"app.py\"]\n"),
    ("Makefile", "all: build\n\nbuild:\n\tgcc -o x x.c\n"),
    ("dict.txt", "{'a': 1, 'b': [1, 2]}\n"),
    ("num.txt", "0.1 0.2 0.3\n1 2 3\n"),
    ("glove.txt", "the 0.418 0.24968 -0.41242\nof 0.70853 0.57088 -0.4716\nimport 0.1 0.2 0.3\n"),
    ("libsvm.txt", "1 1:0.5 3:1.2\n-1 2:0.7\n"),
    ("rst.rst", "Title\n=====\n\n.. code-block:: python\n\n   import os\n   os.system('x')\n\nText here.\n"),
    ("words.txt", "import\nfrom\nclass\ndef\nos\n"),
    (
      "ansi.log",
      "\u{1B}[32mINFO\u{1B}[0m all good here, training started with 4 workers and 2 GPUs\nmore text to make it long enough for the ratio test of text\nand again more text to make it long enough for the ratio test\n\u{1B}[32mINFO\u{1B}[0m all good here, training started with 4 workers and 2 GPUs\nmore text to make it long enough for the ratio test of text\nand again more text to make it long enough for the ratio test\n\u{1B}[32mINFO\u{1B}[0m all good here, training started with 4 workers and 2 GPUs\nmore text to make it long enough for the ratio test of text\nand again more text to make it long enough for the ratio test\n"
    ),
    (
      "modelfile",
      "FROM ./model.gguf\nTEMPLATE \"\"\"{{ .System }}\nUSER: {{ .Prompt }}\"\"\"\nPARAMETER temperature 0.7\n"
    ),
    (
      "citation.cff",
      "cff-version: 1.2.0\nmessage: \"If you use this: cite it.\"\nauthors:\n  - family-names: A\n    given-names: B\ntitle: X\n"
    ),
    ("names.txt", "person\nbicycle\ncar\ntraffic light\nfire hydrant\n"),
    ("hash.txt", "d41d8cd98f00b204e9800998ecf8427e  model.bin\n"),
    ("date.txt", "2024-01-01\n"),
    ("bib2.bib", "@article{a, title={Import}, year={2020}}\n"),
    (
      "card.md",
      "<h1 align=\"center\">Model</h1>\n\nSome text here and there with many words in it.\n\n<script>not run</script>\n"
    ),
    (
      "sagemaker.yaml",
      "Resources:\n  Model:\n    Type: AWS::SageMaker::Model\n    Properties:\n      Name: \"${AWS::StackName}\"\n"
    ),
    (
      "notebook.json",
      "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"%matplotlib inline\\n\", \"!pip install torch\\n\", \"import torch\\n\", \"print(torch.ones(2))\"]}], \"nbformat\": 4}"
    ),
    ("recipe.mk", "all: a\n\na:\n\tpython train.py\n\tcurl -sSL https://x.org/install.sh | sh\n"),
    (
      "docker.txt",
      "FROM python:3.11\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh\nRUN apt-get update && apt-get install -y git\n"
    ),
    ("animals.txt", "cat\nfind\nmake\ntest\ndate\ntime\nsort\n"),
    ("phrases.txt", "find the ball\nmake it so\ntest of time\nset in stone\nread my lips\n"),
    ("hello.txt", "Load the model and call model.eval() before use.\n"),
    (
      "net.prototxt",
      "name: \"n\"\ninput: \"data\"\nlayer {\n  name: \"c\" type: \"Convolution\"\n  convolution_param { weight_filler { type: \"xavier\" } }\n}\n"
    ),
    (
      "plist.xml",
      "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist><dict/></plist>\n"
    ),
    ("markdown_list.txt", "- one\n- two (2)\n- [three](http://x)\n"),
    ("table.txt", "| a | b |\n|---|---|\n| f(x) | g(x) |\n"),
    ("math.txt", "f(x) = 2x + 1\ng(x) = f(f(x))\n"),
    ("toml.toml", "[tool.x]\nkey = \"v\"\nfn = \"f(x)\"\n"),
    (
      "shell.jsonl",
      "{\"command\": \"curl http://x | sh\", \"label\": 1}\n{\"command\": \"rm -rf /\", \"label\": 1}\n"
    ),
    (
      "style.css",
      "body {\n  color: red;\n  background: url(x.png);\n}\na:not(.b) {\n  margin: 0;\n  padding: 1px;\n  width: calc(1px + 2px);\n}\n"
    ),
    (
      "nginx.conf",
      "server {\n  listen 80;\n  location / {\n    proxy_pass http://x;\n    proxy_set_header a b;\n  }\n}\n"
    ),
    (
      "x.proto",
      "syntax = \"proto3\";\nmessage A {\n  int32 a = 1;\n  int32 b = 2;\n  int32 c = 3;\n  int32 d = 4;\n}\n"
    ),
    ("chinese.txt", "这是一个模型。它的名字是“模型”。\nprint(1)\n"),
    ("large.yaml", "a: b\nc: [" + String(repeating: "1,", count: 140_000) + "]\n"),
  ]
}
