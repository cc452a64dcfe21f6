// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

#include "CONNXRuntime.h"

void MartletDiscardLog(
    void *parameter, MartletOrtLogLevel severity, const char *category, const char *identity,
    const char *place, const char *message) {}
