#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
#
# Makes the vectors of this folder with the reference tool: pip install model-signing==1.1.1 pyopenssl, and openssl.
# The keys are thrown away; nothing but these vectors was ever signed with them.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p model/sub
printf 'weights' >model/weights.bin
printf '{}' >model/config.json
printf 'more' >model/sub/part.bin
for curve in prime256v1:p256 secp384r1:p384 secp521r1:p521; do
  name=${curve#*:}
  openssl ecparam -name "${curve%:*}" -genkey -noout -out "$work/$name.key"
  openssl ec -in "$work/$name.key" -pubout -out "$name.pub" 2>/dev/null
  model_signing sign key --private_key "$work/$name.key" --signature "$name.sig" model
done
model_signing sign key --private_key "$work/p256.key" --signature file.sig model/weights.bin
