// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Graphs for other runtimes: ExecuTorch, Core ML, OpenVINO, Paddle, MXNet, CNTK, TensorRT, RKNN.
enum Graphs: FormatFamily {
}
