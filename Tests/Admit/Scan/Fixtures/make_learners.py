# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes small ordinary files of GGUF, safetensors, MessagePack, XGBoost, LightGBM, CatBoost, R and fastText.

pip install gguf==0.19.0 safetensors==0.8.0 flax==0.12.8 xgboost==3.2.0 lightgbm==4.7.0 catboost==1.2.10 \
  pyreadr==0.5.8 fasttext-wheel==0.9.2 numpy==2.4.6
"""
import json, os, sys, tempfile
import numpy as np

out = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(out, name)
rng = np.random.default_rng(0)

import gguf
template = ("{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}{% endfor %}"
            "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}")


def tiny(name, endian, quantised=False):
    w = gguf.GGUFWriter(path(name), "llama", endianess=endian)
    w.add_name("tiny")
    w.add_block_count(1)
    w.add_context_length(16)
    w.add_head_count_kv([2])
    w.add_bool("x.flag", True)
    w.add_tokenizer_model("llama")
    w.add_token_list(["<unk>", "a", "b"])
    w.add_token_scores([0.0, -1.0, -2.0])
    w.add_token_types([2, 1, 1])
    w.add_chat_template(template)
    values = rng.normal(size=(2, 32)).astype(np.float32)
    w.add_tensor("blk.0.attn_q.weight", values)
    if quantised:
        kind = gguf.GGMLQuantizationType.Q8_0
        w.add_tensor("blk.0.attn_k.weight", gguf.quants.quantize(np.tile(values, (16, 1)), kind), raw_dtype=kind)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


tiny("tiny.gguf", gguf.GGUFEndian.LITTLE, True)
tiny("tiny-big-endian.gguf", gguf.GGUFEndian.BIG)

from safetensors.numpy import save_file
save_file({"up": np.ones((2, 3), np.float16), "empty": np.zeros((0, 4), np.float32), "one": np.array(3, np.int64)},
          path("lora.safetensors"), metadata={
              "format": "pt", "ss_output_name": "../style", "ss_network_args": json.dumps({"conv_dim": "8"}),
              "ss_tag_frequency": json.dumps({"10_x": {"a (b:1.2)": 2}}), "modelspec.architecture": "sd-v1/lora",
              "ss_optimizer": "bitsandbytes.optim.adamw.AdamW8bit(weight_decay=0.1)", "sshs_model_hash": "ab" * 32})

import flax.serialization
flax_state = {"params": {"kernel": np.ones((2, 3), np.float32), "bias": np.zeros(3)}, "step": np.int64(3), "list": [1, 2.5, None]}
open(path("flax.msgpack"), "wb").write(flax.serialization.msgpack_serialize(flax_state))

import xgboost
x = rng.normal(size=(60, 3))
y = (x[:, 0] + x[:, 1] > 0).astype(int)
booster = xgboost.train({"max_depth": 2, "verbosity": 0}, xgboost.DMatrix(x, label=y), 1)
booster.set_attr(note="hello")
booster.save_model(path("booster.json"))
booster.save_model(path("booster.ubj"))

import lightgbm
lightgbm.train({"verbose": -1, "num_leaves": 3, "min_data_in_leaf": 3}, lightgbm.Dataset(x, label=y), 1).save_model(path("lightgbm.txt"))

import catboost
model = catboost.CatBoostRegressor(iterations=1, depth=1, border_count=2, verbose=0, allow_writing_files=False)
model.fit(x, y)
model.save_model(path("catboost.cbm"))

import pandas, pyreadr
frame = pandas.DataFrame({"a": [1, 2], "b": ["x", None], "c": pandas.Categorical(["u", "v"])})
pyreadr.write_rds(path("frame.rds"), frame)
pyreadr.write_rdata(path("frame.rda"), frame, df_name="frame")

import fasttext
with tempfile.NamedTemporaryFile("w", suffix=".txt") as text:
    text.write("".join("__label__%s word%d word\n" % ("ab"[i % 2], i % 3) for i in range(60)))
    text.flush()
    fasttext.train_supervised(text.name, dim=2, epoch=1, bucket=10, verbose=0).save_model(path("fasttext.bin"))
