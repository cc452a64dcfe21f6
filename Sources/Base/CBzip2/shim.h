// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

#include <bzlib.h>
