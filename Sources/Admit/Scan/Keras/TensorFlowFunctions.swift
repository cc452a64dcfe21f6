// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Functions of TensorFlow that Keras 2 records by name as layers (`TFOpLambda`) and calls when it builds a model.
enum TensorFlowFunctions {
  /// Functions of numbers. What is not here may be anything under `tf`.
  static let inert: Set<String> = {
    var names: Set<String> = []
    for (prefix, words) in groups {
      for word in words.split(whereSeparator: \.isWhitespace) { names.insert(prefix + word) }
    }
    return names
  }()

  /// Parts of TensorFlow that read, write, load or call Python.
  static func danger(_ name: String) -> String? {
    let bare = name.hasPrefix("tf.") ? String(name.dropFirst(3)) : name
    for (prefix, effect) in dangers where bare == prefix || bare.hasPrefix(prefix) { return effect }
    return nil
  }

  private static let dangers: [(String, String)] = [
    ("io.", "reads or writes files"), ("py_func", "calls Python"), ("numpy_function", "calls Python"),
    ("raw_ops.", "runs any operation"), ("load_", "loads a library"), ("data.", "reads files"),
    ("saved_model.", "loads a model"), ("keras.models.", "loads a model"),
    ("keras.utils.", "reads or downloads files"), ("keras.saving.", "loads a model"),
    ("train.", "reads or writes files"), ("summary.", "writes files"), ("distribute.", "opens connections"),
    ("config.", "changes how TensorFlow works"), ("print", "writes to a file"), ("lite.", "loads a model"),
    ("compat.v1.py_func", "calls Python"), ("compat.v1.gfile", "reads or writes files"),
    ("compat.v1.read_file", "reads a file"), ("compat.v1.write_file", "writes a file"),
    ("compat.v1.saved_model", "loads a model"), ("compat.v1.io.", "reads or writes files"),
    ("map_fn", "calls a function"), ("function", "calls a function"), ("autograph.", "runs code"),
    ("lookup.", "reads files"), ("feature_column.", "reads files"), ("queue.", "shares state"),
    ("debugging.", "writes files"), ("profiler.", "opens connections"), ("estimator.", "loads a model"),
    ("import_graph_def", "builds another graph"), ("graph_util.", "builds another graph"),
    ("read_file", "reads a file"), ("write_file", "writes a file"), ("gfile", "reads or writes files"),
  ]

