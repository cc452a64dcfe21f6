// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
// swift-format-ignore-file

/// Made by Scripts/make_packs.py: do not edit.
enum XgboostNames {
  /// Classes whose making and filling only fills their dictionary.
  static let classes = """
    xgboost._data_utils DfCatAccessor TransformedDf _ArrayLikeArg _CudaArrayLikeArg
    xgboost.callback CallbackContainer EarlyStopping EvaluationMonitor LearningRateScheduler TrainingCallback TrainingCheckPoint
    xgboost.objective Objective TreeObjective
    xgboost.sklearn XGBClassifier XGBModel XGBRFClassifier XGBRFRegressor XGBRanker XGBRankerMixIn XGBRegressor _SklObjWProto
    xgboost.training _PackedBooster
    """

  /// Functions that only compute.
  static let functions = """

    """
}
