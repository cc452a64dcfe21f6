// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
// swift-format-ignore-file

/// Made by Scripts/make_packs.py: do not edit.
enum LightgbmNames {
  /// Classes whose making and filling only fills their dictionary.
  static let classes = """
    lightgbm.callback CallbackEnv _EarlyStoppingCallback _LogEvaluationCallback _RecordEvaluationCallback _ResetParameterCallback
    lightgbm.sklearn LGBMClassifier LGBMModel LGBMRanker LGBMRegressor _EvalFunctionWrapper _ObjectiveFunctionWrapper
    """

  /// Functions that only compute.
  static let functions = """

    """
}