  private static let groups: [(String, String)] = [
    (
      "__operators__.",
      """
      add radd sub rsub mul rmul truediv rtruediv div rdiv floordiv rfloordiv mod rmod pow rpow matmul rmatmul
      neg abs invert and rand or ror xor rxor eq ne lt le gt ge getitem bool nonzero
      """
    ),
    (
      "math.",
      """
      abs accumulate_n acos acosh add add_n angle argmax argmin asin asinh atan atan2 atanh bincount ceil
      confusion_matrix conj cos cosh count_nonzero cumprod cumsum cumulative_logsumexp digamma divide
      divide_no_nan equal erf erfc erfinv exp expm1 floor floordiv floormod greater greater_equal igamma igammac
      imag in_top_k invert_permutation is_finite is_inf is_nan is_non_decreasing is_strictly_increasing l2_normalize
      lbeta less less_equal lgamma log log1p log_sigmoid log_softmax logical_and logical_not logical_or logical_xor
      maximum minimum mod multiply multiply_no_nan negative nextafter not_equal polygamma polyval pow real
      reciprocal reciprocal_no_nan reduce_all reduce_any reduce_euclidean_norm reduce_logsumexp reduce_max
      reduce_mean reduce_min reduce_prod reduce_std reduce_sum reduce_variance rint round rsqrt scalar_mul
      segment_max segment_mean segment_min segment_prod segment_sum sigmoid sign sin sinh sobol_sample softmax
      softplus softsign sqrt square squared_difference subtract tan tanh top_k truediv unsorted_segment_max
      unsorted_segment_mean unsorted_segment_min unsorted_segment_prod unsorted_segment_sum xdivy xlog1py xlogy
      zero_fraction zeta
      """
    ),
    (
      "nn.",
      """
      atrous_conv2d avg_pool avg_pool1d avg_pool2d avg_pool3d batch_normalization bias_add conv1d
      conv1d_transpose conv2d conv2d_transpose conv3d conv3d_transpose convolution crelu depth_to_space
      depthwise_conv2d dilation2d dropout elu embedding_lookup erosion2d gelu l2_loss l2_normalize leaky_relu
      local_response_normalization log_softmax lrn max_pool max_pool1d max_pool2d max_pool3d moments
      normalize pool relu relu6 selu separable_conv2d sigmoid sigmoid_cross_entropy_with_logits silu softmax
      softmax_cross_entropy_with_logits softplus softsign space_to_batch space_to_depth
      sparse_softmax_cross_entropy_with_logits swish tanh top_k zero_fraction
      """
    ),
    (
      "linalg.",
      """
      adjoint band_part cholesky cross det diag diag_part einsum eigh eye inv l2_normalize logdet matmul
      matrix_transpose matvec norm normalize set_diag slogdet solve svd tensor_diag tensordot trace
      """
    ),
    (
      "image.",
      """
      adjust_brightness adjust_contrast adjust_gamma adjust_hue adjust_saturation central_crop crop_and_resize
      crop_to_bounding_box extract_patches flip_left_right flip_up_down grayscale_to_rgb hsv_to_rgb
      pad_to_bounding_box per_image_standardization resize resize_with_crop_or_pad resize_with_pad rgb_to_grayscale
      rgb_to_hsv rgb_to_yuv rot90 ssim total_variation transpose yuv_to_rgb
      """
    ),
    (
      "strings.",
      "as_string join length lower reduce_join regex_replace split strip substr to_hash_bucket_fast to_number upper"
    ),
    ("random.", "categorical normal shuffle stateless_normal stateless_uniform truncated_normal uniform"),
    ("signal.", "fft fft2d fft3d ifft ifft2d ifft3d irfft rfft stft inverse_stft frame overlap_and_add"),
    ("sparse.", "to_dense reduce_sum sparse_dense_matmul"),
    ("bitwise.", "bitwise_and bitwise_or bitwise_xor invert left_shift right_shift"),
    ("dtypes.", "cast complex saturate_cast"),
    ("compat.v1.", "cond where shape gather reduce_sum reduce_mean expand_dims squeeze transpose pad"),
    (
      "compat.v1.nn.",
      "conv2d depthwise_conv2d_native avg_pool max_pool softmax relu6 leaky_relu fused_batch_norm"
    ),
    (
      "keras.backend.",
      """
      abs all any arange argmax argmin batch_dot batch_flatten cast clip concatenate constant cos cumsum dot
      elu equal exp expand_dims flatten gather greater greater_equal hard_sigmoid int_shape l2_normalize less
      less_equal log max maximum mean min minimum mul ndim not_equal ones ones_like permute_dimensions pow
      prod relu repeat repeat_elements reshape reverse round shape sigmoid sign sin softmax softplus softsign sqrt
      square squeeze stack std sum switch tanh tile transpose var zeros zeros_like
      """
    ),
    (
      "keras.activations.",
      "elu exponential gelu hard_sigmoid linear relu selu sigmoid softmax softplus softsign swish tanh"
    ),
    (
      "",
      """
      abs acos acosh add add_n argmax argmin argsort asin asinh atan atan2 atanh batch_to_space bitcast
      boolean_mask broadcast_to cast ceil clip_by_norm clip_by_value complex concat constant convert_to_tensor cos
      cosh cumsum divide dynamic_partition dynamic_stitch edit_distance einsum ensure_shape equal exp expand_dims
      expm1 extract_volume_patches eye fill fingerprint floor gather gather_nd greater greater_equal
      hessians identity identity_n less less_equal linspace log log1p logical_and logical_not logical_or
      make_ndarray matmul matrix_square_root maximum meshgrid minimum multiply negative norm not_equal one_hot
      ones ones_like pad pow range rank realdiv reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean
      reduce_min reduce_prod reduce_sum repeat reshape reverse reverse_sequence roll round rsqrt saturate_cast
      scalar_mul scatter_nd searchsorted sequence_mask shape shape_n sigmoid sign sin sinh size slice sort
      space_to_batch space_to_batch_nd split sqrt square squeeze stack stop_gradient strided_slice subtract
      tan tanh tensor_scatter_nd_add tensor_scatter_nd_max tensor_scatter_nd_min tensor_scatter_nd_sub
      tensor_scatter_nd_update tensordot tile transpose truediv truncatediv truncatemod unique unstack
      unravel_index where zeros zeros_like truncated_normal
      """
    ),
  ]
}
