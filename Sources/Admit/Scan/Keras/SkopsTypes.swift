// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Types and functions that a skops file may name: those that skops trusts by itself (numpy, scipy.special, the estimators of
/// scikit-learn), and what the estimators keep inside. Making one and setting its attributes runs nothing of the file.
/// Source: skops 0.16 and scikit-learn 1.9.
enum SkopsTypes {
  /// `module.name`, exact.
  static let inert: Set<String> = {
    var names: Set<String> = []
    var module = ""
    for word in Words.of(text) {
      if word.hasSuffix(":") { module = String(word.dropLast()) } else { names.insert("\(module).\(word)") }
    }
    return names
  }()

  private static let text = """
    builtins: NoneType bool bytearray bytes complex dict float frozenset int list map set slice str tuple
    collections: OrderedDict defaultdict
    datetime: date datetime time timedelta timezone
    numpy: absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_count
      bitwise_or bitwise_xor bool bytes_ cbrt ceil clongdouble complex128 complex64 conjugate copysign cos
      cosh datetime64 deg2rad degrees divide divmod dtype equal exp exp2 expm1 fabs float16 float32 float64
      float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot int16
      int32 int64 int8 invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10
      log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor longdouble longlong
      matmul matvec maximum mean minimum modf multiply ndarray negative nextafter not_equal object_ positive
      power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square
      str_ subtract tan tanh timedelta64 trunc uint16 uint32 uint64 uint8 ulonglong vecdot vecmat void
    numpy.ma: MaskedArray
    numpy.ma.core: MaskedArray
    numpy.random: MT19937 PCG64 PCG64DXSM Philox SFC64
    numpy.random._generator: Generator
    numpy.random.mtrand: RandomState
    scipy._lib.array_api_compat.numpy._aliases: asarray
    scipy.interpolate._bsplines: BSpline
    scipy.interpolate._interpolate: interp1d
    scipy.sparse._bsr: bsr_array bsr_matrix
    scipy.sparse._coo: coo_array coo_matrix
    scipy.sparse._csc: csc_array csc_matrix
    scipy.sparse._csr: csr_array csr_matrix
    scipy.sparse._dia: dia_array dia_matrix
    scipy.sparse._dok: dok_array dok_matrix
    scipy.sparse._lil: lil_array lil_matrix
    scipy.special._special_ufuncs: airy airye bei beip ber berp besselpoly beta betaln binom cbrt cosdg
      cosm1 cotdg dawsn ellipe ellipeinc ellipj ellipk ellipkinc ellipkm1 erf erfc erfcx erfi exp1 exp10
      exp2 expi expit expm1 exprel fresnel gamma gammainc gammaincc gammainccinv gammaincinv gammaln
      gammasgn hankel1 hankel1e hankel2 hankel2e hyp2f1 i0 i0e i1 i1e it2i0k0 it2j0y0 it2struve0 itairy
      iti0k0 itj0y0 itmodstruve0 itstruve0 iv ive j0 j1 jv jve k0 k0e k1 k1e kei keip kelvin ker kerp kv kve
      log1p log_expit log_ndtr log_wright_bessel loggamma logit mathieu_a mathieu_b mathieu_cem
      mathieu_modcem1 mathieu_modcem2 mathieu_modsem1 mathieu_modsem2 mathieu_sem modfresnelm modfresnelp
      modstruve ndtr obl_ang1 obl_ang1_cv obl_cv obl_rad1 obl_rad1_cv obl_rad2 obl_rad2_cv pbdv pbvv pbwa
      pro_ang1 pro_ang1_cv pro_cv pro_rad1 pro_rad1_cv pro_rad2 pro_rad2_cv psi radian rgamma sindg struve
      tandg voigt_profile wofz wright_bessel xlog1py xlogy y0 y1 yv yve zetac
    scipy.special._ufuncs: agm bdtr bdtrc bdtri bdtrik bdtrin betainc betaincc betainccinv betaincinv boxcox
      boxcox1p btdtria btdtrib chdtr chdtrc chdtri chdtriv chndtr chndtridf chndtrinc chndtrix elliprc
      elliprd elliprf elliprg elliprj entr erfcinv erfinv eval_chebyc eval_chebys eval_chebyt eval_chebyu
      eval_gegenbauer eval_genlaguerre eval_hermite eval_hermitenorm eval_jacobi eval_laguerre eval_legendre
      eval_sh_chebyt eval_sh_chebyu eval_sh_jacobi eval_sh_legendre expn fdtr fdtrc fdtri fdtridfd gdtr
      gdtrc gdtria gdtrib gdtrix huber hyp0f1 hyp1f1 hyperu inv_boxcox inv_boxcox1p kl_div kn kolmogi
      kolmogorov lpmv nbdtr nbdtrc nbdtri nbdtrik nbdtrin ncfdtr ncfdtri ncfdtridfd ncfdtridfn ncfdtrinc
      nctdtr nctdtridf nctdtrinc nctdtrit ndtri ndtri_exp nrdtrimn nrdtrisd owens_t pdtr pdtrc pdtri pdtrik
      poch powm1 pseudo_huber rel_entr round shichi sici smirnov smirnovi spence stdtr stdtridf stdtrit
      tklmbda wrightomega yn
    sklearn._loss._loss: CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss
      CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity
      CyHuberLoss CyLossFunction CyPinballLoss
    sklearn._loss.link: HalfLogitLink IdentityLink Interval LogLink LogitLink MultinomialLogit
    sklearn._loss.loss: AbsoluteError ArrayAPILossMixin BaseLoss ExponentialLoss HalfBinomialLoss
      HalfBinomialLossArrayAPI HalfGammaLoss HalfMultinomialLoss HalfMultinomialLossArrayAPI HalfPoissonLoss
      HalfPoissonLossArrayAPI HalfSquaredError HalfTweedieLoss HalfTweedieLossIdentity HuberLoss PinballLoss
    sklearn.calibration: CalibratedClassifierCV _CalibratedClassifier _IsotonicCalibration
      _SigmoidCalibration
    sklearn.cluster._affinity_propagation: AffinityPropagation
    sklearn.cluster._agglomerative: AgglomerativeClustering FeatureAgglomeration
    sklearn.cluster._bicluster: SpectralBiclustering SpectralCoclustering
    sklearn.cluster._birch: Birch
    sklearn.cluster._bisect_k_means: BisectingKMeans _BisectingTree
    sklearn.cluster._dbscan: DBSCAN
    sklearn.cluster._hdbscan.hdbscan: HDBSCAN
    sklearn.cluster._kmeans: KMeans MiniBatchKMeans _kmeans_single_lloyd
    sklearn.cluster._mean_shift: MeanShift
    sklearn.cluster._optics: OPTICS
    sklearn.cluster._spectral: SpectralClustering
    sklearn.compose._column_transformer: ColumnTransformer _RemainderColsList
    sklearn.compose._target: TransformedTargetRegressor
    sklearn.covariance._elliptic_envelope: EllipticEnvelope
    sklearn.covariance._empirical_covariance: EmpiricalCovariance
    sklearn.covariance._graph_lasso: GraphicalLasso GraphicalLassoCV
    sklearn.covariance._robust_covariance: MinCovDet
    sklearn.covariance._shrunk_covariance: LedoitWolf OAS ShrunkCovariance
    sklearn.cross_decomposition._pls: CCA PLSCanonical PLSRegression PLSSVD
    sklearn.decomposition._dict_learning: DictionaryLearning MiniBatchDictionaryLearning SparseCoder
    sklearn.decomposition._factor_analysis: FactorAnalysis
    sklearn.decomposition._fastica: FastICA
    sklearn.decomposition._incremental_pca: IncrementalPCA
    sklearn.decomposition._kernel_pca: KernelPCA
    sklearn.decomposition._lda: LatentDirichletAllocation
    sklearn.decomposition._nmf: MiniBatchNMF NMF
    sklearn.decomposition._pca: PCA
    sklearn.decomposition._sparse_pca: MiniBatchSparsePCA SparsePCA
    sklearn.decomposition._truncated_svd: TruncatedSVD
    sklearn.discriminant_analysis: LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis
    sklearn.dummy: DummyClassifier DummyRegressor
    sklearn.ensemble._bagging: BaggingClassifier BaggingRegressor
    sklearn.ensemble._forest: ExtraTreesClassifier ExtraTreesRegressor RandomForestClassifier
      RandomForestRegressor RandomTreesEmbedding
    sklearn.ensemble._gb: GradientBoostingClassifier GradientBoostingRegressor
    sklearn.ensemble._hist_gradient_boosting.binning: _BinMapper
    sklearn.ensemble._hist_gradient_boosting.gradient_boosting: HistGradientBoostingClassifier
      HistGradientBoostingRegressor
    sklearn.ensemble._hist_gradient_boosting.predictor: TreePredictor
    sklearn.ensemble._iforest: IsolationForest
    sklearn.ensemble._stacking: StackingClassifier StackingRegressor
    sklearn.ensemble._voting: VotingClassifier VotingRegressor
    sklearn.ensemble._weight_boosting: AdaBoostClassifier AdaBoostRegressor
    sklearn.exceptions: ConvergenceWarning
    sklearn.feature_extraction._dict_vectorizer: DictVectorizer
    sklearn.feature_extraction._hash: FeatureHasher
    sklearn.feature_extraction.image: PatchExtractor
    sklearn.feature_extraction.text: CountVectorizer HashingVectorizer TfidfTransformer TfidfVectorizer
    sklearn.feature_selection._from_model: SelectFromModel
    sklearn.feature_selection._mutual_info: mutual_info_classif mutual_info_regression
    sklearn.feature_selection._rfe: RFE RFECV
    sklearn.feature_selection._sequential: SequentialFeatureSelector
    sklearn.feature_selection._univariate_selection: GenericUnivariateSelect SelectFdr SelectFpr SelectFwe
      SelectKBest SelectPercentile chi2 f_classif f_oneway f_regression r_regression
    sklearn.feature_selection._variance_threshold: VarianceThreshold
    sklearn.frozen._frozen: FrozenEstimator
    sklearn.gaussian_process._gpc: GaussianProcessClassifier _BinaryGaussianProcessClassifierLaplace
    sklearn.gaussian_process._gpr: GaussianProcessRegressor
    sklearn.gaussian_process.kernels: CompoundKernel ConstantKernel DotProduct ExpSineSquared Exponentiation
      GenericKernelMixin Hyperparameter Kernel KernelOperator Matern NormalizedKernelMixin PairwiseKernel
      Product RBF RationalQuadratic StationaryKernelMixin Sum WhiteKernel
    sklearn.impute._base: MissingIndicator SimpleImputer
    sklearn.impute._knn: KNNImputer
    sklearn.isotonic: IsotonicRegression
    sklearn.kernel_approximation: AdditiveChi2Sampler Nystroem PolynomialCountSketch RBFSampler
      SkewedChi2Sampler
    sklearn.kernel_ridge: KernelRidge
    sklearn.linear_model._base: LinearRegression
    sklearn.linear_model._bayes: ARDRegression BayesianRidge
    sklearn.linear_model._coordinate_descent: ElasticNet ElasticNetCV Lasso LassoCV MultiTaskElasticNet
      MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV
    sklearn.linear_model._glm.glm: GammaRegressor PoissonRegressor TweedieRegressor
    sklearn.linear_model._huber: HuberRegressor
    sklearn.linear_model._least_angle: Lars LarsCV LassoLars LassoLarsCV LassoLarsIC
    sklearn.linear_model._logistic: LogisticRegression LogisticRegressionCV
    sklearn.linear_model._omp: OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV
    sklearn.linear_model._passive_aggressive: PassiveAggressiveClassifier PassiveAggressiveRegressor
    sklearn.linear_model._perceptron: Perceptron
    sklearn.linear_model._quantile: QuantileRegressor
    sklearn.linear_model._ransac: RANSACRegressor
    sklearn.linear_model._ridge: Ridge RidgeCV RidgeClassifier RidgeClassifierCV
    sklearn.linear_model._sgd_fast: EpsilonInsensitive Hinge SquaredEpsilonInsensitive SquaredHinge
    sklearn.linear_model._stochastic_gradient: Hinge SGDClassifier SGDOneClassSVM SGDRegressor
    sklearn.linear_model._theil_sen: TheilSenRegressor
    sklearn.manifold._classical_mds: ClassicalMDS
    sklearn.manifold._isomap: Isomap
    sklearn.manifold._locally_linear: LocallyLinearEmbedding
    sklearn.manifold._mds: MDS
    sklearn.manifold._spectral_embedding: SpectralEmbedding
    sklearn.manifold._t_sne: TSNE
    sklearn.metrics._classification: accuracy_score balanced_accuracy_score brier_score_loss
      class_likelihood_ratios classification_report cohen_kappa_score confusion_matrix d2_brier_score
      d2_log_loss_score f1_score fbeta_score hamming_loss hinge_loss jaccard_score log_loss
      matthews_corrcoef multilabel_confusion_matrix precision_recall_fscore_support precision_score
      recall_score zero_one_loss
    sklearn.metrics._dist_metrics: BrayCurtisDistance32 BrayCurtisDistance64 CanberraDistance32
      CanberraDistance64 ChebyshevDistance32 ChebyshevDistance64 DiceDistance32 DiceDistance64
      DistanceMetric DistanceMetric32 DistanceMetric64 EuclideanDistance32 EuclideanDistance64
      HammingDistance32 HammingDistance64 HaversineDistance32 HaversineDistance64 JaccardDistance32
      JaccardDistance64 KulsinskiDistance32 KulsinskiDistance64 MahalanobisDistance32 MahalanobisDistance64
      ManhattanDistance32 ManhattanDistance64 MatchingDistance32 MatchingDistance64 MinkowskiDistance32
      MinkowskiDistance64 PyFuncDistance32 PyFuncDistance64 RogersTanimotoDistance32
      RogersTanimotoDistance64 RussellRaoDistance32 RussellRaoDistance64 SEuclideanDistance32
      SEuclideanDistance64 SokalMichenerDistance32 SokalMichenerDistance64 SokalSneathDistance32
      SokalSneathDistance64
    sklearn.metrics._ranking: auc average_precision_score confusion_matrix_at_thresholds coverage_error
      dcg_score det_curve label_ranking_average_precision_score label_ranking_loss metric_at_thresholds
      ndcg_score precision_recall_curve roc_auc_score roc_curve top_k_accuracy_score
    sklearn.metrics._regression: d2_absolute_error_score d2_pinball_score d2_tweedie_score
      explained_variance_score max_error mean_absolute_error mean_absolute_percentage_error
      mean_gamma_deviance mean_pinball_loss mean_poisson_deviance mean_squared_error mean_squared_log_error
      mean_tweedie_deviance median_absolute_error r2_score root_mean_squared_error
      root_mean_squared_log_error
    sklearn.metrics._scorer: _CurveScorer _Scorer
    sklearn.metrics.cluster._bicluster: consensus_score
    sklearn.metrics.cluster._supervised: adjusted_mutual_info_score adjusted_rand_score completeness_score
      fowlkes_mallows_score homogeneity_completeness_v_measure homogeneity_score mutual_info_score
      normalized_mutual_info_score pair_confusion_matrix rand_score v_measure_score
    sklearn.metrics.cluster._unsupervised: calinski_harabasz_score davies_bouldin_score silhouette_samples
      silhouette_score
    sklearn.metrics.pairwise: euclidean_distances nan_euclidean_distances pairwise_distances
      pairwise_distances_argmin pairwise_distances_argmin_min pairwise_distances_chunked pairwise_kernels
    sklearn.mixture._bayesian_mixture: BayesianGaussianMixture
    sklearn.mixture._gaussian_mixture: GaussianMixture
    sklearn.model_selection._classification_threshold: FixedThresholdClassifier TunedThresholdClassifierCV
    sklearn.model_selection._search: GridSearchCV RandomizedSearchCV
    sklearn.multiclass: OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier _ConstantPredictor
    sklearn.multioutput: ClassifierChain MultiOutputClassifier MultiOutputRegressor RegressorChain
    sklearn.naive_bayes: BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB
    sklearn.neighbors._ball_tree: BallTree
    sklearn.neighbors._classification: KNeighborsClassifier RadiusNeighborsClassifier
    sklearn.neighbors._graph: KNeighborsTransformer RadiusNeighborsTransformer
    sklearn.neighbors._kd_tree: KDTree
    sklearn.neighbors._kde: KernelDensity
    sklearn.neighbors._lof: LocalOutlierFactor
    sklearn.neighbors._nca: NeighborhoodComponentsAnalysis
    sklearn.neighbors._nearest_centroid: NearestCentroid
    sklearn.neighbors._regression: KNeighborsRegressor RadiusNeighborsRegressor
    sklearn.neighbors._unsupervised: NearestNeighbors
    sklearn.neural_network._multilayer_perceptron: MLPClassifier MLPRegressor
    sklearn.neural_network._rbm: BernoulliRBM
    sklearn.neural_network._stochastic_optimizers: AdamOptimizer SGDOptimizer
    sklearn.pipeline: FeatureUnion Pipeline
    sklearn.preprocessing._data: Binarizer KernelCenterer MaxAbsScaler MinMaxScaler Normalizer
      PowerTransformer QuantileTransformer RobustScaler StandardScaler
    sklearn.preprocessing._discretization: KBinsDiscretizer
    sklearn.preprocessing._encoders: OneHotEncoder OrdinalEncoder
    sklearn.preprocessing._function_transformer: FunctionTransformer
    sklearn.preprocessing._label: LabelBinarizer LabelEncoder MultiLabelBinarizer
    sklearn.preprocessing._polynomial: PolynomialFeatures SplineTransformer
    sklearn.preprocessing._target_encoder: TargetEncoder
    sklearn.random_projection: GaussianRandomProjection SparseRandomProjection
    sklearn.semi_supervised._label_propagation: LabelPropagation LabelSpreading
    sklearn.semi_supervised._self_training: SelfTrainingClassifier
    sklearn.svm._classes: LinearSVC LinearSVR NuSVC NuSVR OneClassSVM SVC SVR
    sklearn.tree._classes: DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier
      ExtraTreeRegressor
    sklearn.tree._tree: Tree
    sklearn.utils._bunch: Bunch
    sklearn.utils._metadata_requests: MetadataRequest MethodMetadataRequest
    """
}
