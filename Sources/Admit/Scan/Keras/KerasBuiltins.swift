// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What Keras 1, 2 and 3 bring along and a configuration may name: code of Keras that computes with numbers, and neither
/// opens files nor runs what the configuration holds. Those that do are in ``KerasDanger``.
/// Source: the public names of Keras 1.2, tf_keras 2.21 and Keras 3.15.
enum KerasBuiltins {
  /// Whether a text is one of the names that Keras looks up in any of its spellings: `glorot_uniform`, `GlorotUniform`, `l2`.
  static func hasAnyName(_ text: String) -> Bool {
    spellings.contains(text.lowercased().filter { $0 != "_" })
  }

  private static let spellings: Set<String> = Set(
    (Array(classes) + Array(functions)).map { $0.lowercased().filter { $0 != "_" } }
      + ["zero", "one", "normal", "uniform", "none", "maxnorm", "nonneg", "unitnorm", "l1l2", "stft"])

  /// Layers, models, initializers, regularizers, constraints, optimizers, losses, metrics, policies.
  static let classes = words(
    """
    AUC AWQConfig AWQDTypePolicy AbsMaxQuantizer Accuracy Activation ActivityRegularization
    ActivityRegularizer Adadelta Adafactor Adagrad Adam AdamW Adamax AdaptiveAveragePooling1D
    AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
    AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout AtrousConvolution1D AtrousConvolution2D
    Attention AugMix AutoContrast Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D
    AvgPool2D AvgPool3D BaseLossScaleOptimizer BatchNormalization BatchNormalizationV1 BatchNormalizationV2
    Bidirectional BinaryAccuracy BinaryCrossentropy BinaryFocalCrossentropy BinaryIoU CTC
    CategoricalAccuracy CategoricalCrossentropy CategoricalEncoding CategoricalFocalCrossentropy
    CategoricalGeneralizedCrossEntropy CategoricalHinge CategoryCrossing CategoryEncoding CenterCrop Circle
    Concatenate ConcordanceCorrelation Constant ConstantV2 ContrastLimitedAdaptiveHistogramEqualization
    Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D
    Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose Convolution3D
    Convolution3DTranspose CosineDecay CosineDecayRestarts CosineSimilarity Cropping1D Cropping2D Cropping3D
    CuDNNGRU CuDNNLSTM CutMix DTypePolicy DTypePolicyMap Deconvolution2D Deconvolution3D Dense DenseV2
    DepthwiseConv1D DepthwiseConv2D Dice Discretization Dot Dropout ELU EinsumDense Embedding Equalization
    ExponentialDecay F1Score FBetaScore FalseNegatives FalsePositives Flatten Float8QuantizationConfig
    FloatDTypePolicy Ftrl Functional GPTQConfig GPTQDTypePolicy GRU GRUCell GRUV1 GRUV2 GaussianDropout
    GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D
    GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D
    GlobalMaxPooling2D GlobalMaxPooling3D GlorotNormal GlorotNormalV2 GlorotUniform GlorotUniformV2
    GroupNormalization GroupQueryAttention GroupedQueryAttention HashedCrossing Hashing HeNormal HeNormalV2
    HeUniform HeUniformV2 Highway Hinge Huber Identity IdentityInitializer IdentityV2 IndexLookup InputLayer
    Int4DTypePolicy Int4QuantizationConfig Int8QuantizationConfig IntegerLookup InverseTimeDecay IoU
    KLDivergence L1 L1L2 L1L2Regularizer L2 LSTM LSTMCell LSTMV1 LSTMV2 Lamb LayerNormalization LeakyReLU
    LecunNormal LecunNormalV2 LecunUniform LecunUniformV2 LegacyOptimizerWarning Lion LocallyConnected1D
    LocallyConnected2D LogCosh LogCoshError LossFunctionWrapper LossScaleOptimizer Masking MaxNorm
    MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D MaxPooling2D MaxPooling3D Maximum
    MaxoutDense Mean MeanAbsoluteError MeanAbsolutePercentageError MeanIoU MeanMetricWrapper
    MeanRelativeError MeanSquaredError MeanSquaredLogarithmicError MeanTensor MelSpectrogram Merge
    MinMaxNorm Minimum MixUp Model MultiHeadAttention MultiOptimizer Multiply Muon Nadam Network NonNeg
    Normalization OneHotIoU OneHotMeanIoU Ones OnesV2 OptimizerV2 Orthogonal OrthogonalInitializer
    OrthogonalRegularizer OrthogonalV2 PReLU ParametricSoftPlus ParametricSoftplus PearsonCorrelation
    PeepholeLSTMCell Permute PiecewiseConstantDecay Pipeline Poisson Policy PolicyV1 PolynomialDecay
    Precision PrecisionAtRecall QuantizationConfig QuantizedDTypePolicy QuantizedFloat8DTypePolicy R2Score
    RMSNormalization RMSprop RNN RadialConstraint RandAugment RandomBrightness RandomColorDegeneration
    RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip
    RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert RandomNormal RandomNormalV2
    RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear
    RandomTranslation RandomUniform RandomUniformV2 RandomWidth RandomZoom ReLU Recall RecallAtPrecision
    ReductionV2 RepeatVector Rescaling Reshape Resizing ReversibleEmbedding RootMeanSquaredError SGD SReLU
    STFT STFTInitializer STFTSpectrogram ScheduleFreeAdamW SeedGenerator SensitivityAtSpecificity
    SeparableConv1D SeparableConv2D SeparableConvolution1D SeparableConvolution2D Sequential SimpleRNN
    SimpleRNNCell Softmax Solarization SparseCategoricalAccuracy SparseCategoricalCrossentropy
    SparseTopKCategoricalAccuracy SpatialDropout1D SpatialDropout2D SpatialDropout3D
    SpecificityAtSensitivity SpectralNormalization SquaredHinge StackedRNNCells StringLookup Subtract Sum
    SumOverBatchSize SumOverBatchSizeMetricWrapper SyncBatchNormalization TextVectorization
    ThresholdedLinear ThresholdedReLU TimeDistributed TimeDistributedDense TopKCategoricalAccuracy
    TrueNegatives TruePositives TruncatedNormal TruncatedNormalV2 Tversky UnitNorm UnitNormalization
    UpSampling1D UpSampling2D UpSampling3D VarianceScaling VarianceScalingV2 WeightRegularizer ZeroPadding1D
    ZeroPadding2D ZeroPadding3D Zeros ZerosV2 constant glorot_normal glorot_uniform he_normal he_uniform
    identity l1 l1_l2 l2 lecun_normal lecun_uniform max_norm min_max_norm non_neg ones orthogonal
    orthogonal_regularizer radial_constraint random_normal random_uniform stft truncated_normal unit_norm
    variance_scaling zeros
    """)

