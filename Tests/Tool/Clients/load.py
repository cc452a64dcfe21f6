# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Asks a server from several connections until it is gone: PORT CERTIFICATE KEY BODY. Prints how often it answered with 200."""
import http.client
import ssl
import sys
import threading

port, certificate, key, body = sys.argv[1:]
headers = {"Authorization": f"Bearer {key}"}
context = ssl.create_default_context(cafile=certificate)
answered = []


def ask():
    count = 0
    try:
        connection = http.client.HTTPSConnection("localhost", int(port), context=context, timeout=30)
        while True:
            connection.request("POST", "/v2/models/digits/infer", body, headers)
            answer = connection.getresponse()
            answer.read()
            count += answer.status == 200
    except (OSError, http.client.HTTPException):
        answered.append(count)


threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(answered))
