// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Trees, forests and statistics: XGBoost, LightGBM, CatBoost, PMML, R.
enum Learners: FormatFamily {
}