  /// Activations, losses and metrics that are functions, and their short names.
  static let functions = words(
    """
    AUC BCE KLD MAE MAPE MSE MSLE acc accuracy auc bce binary_accuracy binary_crossentropy
    binary_focal_crossentropy categorical_accuracy categorical_crossentropy categorical_focal_crossentropy
    categorical_generalized_cross_entropy categorical_hinge ce celu circle concordance_correlation cosine
    cosine_proximity cosine_similarity crossentropy ctc dice elu exponential gelu glu hard_shrink
    hard_sigmoid hard_silu hard_swish hard_tanh hinge huber kl_divergence kld kullback_leibler_divergence
    l1_l2 leaky_relu linear log_cosh log_sigmoid log_softmax logcosh mae mape mean_absolute_error
    mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error mish mse msle
    pearson_correlation poisson precision recall relu relu6 selu sigmoid silu soft_shrink softmax softplus
    softsign sparse_categorical_accuracy sparse_categorical_crossentropy sparse_plus sparse_sigmoid
    sparse_top_k_categorical_accuracy sparsemax squared_hinge squareplus swish tanh tanh_shrink threshold
    top_k_categorical_accuracy tversky weighted_acc weighted_accuracy
    """)

  /// Operations that Keras 3 records as layers of a functional model.
  static let operations = words(
    """
    Abs Absolute AdaptiveAveragePool AdaptiveMaxPool Add AffineTransform All AllClose Amax Amin Angle Any
    Append Arange Arccos Arccosh Arcsin Arcsinh Arctan Arctan2 Arctanh Argmax Argmin Argpartition Argsort
    Array ArraySplit Average AveragePool BatchNorm BinaryCrossentropy Bincount BitwiseAnd BitwiseInvert
    BitwiseLeftShift BitwiseNot BitwiseOr BitwiseRightShift BitwiseXor BroadcastTo CDist CTCDecode CTCLoss
    Cast CategoricalCrossentropy Cbrt Ceil Celu Cholesky CholeskyInverse Clip Concatenate Conj Conjugate
    Conv ConvTranspose ConvertToTensor Copy Corrcoef Correlate Cos Cosh CountNonzero CropImages Cross
    Cumprod Cumsum Deg2rad DepthToSpace DepthwiseConv Det Diag Diagflat Diagonal Diff Digitize Divide
    DivideNoNan Dot DotProductAttention Dsplit Dstack Eig Eigh Einsum ElasticTransform Elu EmptyLike Equal
    Erf Erfc Erfinv Exp Exp2 ExpandDims Expm1 ExtractPatches ExtractSequences FFT FFT2 Fabs Flip Fliplr
    Flipud Floor FloorDivide Fmax Fmin Fmod Fold Full FullLike GaussianBlur Gcd Gelu Geomspace GetItem Glu
    Greater GreaterEqual HSVToRGB HardShrink HardSigmoid HardSilu HardTanh Heaviside Histogram Hsplit Hstack
    Hypot I0 IFFT2 IRFFT ISTFT Imag InTopK Inner Inv IsIn Isclose Isfinite Isinf Isnan Isneginf Isposinf
    Isreal JVP Kron LayerNorm Lcm Ldexp LeakyRelu LeftShift Less LessEqual Linspace Log Log10 Log1p Log2
    LogSigmoid LogSoftmax Logaddexp Logaddexp2 Logdet LogicalAnd LogicalNot LogicalOr LogicalXor Logspace
    Logsumexp Lstsq LuFactor MapCoordinates Matmul MatrixRank Max MaxPool Maximum Mean Median Meshgrid Min
    Minimum Mod Moments Moveaxis MultiHot Multiply NanToNum Nanargmax Nanargmin Nancumprod Nancumsum Nanmax
    Nanmean Nanmedian Nanmin Nanpercentile Nanprod Nanquantile Nanstd Nansum Nanvar Ndim Negative Nextafter
    Nonzero Norm Normalize NotEqual OneHot OnesLike Outer PSNR Pad PadImages Percentile PerspectiveTransform
    Pinv Polar Power Prod Ptp Qr Quantile RFFT RGBToGrayscale RGBToHSV RMSNorm Rad2deg Ravel Real Rearrange
    Reciprocal Relu Relu6 Repeat Reshape Resize RightShift Roll Rot90 Round Rsqrt SSIM STFT SVD SaturateCast
    ScaleAndTranslate Scatter ScatterUpdate SearchSorted SegmentMax SegmentMin SegmentProd SegmentReduction
    SegmentSum Select Selu SeparableConv Sigmoid Sign Signbit Silu Sin Sinc Sinh Size Slice SliceUpdate
    Slogdet SobelEdges SoftShrink Softmax Softplus Softsign Solve SolveTriangular Sort SpaceToDepth
    SparseCategoricalCrossentropy SparsePlus SparseSigmoid Sparsemax Split Sqrt Square Squareplus Squeeze
    Stack Std StopGradient Subtract Sum Swapaxes Take TakeAlongAxis Tan Tanh TanhShrink Tensordot Threshold
    Tile TopK Trace Transpose Trapezoid Tril Triu TrueDivide Trunc Unfold Unique UnravelIndex Unstack Vander
    Var Vdot View ViewAsComplex ViewAsReal Vsplit Vstack Where ZerosLike
    """)

