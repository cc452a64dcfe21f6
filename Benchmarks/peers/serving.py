# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""The runtime that MLServer serves an ONNX model with in Benchmarks/serving.py: ONNX Runtime, one thread a request."""

import numpy
import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse


class OnnxModel(MLModel):
    async def load(self) -> bool:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            self.settings.parameters.uri, options, providers=["CPUExecutionProvider"]
        )
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        given = {
            tensor.name: NumpyCodec.decode_input(tensor).astype(numpy.float32, copy=False)
            for tensor in payload.inputs
        }
        names = [output.name for output in self.session.get_outputs()]
        found = self.session.run(names, given)
        return InferenceResponse(
            model_name=self.name,
            model_version=self.version,
            outputs=[NumpyCodec.encode_output(name, array) for name, array in zip(names, found)],
        )
