# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the ordinary files of TensorFlow in the folder `tensorflow`, and two of them beside it.

    python3 -m venv /tmp/fixtures && /tmp/fixtures/bin/pip install tensorflow-cpu==2.21.0
    /tmp/fixtures/bin/python make_tensorflow.py
"""

import os
import pathlib
import shutil
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

tf1 = tf.compat.v1
out = pathlib.Path("tensorflow")
shutil.rmtree(out, ignore_errors=True)
out.mkdir()
tf.random.set_seed(7)
vocabulary = pathlib.Path("vocab.txt")
vocabulary.write_text("a\nb\nc\n")


class Small(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
    def __call__(self, x):
        return tf.nn.relu(x) + 1.0


class Tables(tf.Module):
    """A table from an asset, one in memory, variables, a loop, a branch and a dataset."""

    def __init__(self):
        self.table = tf.lookup.StaticVocabularyTable(
            tf.lookup.TextFileInitializer(
                str(vocabulary), tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64,
                tf.lookup.TextFileIndex.LINE_NUMBER), 2)
        self.counts = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
        self.weight = tf.Variable([1.0, 2.0])
        self.text = tf.Variable("text")

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
    def __call__(self, x):
        ids = self.table.lookup(tf.strings.lower(x))
        tf.print("ids", ids)
        step = tf.constant(0)
        while step < 3:
            step += 1
        data = tf.data.Dataset.from_tensor_slices(ids).map(lambda i: i * 2).cache()
        return {"ids": ids, "sum": data.reduce(tf.constant(0, tf.int64), lambda a, b: a + b), "steps": step}


tf.saved_model.save(Tables(), str(out / "saved_model"))
small = Small()
tf.saved_model.save(small, str(out / "small"))
shutil.copy(out / "small" / "saved_model.pb", "tf-saved_model.pb")
shutil.rmtree(out / "small")

model = tf.keras.Sequential([tf.keras.Input((6,)), tf.keras.layers.Dense(4, "relu"), tf.keras.layers.Dense(2)])
model.export(str(out / "keras"), verbose=False)
tf.train.Checkpoint(model=model).write(str(out / "checkpoint2" / "model"))

with tf1.Graph().as_default(), tf1.Session() as session:
    x = tf1.placeholder(tf.float32, [None, 3], "x")
    weight = tf1.get_variable("w", [3, 2], initializer=tf1.ones_initializer())
    y = tf1.nn.softmax(tf1.matmul(x, weight), name="y")
    tf1.summary.scalar("loss", tf1.reduce_mean(y))
    session.run(tf1.global_variables_initializer())
    folder = out / "version1"
    folder.mkdir()
    tf1.train.Saver(sharded=True).save(session, str(folder / "model.ckpt"))
    tf1.train.Saver(write_version=tf1.train.SaverDef.V1).save(session, str(folder / "old.ckpt"))
    # The file says in which folder it was written.
    (folder / "checkpoint").write_text('model_checkpoint_path: "model.ckpt"\nall_model_checkpoint_paths: "model.ckpt"\n')
    tf.io.write_graph(session.graph_def, str(folder), "graph.pb", as_text=False)
    tf.io.write_graph(session.graph_def, str(folder), "graph.pbtxt")
    frozen = tf1.graph_util.convert_variables_to_constants(session, session.graph_def, ["y"])
    tf.io.write_graph(frozen, str(folder), "frozen.pb", as_text=False)

plain = tf.lite.TFLiteConverter.from_keras_model(model).convert()
(out / "model.tflite").write_bytes(plain)
flex = tf.lite.TFLiteConverter.from_concrete_functions([tf.function(
    lambda x: tf.linalg.det(x), input_signature=[tf.TensorSpec([2, 2], tf.float32)]).get_concrete_function()])
flex.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS, tf.lite.OpsSet.SELECT_TF_OPS]
(out / "flex.tflite").write_bytes(flex.convert())
# Metadata writers append the associated files like this.
(out / "associated.tflite").write_bytes(plain)
with zipfile.ZipFile(out / "associated.tflite", "a") as archive:
    archive.writestr(zipfile.ZipInfo("labels.txt", (2024, 1, 1, 0, 0, 0)), "cat\ndog\n")
vocabulary.unlink()