  /// Modules below the root of Keras that these classes and functions are had from.
  static let modules = words(
    """
    activations constraints constraints.constraints dtype_policies dtype_policies.dtype_policy
    dtype_policies.dtype_policy_map engine engine.base_layer engine.functional engine.input_layer
    engine.input_spec engine.model engine.network engine.sequential engine.training engine.training_v1
    export.tfsm_layer feature_column.dense_features_v2 initializers initializers.constant_initializers
    initializers.initializer initializers.initializers initializers.random_initializers layers
    layers.activation.elu layers.activation.leaky_relu layers.activation.prelu layers.activation.relu
    layers.activation.softmax layers.activation.thresholded_relu layers.activations.activation
    layers.activations.elu layers.activations.leaky_relu layers.activations.prelu layers.activations.relu
    layers.activations.softmax layers.attention.additive_attention layers.attention.attention
    layers.attention.grouped_query_attention layers.attention.multi_head_attention
    layers.convolutional.conv1d layers.convolutional.conv1d_transpose layers.convolutional.conv2d
    layers.convolutional.conv2d_transpose layers.convolutional.conv3d layers.convolutional.conv3d_transpose
    layers.convolutional.depthwise_conv1d layers.convolutional.depthwise_conv2d
    layers.convolutional.separable_conv1d layers.convolutional.separable_conv2d layers.core.activation
    layers.core.dense layers.core.einsum_dense layers.core.embedding layers.core.identity
    layers.core.input_layer layers.core.lambda_layer layers.core.masking layers.core.reversible_embedding
    layers.core.wrapper layers.experimental layers.experimental.preprocessing layers.input_spec layers.layer
    layers.locally_connected.locally_connected1d layers.locally_connected.locally_connected2d
    layers.merging.add layers.merging.average layers.merging.concatenate layers.merging.dot
    layers.merging.maximum layers.merging.minimum layers.merging.multiply layers.merging.subtract
    layers.normalization.batch_normalization layers.normalization.group_normalization
    layers.normalization.layer_normalization layers.normalization.rms_normalization
    layers.normalization.spectral_normalization layers.normalization.unit_normalization
    layers.pooling.adaptive_average_pooling1d layers.pooling.adaptive_average_pooling2d
    layers.pooling.adaptive_average_pooling3d layers.pooling.adaptive_max_pooling1d
    layers.pooling.adaptive_max_pooling2d layers.pooling.adaptive_max_pooling3d
    layers.pooling.average_pooling1d layers.pooling.average_pooling2d layers.pooling.average_pooling3d
    layers.pooling.global_average_pooling1d layers.pooling.global_average_pooling2d
    layers.pooling.global_average_pooling3d layers.pooling.global_max_pooling1d
    layers.pooling.global_max_pooling2d layers.pooling.global_max_pooling3d layers.pooling.max_pooling1d
    layers.pooling.max_pooling2d layers.pooling.max_pooling3d layers.preprocessing
    layers.preprocessing.category_encoding layers.preprocessing.discretization
    layers.preprocessing.hashed_crossing layers.preprocessing.hashing
    layers.preprocessing.image_preprocessing layers.preprocessing.image_preprocessing.aug_mix
    layers.preprocessing.image_preprocessing.auto_contrast
    layers.preprocessing.image_preprocessing.center_crop layers.preprocessing.image_preprocessing.clahe
    layers.preprocessing.image_preprocessing.cut_mix layers.preprocessing.image_preprocessing.equalization
    layers.preprocessing.image_preprocessing.max_num_bounding_box
    layers.preprocessing.image_preprocessing.mix_up layers.preprocessing.image_preprocessing.rand_augment
    layers.preprocessing.image_preprocessing.random_brightness
    layers.preprocessing.image_preprocessing.random_color_degeneration
    layers.preprocessing.image_preprocessing.random_color_jitter
    layers.preprocessing.image_preprocessing.random_contrast
    layers.preprocessing.image_preprocessing.random_crop
    layers.preprocessing.image_preprocessing.random_elastic_transform
    layers.preprocessing.image_preprocessing.random_erasing
    layers.preprocessing.image_preprocessing.random_flip
    layers.preprocessing.image_preprocessing.random_gaussian_blur
    layers.preprocessing.image_preprocessing.random_grayscale
    layers.preprocessing.image_preprocessing.random_hue
    layers.preprocessing.image_preprocessing.random_invert
    layers.preprocessing.image_preprocessing.random_perspective
    layers.preprocessing.image_preprocessing.random_posterization
    layers.preprocessing.image_preprocessing.random_rotation
    layers.preprocessing.image_preprocessing.random_saturation
    layers.preprocessing.image_preprocessing.random_sharpness
    layers.preprocessing.image_preprocessing.random_shear
    layers.preprocessing.image_preprocessing.random_translation
    layers.preprocessing.image_preprocessing.random_zoom layers.preprocessing.image_preprocessing.resizing
    layers.preprocessing.image_preprocessing.solarization layers.preprocessing.integer_lookup
    layers.preprocessing.mel_spectrogram layers.preprocessing.normalization layers.preprocessing.pipeline
    layers.preprocessing.rescaling layers.preprocessing.stft_spectrogram layers.preprocessing.string_lookup
    layers.preprocessing.text_vectorization layers.regularization.activity_regularization
    layers.regularization.alpha_dropout layers.regularization.dropout layers.regularization.gaussian_dropout
    layers.regularization.gaussian_noise layers.regularization.spatial_dropout
    layers.regularization.spatial_dropout1d layers.regularization.spatial_dropout2d
    layers.regularization.spatial_dropout3d layers.reshaping.cropping1d layers.reshaping.cropping2d
    layers.reshaping.cropping3d layers.reshaping.flatten layers.reshaping.permute
    layers.reshaping.repeat_vector layers.reshaping.reshape layers.reshaping.up_sampling1d
    layers.reshaping.up_sampling2d layers.reshaping.up_sampling3d layers.reshaping.zero_padding1d
    layers.reshaping.zero_padding2d layers.reshaping.zero_padding3d layers.rnn.abstract_rnn_cell
    layers.rnn.base_rnn layers.rnn.base_wrapper layers.rnn.bidirectional layers.rnn.conv_lstm1d
    layers.rnn.conv_lstm2d layers.rnn.conv_lstm3d layers.rnn.gru layers.rnn.legacy_cells layers.rnn.lstm
    layers.rnn.rnn layers.rnn.simple_rnn layers.rnn.stacked_rnn_cells layers.rnn.time_distributed losses
    losses.loss losses.losses metrics metrics.accuracy_metrics metrics.base_metric metrics.confusion_metrics
    metrics.correlation_metrics metrics.f_score_metrics metrics.hinge_metrics metrics.iou_metrics
    metrics.metric metrics.probabilistic_metrics metrics.reduction_metrics metrics.regression_metrics
    mixed_precision mixed_precision.experimental mixed_precision.loss_scale_optimizer mixed_precision.policy
    models models.functional models.model models.sequential optimizer_v2.adam optimizer_v2.gradient_descent
    optimizer_v2.rmsprop optimizers optimizers.adadelta optimizers.adafactor optimizers.adagrad
    optimizers.adam optimizers.adamax optimizers.adamw optimizers.experimental optimizers.ftrl
    optimizers.lamb optimizers.legacy optimizers.legacy.adadelta optimizers.legacy.adagrad
    optimizers.legacy.adam optimizers.legacy.adamax optimizers.legacy.ftrl
    optimizers.legacy.gradient_descent optimizers.legacy.nadam optimizers.legacy.optimizer_v2
    optimizers.legacy.rmsprop optimizers.lion optimizers.loss_scale_optimizer optimizers.multi_optimizer
    optimizers.muon optimizers.nadam optimizers.optimizer optimizers.optimizer_experimental.adam
    optimizers.optimizer_v2.adam optimizers.rmsprop optimizers.schedule_free_adamw optimizers.schedules
    optimizers.schedules.learning_rate_schedule optimizers.sgd quantizers quantizers.awq_config
    quantizers.gptq_config quantizers.quantization_config quantizers.quantizers random random.seed_generator
    regularizers regularizers.regularizers trainers.compile_utils
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(Words.of(text))
  }
}
