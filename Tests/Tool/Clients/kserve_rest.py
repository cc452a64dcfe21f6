# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Asks a server with the REST client of kserve as it is: PORT CERTIFICATE KEY DATA. Prints what it found as one line of JSON."""
import asyncio
import json
import ssl
import sys

import httpx
import numpy
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from kserve.protocol.infer_type import RequestedOutput

port, certificate, key, data = sys.argv[1:]
address = f"https://localhost:{port}"
headers = {"Authorization": f"Bearer {key}"}
images = numpy.load(data)["x_test"][:8].astype(numpy.float32)


async def main():
    config = RESTConfig(protocol="v2", verify=ssl.create_default_context(cafile=certificate))
    client = InferenceRESTClient(config)
    found = {
        "live": await client.is_server_live(address),
        "ready": await client.is_server_ready(address),
        "modelReady": await client.is_model_ready(address, "digits", headers=headers),
    }
    logits = {}
    for form, binary_in, binary_out in [("json", False, None), ("binary", True, True), ("mixed", True, False)]:
        image = InferInput("image", list(images.shape), "FP32")
        image.set_data_from_numpy(images, binary_data=binary_in)
        request = InferRequest("digits", [image], request_id="seven")
        if binary_out is not None:
            request.request_outputs = [RequestedOutput("logits", parameters={"binary_data": binary_out})]
        answer = await client.infer(address, request, model_name="digits", headers=dict(headers))
        found["id"] = answer.id
        logits[form] = answer.outputs[0].as_numpy()
    found["digits"] = logits["json"].argmax(axis=1).tolist()
    found["sameInEveryForm"] = all(numpy.array_equal(other, logits["json"]) for other in logits.values())
    try:
        image = InferInput("image", [1, 2], "FP32", data=[1.0, 2.0])
        await client.infer(address, InferRequest("digits", [image]), model_name="digits", headers=dict(headers))
    except httpx.HTTPStatusError as error:
        found["refusal"] = str(error)
    await client.close()
    print(json.dumps(found))


asyncio.run(main())
