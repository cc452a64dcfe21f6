// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Graphs for other runtimes: ExecuTorch, Core ML, OpenVINO, Paddle, MXNet, CNTK, TensorRT, RKNN, Caffe, ncnn.
enum Graphs: FormatFamily {
  static let formats: [any ScannedFormat] =
    [
      CoreMLFormat(), ExecuTorchFormat(), PaddleProgramFormat(), PaddleParametersFormat(),
      MXNetParametersFormat(),
      CaffeFormat(), CNTKFormat(),
    ] + CompiledFormat.all
  static let texts: [any TextProfile] = [
    OpenVINOProfile(), PaddleJSONProfile(), MXNetProfile(), CaffeTextProfile(), NCNNProfile(),
    TensorFlowJSProfile(), CoreMLManifest(),
  ]
  static let rules: [any Rule] = [
    GraphOperator(), GraphCode(), GraphEscape(), GraphEntity(), CompiledGraph(), BrokenGraph(),
    MissingWeights(),
    GraphBounds(), GraphName(),
  ]
}
