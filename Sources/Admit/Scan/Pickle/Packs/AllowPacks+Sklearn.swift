// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowPacks {
  /// Classes that are dictionaries, filled by items.
  private static func dictionaries(_ lines: String) -> [AllowEntry] {
    list(lines) {
      AllowEntry(
        module: $0, name: $1, reason: "a dictionary", isClass: true, isMadeEmpty: true,
        call: AllowShape([.init(.dict)], required: 0),
        state: .init([.dict, .none]), writes: ["items"])
    }
  }

  /// Compiled classes that are made from numbers and from arrays whose types they check.
  private static func compiled(_ lines: String, _ count: Int) -> [AllowEntry] {
    list(lines) {
      var entry = function(
        $0, $1, count, "compiled: made from plain values whose types it checks", required: 0,
        // A number is one of outputs or classes, which it allocates for.
        most: 1 << 24)
      entry.isClass = true
      entry.isMadeEmpty = true
      entry.state = .init([.dict, .tuple, .none])
      return entry
    }
  }

  static let sklearn = AllowPack(
    "sklearn", isOnByDefault: true,
    about: """
      Estimators of scikit-learn 0.24 to 1.9: making one and giving it a state only fills its dictionary. Functions in       it, as of a FunctionTransformer, are judged like everything that a pickle names.
      """,
    classes(SklearnNames.classes, "an estimator of scikit-learn: its state only fills its dictionary")
      + named(
        """
        sklearn.cluster._kmeans _kmeans_single_lloyd _kmeans_single_elkan lloyd_iter_chunked_dense
        scipy._lib.array_api_compat.numpy._aliases asarray
        sklearn.externals.array_api_compat.numpy._aliases asarray
        sklearn.utils.validation check_array check_X_y
        sklearn.cluster._k_means_elkan elkan_iter_chunked_dense elkan_iter_chunked_sparse
        """, "a function that only computes, named and not called")
      + named(SklearnNames.functions, "a function that only computes, named and not called")
      + dictionaries(
        """
        sklearn.utils Bunch
        sklearn.utils._bunch Bunch
        sklearn.utils._encode _nandict _NaNCounter
        sklearn.covariance._graph_lasso _DictWithDeprecatedKeys
        sklearn.utils._param_validation Hidden
        """)
      + compiled("sklearn.tree._tree Tree\nsklearn.tree.tree Tree", 3)
      + compiled(
        """
        sklearn.neighbors._kd_tree KDTree KDTree64 KDTree32
        sklearn.neighbors._ball_tree BallTree BallTree64 BallTree32
        sklearn.neighbors.kd_tree KDTree
        sklearn.neighbors.ball_tree BallTree
        sklearn.metrics._dist_metrics \(metrics)
        sklearn.neighbors._dist_metrics \(metrics)
        sklearn.neighbors.dist_metrics \(metrics)
        sklearn.linear_model._sgd_fast \(losses)
        sklearn.linear_model.sgd_fast \(losses)
        sklearn._loss._loss \(losses)
        sklearn.compose._column_transformer _RemainderColsList
        """, 2)
      + list(
        """
        sklearn.neighbors._kd_tree newObj
        sklearn.neighbors._ball_tree newObj
        sklearn.neighbors.kd_tree newObj
        sklearn.neighbors.ball_tree newObj
        sklearn.metrics._dist_metrics newObj
        sklearn.neighbors._dist_metrics newObj
        sklearn.neighbors.dist_metrics newObj
        """
      ) {
        AllowEntry(
          module: $0, name: $1, reason: "makes an empty object of a class that is itself on this list",
          call: AllowShape([.init(.vettedGlobal)]), makesFirstArgument: true)
      }
      + list(
        Words.of(losses).map { "sklearn._loss._loss __pyx_unpickle_\($0)" }.joined(
          separator: "\n")
      ) {
        function($0, $1, 3, "compiled: made from plain values whose types it checks")
      })

  private static let metrics: String = {
    let names = [
      "Euclidean", "SEuclidean", "Manhattan", "Chebyshev", "Minkowski", "WMinkowski", "Mahalanobis",
      "Hamming",
      "Canberra", "BrayCurtis", "Jaccard", "Matching", "Dice", "Kulsinski", "RogersTanimoto", "RussellRao",
      "SokalMichener", "SokalSneath", "Haversine",
    ]
    return names.flatMap { ["\($0)Distance", "\($0)Distance64", "\($0)Distance32"] }.joined(separator: " ")
      + " DistanceMetric DistanceMetric64 DistanceMetric32"
  }()

  private static let losses = """
    Hinge SquaredHinge Log Huber EpsilonInsensitive SquaredEpsilonInsensitive ModifiedHuber SquaredLoss     CyHalfSquaredError CyAbsoluteError CyPinballLoss CyHuberLoss CyHalfPoissonLoss CyHalfGammaLoss CyHalfTweedieLoss     CyHalfTweedieLossIdentity CyHalfBinomialLoss CyExponentialLoss CyHalfMultinomialLoss CyLossFunction Regression     Classification LossFunction
    """
}
