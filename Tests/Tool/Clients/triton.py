# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Asks a server with tritonclient as it is: PORT CERTIFICATE KEY DATA. Prints what it found as one line of JSON."""
import gevent.ssl
import json
import sys

import numpy
import tritonclient.http as triton

port, certificate, key, data = sys.argv[1:]
headers = {"Authorization": f"Bearer {key}"}
images = numpy.load(data)["x_test"][:8].astype(numpy.float32)


def context():
    return gevent.ssl.create_default_context(cafile=certificate)


client = triton.InferenceServerClient(f"localhost:{port}", ssl=True, ssl_context_factory=context)
found = {
    "live": client.is_server_live(),
    "ready": client.is_server_ready(),
    "modelReady": client.is_model_ready("digits", headers=headers),
    "versionReady": client.is_model_ready("digits", "1", headers=headers),
    "noSuchModelReady": client.is_model_ready("none", headers=headers),
    "extensions": client.get_server_metadata(headers=headers)["extensions"],
    "versions": client.get_model_metadata("digits", headers=headers)["versions"],
}


def ask(outputs=None, binary=True, count=8, **more):
    image = triton.InferInput("image", [count, 1, 8, 8], "FP32")
    image.set_data_from_numpy(images[:count], binary_data=binary)
    # The client writes into the fields that it is given.
    answer = client.infer("digits", [image], outputs=outputs, headers=dict(headers), **more)
    return answer, answer.as_numpy("logits")


# The default settings: raw tensors both ways, and no Content-Type.
answer, logits = ask()
found["id"] = ask(request_id="seven")[0].get_response()["id"]
found["shape"] = list(logits.shape)
found["digits"] = logits.argmax(axis=1).tolist()
wanted = triton.InferRequestedOutput("logits")
plain = triton.InferRequestedOutput("logits", binary_data=False)
found["sameInEveryForm"] = all(
    numpy.array_equal(other, logits)
    for other in [ask([wanted])[1], ask([plain])[1], ask(binary=False)[1], ask([plain], binary=False)[1]]
)
found["alone"] = bool(numpy.allclose(ask(count=1)[1], logits[:1], atol=1e-5))
found["inVersion"] = bool(numpy.array_equal(ask(model_version="1")[1], logits))
try:
    client.infer("digits", [triton.InferInput("image", [1, 1, 8, 8], "FP32")], headers=headers)
except triton.InferenceServerException as error:
    found["refusal"] = error.message()
try:
    ask(request_compression_algorithm="gzip")
except triton.InferenceServerException as error:
    found["compressed"] = error.status()
print(json.dumps(found))
