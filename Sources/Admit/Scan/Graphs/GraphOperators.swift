// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The operators and layers of other runtimes that are known to compute their outputs from their inputs and nothing else.
/// What runs code of the file's choice, reads or writes files, or talks to other machines is left out.
enum GraphOperators {
  /// OpenVINO, operator sets 1 to 16.
  static let openVINO = words(
    """
    Abs Acos Acosh AdaptiveAvgPool AdaptiveMaxPool Add ArgMax ArgMin Asin Asinh Assign Atan Atanh AvgPool BatchNormInference
    BatchToSpace BinaryConvolution BitwiseAnd BitwiseLeftShift BitwiseNot BitwiseOr BitwiseRightShift
    BitwiseXor Broadcast Bucketize CTCGreedyDecoder CTCGreedyDecoderSeqLen CTCLoss Ceiling Clamp Col2Im Concat
    Const Constant Convert ConvertLike Convolution ConvolutionBackpropData Cos Cosh CumSum DFT
    DeformableConvolution DeformablePSROIPooling DepthToSpace DetectionOutput Divide Einsum Elu
    EmbeddingBagOffsets EmbeddingBagOffsetsSum EmbeddingBagPacked EmbeddingBagPackedSum EmbeddingSegmentsSum
    Equal Erf ErfInv Exp ExperimentalDetectronDetectionOutput ExperimentalDetectronGenerateProposalsSingleImage
    ExperimentalDetectronPriorGridGenerator ExperimentalDetectronROIFeatureExtractor
    ExperimentalDetectronTopKROIs ExtractImagePatches Eye FakeConvert FakeQuantize Floor FloorMod GRN GRUCell
    GRUSequence Gather GatherElements GatherND GatherTree Gelu GenerateProposals Greater GreaterEqual
    GridSample GroupConvolution GroupConvolutionBackpropData GroupNormalization HSigmoid HSwish HardSigmoid
    I420toBGR I420toRGB IDFT IRDFT ISTFT Identity If Interpolate Inverse IsFinite IsInf IsNaN LRN LSTMCell
    LSTMSequence Less LessEqual Log LogSoftmax LogicalAnd LogicalNot LogicalOr LogicalXor Loop MVN MatMul
    MatrixNms MaxPool Maximum Minimum Mish Mod MulticlassNms Multinomial Multiply NMSRotated NV12toBGR
    NV12toRGB Negative NonMaxSuppression NonZero NormalizeL2 NotEqual OneHot PReLU PRelu PSROIPooling Pad
    Parameter Power PriorBox PriorBoxClustered Proposal RDFT RMS RNNCell RNNSequence ROIAlign ROIAlignRotated
    ROIPooling RandomUniform Range ReLU ReadValue ReduceL1 ReduceL2 ReduceLogicalAnd ReduceLogicalOr ReduceMax
    ReduceMean ReduceMin ReduceProd ReduceSum RegionYolo ReorgYolo Reshape Result Reverse ReverseSequence Roll
    RotaryPositionalEmbeddings Round STFT ScaledDotProductAttention ScatterElementsUpdate ScatterNDUpdate
    ScatterUpdate SearchSorted SegmentMax Select Selu ShapeOf ShuffleChannels Sigmoid Sign Sin Sinh Slice
    SliceScatter SoftMax SoftPlus SoftSign Softmax Softsign SpaceToBatch SpaceToDepth SparseFillEmptyRows
    Split Sqrt SquaredDifference Squeeze StridedSlice StringTensorPack StringTensorUnpack Subtract Swish Tan
    Tanh TensorIterator Tile TopK Transpose Unique Unsqueeze VariadicSplit
    """)

  /// Core ML's intermediate language, as coremltools 9 writes it.
  static let coreML = words(
    """
    _const_symbolic abs acos add affine argsort asin atan atanh avg_pool band_part batch_norm batch_to_space
    cast ceil clamped_relu classify clip concat cond const constexpr_affine_dequantize
    constexpr_blockwise_shift_scale constexpr_cast constexpr_lut_to_dense constexpr_lut_to_sparse
    constexpr_sparse_blockwise_shift_scale constexpr_sparse_to_dense conv conv_quantized conv_transpose cos
    cosh crop crop_resize cumsum depth_to_space dequantize einsum elu equal erf exp exp2 expand_dims fill
    fill_like flatten2d floor floor_div gather gather_along_axis gather_nd gelu greater greater_equal gru
    identity instance_norm inverse l2_norm l2_pool layer_norm leaky_relu less less_equal linear
    linear_activation list_gather list_length list_read list_scatter list_write local_response_norm log
    logical_and logical_not logical_or logical_xor lstm make_list matmul max_pool maximum minimum mod mul
    non_maximum_suppression non_zero not_equal one_hot pad pixel_shuffle pixel_unshuffle pow prelu quantize
    random_bernoulli random_categorical random_normal random_uniform range_1d read_state real_div
    reduce_argmax reduce_argmin reduce_l1_norm reduce_l2_norm reduce_log_sum reduce_log_sum_exp reduce_max
    reduce_mean reduce_min reduce_prod reduce_sum reduce_sum_square relu relu6 resample reshape reshape_like
    resize resize_bilinear resize_nearest_neighbor reverse reverse_sequence rnn round rsqrt
    scaled_dot_product_attention scaled_tanh scatter scatter_along_axis scatter_nd select shape sigmoid
    sigmoid_hard sign silu sin sinh slice_by_index slice_by_size slice_update sliding_windows softmax softplus
    softplus_parametric softsign space_to_batch space_to_depth split sqrt square squeeze stack sub tan tanh
    threshold thresholded_relu tile topk transpose upsample_bilinear upsample_nearest_neighbor while_loop
    """)

  /// Paddle 3.3.
  static let paddle = words(
    """
    abs abs_ abs_grad accuracy accuracy_check acos acos_ acos_grad acos_grad_ acosh acosh_ acosh_grad
    acosh_grad_ adadelta adadelta_ adagrad adagrad_ adam adam_ adamax adamax_ adamw adamw_ add add_
    add_act_xpu add_grad add_grad_ add_group_norm_silu add_layernorm_xpu add_n add_n_array
    add_position_encoding add_position_encoding_grad addcmul_xpu addmm addmm_ addmm_grad affine_channel
    affine_channel_ affine_channel_grad affine_channel_grad_ affine_grid affine_grid_grad all all_gather
    all_reduce all_reduce_ all_to_all allclose amax amax_grad amin amin_grad anchor_generator angle angle_grad
    any ap_facade ap_trivial_fusion_begin ap_trivial_fusion_end ap_variadic apply_per_channel_scale arange
    arg_max arg_min argmax argmin argsort argsort_grad array_length array_pop array_read array_to_tensor
    array_write_ as_complex as_complex_grad as_real as_real_grad as_strided as_strided_grad asgd asgd_ asin
    asin_ asin_grad asin_grad_ asinh asinh_ asinh_grad asinh_grad_ assign assign_ assign_grad assign_out_
    assign_out__grad assign_out__grad_ assign_pos assign_value assign_value_ atan atan2 atan2_grad atan_
    atan_grad atan_grad_ atanh atanh_ atanh_grad atanh_grad_ attention_lstm auc average_accumulates
    average_accumulates_ baddbmm baddbmm_ baddbmm_grad batch_fc batch_fc_grad batch_norm batch_norm_
    batch_norm_grad batched_gemm bce_loss bce_loss_ bce_loss_grad bce_loss_grad_ beam_search
    beam_search_decode bernoulli bicubic_interp bicubic_interp_grad bicubic_interp_v2 bilinear bilinear_grad
    bilinear_interp bilinear_interp_grad bilinear_interp_v2 bilinear_tensor_product bincount binomial
    bipartite_match bitwise_and bitwise_and_ bitwise_left_shift bitwise_left_shift_ bitwise_not bitwise_not_
    bitwise_or bitwise_or_ bitwise_right_shift bitwise_right_shift_ bitwise_xor bitwise_xor_ blha_get_max_len
    block_multihead_attention block_multihead_attention_ block_multihead_attention_xpu
    block_multihead_attention_xpu_ bmm bmm_grad bn_act_xpu box_clip box_coder brelu broadcast broadcast_
    broadcast_tensors broadcast_tensors_grad build_src_rank_and_local_expert_id builtin_combine builtin_split
    c_allreduce_sum c_allreduce_sum_ c_comm_init c_comm_init_multitrainer c_concat c_concat_grad c_embedding
    c_embedding_grad c_identity c_identity_ c_scatter c_softmax_with_cross_entropy
    c_softmax_with_cross_entropy_grad c_softmax_with_cross_entropy_grad_
    c_softmax_with_multi_label_cross_entropy c_softmax_with_multi_label_cross_entropy_grad c_split
    c_sync_calc_stream c_sync_comm_stream c_wait_comm c_wait_compute cal_aux_loss cal_aux_loss_grad
    calc_reduced_attn_scores cast cast_ cast_grad ceil ceil_ ceil_grad ceil_grad_ celu celu_grad celu_grad_
    channel_shuffle channel_shuffle_grad check_finite_and_unscale check_finite_and_unscale_ check_numerics
    cholesky cholesky_grad cholesky_solve cholesky_solve_grad chunk_eval class_center_sample clip clip_
    clip_by_norm clip_grad clip_grad_ coalesce_tensor coalesce_tensor_ collect_fpn_proposals comm_init_all
    complex complex_grad concat concat_grad conditional_block conditional_block_infer conj conj_grad
    conv1d_xpu conv2d conv2d_grad conv2d_transpose conv2d_transpose_bias conv2d_transpose_grad
    conv2d_transpose_xpu conv2d_xpu conv3d conv3d_grad conv3d_transpose conv3d_transpose_grad copy_to copysign
    copysign_ copysign_grad copysign_grad_ core correlation correlation_grad cos cos_ cos_grad cos_grad_ cosh
    cosh_ cosh_grad cosh_grad_ create_array create_array_like create_double_buffer_reader crf_decoding crop
    crop_grad crop_tensor cross cross_attention_xpu cross_entropy cross_entropy2 cross_entropy_with_softmax
    cross_entropy_with_softmax_ cross_entropy_with_softmax_bwd_w_downcast cross_entropy_with_softmax_grad
    cross_entropy_with_softmax_grad_ cross_grad ctc_align cudnn_lstm cudnn_lstm_grad cummax cummax_grad cummin
    cummin_grad cumprod cumprod_ cumprod_grad cumsum cumsum_ cumsum_grad cvm cvm_grad data decayed_adagrad
    decode_jpeg deformable_conv deformable_conv_grad deformable_conv_v1 depend depthwise_conv2d
    depthwise_conv2d_bias depthwise_conv2d_bias_grad depthwise_conv2d_grad depthwise_conv2d_transpose
    depthwise_conv2d_transpose_grad depthwise_conv3d_bias depthwise_conv3d_bias_grad dequantize
    dequantize_abs_max dequantize_linear dequantize_linear_ dequantize_log dequantize_xpu det det_grad
    determinant dgc dgc_clip_by_norm dgc_momentum diag diag_embed diag_grad diag_v2 diagonal diagonal_grad
    digamma digamma_ digamma_grad dirichlet disable_check_model_nan_inf disable_check_model_nan_inf_grad dist
    dist_concat dist_grad dist_reshape distribute_fpn_proposals distributed_fused_lamb_init
    distributed_fused_lamb_init_ div_scale divide divide_ divide_grad dot dot_grad dpsgd dropout dropout_
    dropout_grad dtensor_from_local dtensor_to_local edit_distance eig eig_grad eigh eigh_grad eigvals
    eigvalsh eigvalsh_grad einsum einsum_grad elementwise_add elementwise_div elementwise_floordiv
    elementwise_fmax elementwise_fmin elementwise_heaviside elementwise_max elementwise_min elementwise_mod
    elementwise_mul elementwise_pow elementwise_pow_grad elementwise_sub elu elu_ elu_grad elu_grad_ embedding
    embedding_grad embedding_grad_add_to embedding_grad_add_to_ embedding_grad_dense
    embedding_with_eltwise_add_xpu embedding_with_scaled_gradient embedding_with_scaled_gradient_grad empty
    empty_like enable_check_model_nan_inf enable_check_model_nan_inf_grad equal equal_ equal_all erf erf_
    erf_grad erfinv erfinv_ erfinv_grad exp exp_ exp_grad exp_grad_ expand expand_as expand_as_grad
    expand_as_v2 expand_grad expand_modality_expert_id expand_v2 expm1 expm1_ expm1_grad expm1_grad_
    exponential exponential_ exponential__grad eye fake_channel_wise_dequantize_max_abs
    fake_channel_wise_quantize_abs_max fake_channel_wise_quantize_dequantize_abs_max
    fake_channel_wise_quantize_dequantize_abs_max_grad fake_dequantize_max_abs fake_quantize_abs_max
    fake_quantize_dequantize_abs_max fake_quantize_dequantize_abs_max_grad
    fake_quantize_dequantize_moving_average_abs_max fake_quantize_dequantize_moving_average_abs_max_
    fake_quantize_dequantize_moving_average_abs_max_grad fake_quantize_moving_average_abs_max
    fake_quantize_moving_average_abs_max_ fake_quantize_range_abs_max fake_quantize_range_abs_max_
    fast_layernorm_xpu fast_ln fast_ln_grad fast_rms_norm fast_rms_norm_grad fast_where_xpu faster_tokenizer
    fc fc_xpu feed fetch fetch_v2 fft_c2c fft_c2c_grad fft_c2r fft_c2r_grad fft_r2c fft_r2c_grad fill fill_
    fill_any fill_any_like fill_constant fill_constant_batch_size_like fill_diagonal fill_diagonal_
    fill_diagonal_grad fill_diagonal_tensor fill_diagonal_tensor_ fill_diagonal_tensor_grad
    fill_diagonal_tensor_grad_ fill_grad fill_grad_ flash_attn flash_attn_grad flash_attn_qkvpacked
    flash_attn_qkvpacked_grad flash_attn_unpadded flash_attn_unpadded_grad flash_attn_v3 flash_attn_v3_grad
    flash_attn_v3_varlen flash_attn_v3_varlen_grad flash_attn_varlen_qkvpacked
    flash_attn_varlen_qkvpacked_grad flashmask_attention flashmask_attention_grad flashmask_attention_v2
    flashmask_attention_v2_grad flatten flatten2 flatten_ flatten_contiguous_range flatten_grad flatten_grad_
    flip flip_grad floor floor_ floor_divide floor_divide_ floor_grad floor_grad_ fmax fmax_grad fmin
    fmin_grad fold fold_grad fp8_fp8_half_gemm_fused fp8_gemm_blockwise fp8_gemm_blockwise_
    fp8_quant_blockwise fractional_max_pool2d fractional_max_pool2d_grad fractional_max_pool3d
    fractional_max_pool3d_grad frame frame_grad frobenius_norm frobenius_norm_grad ftrl full full_
    full_batch_size_like full_int_array full_like full_with_tensor fused_act_dequant fused_adam fused_adam_
    fused_attention fused_attention_grad fused_batch_norm_act fused_batch_norm_act_grad fused_bias_act
    fused_bias_dropout_residual_layer_norm fused_bias_dropout_residual_layer_norm_grad
    fused_bias_residual_layernorm fused_bn_add_activation fused_bn_add_activation_grad fused_conv2d
    fused_conv2d_add_act fused_conv3d fused_dconv_drelu_dbn fused_dot_product_attention
    fused_dot_product_attention_grad fused_dropout_add fused_dropout_add_grad fused_elementwise_add
    fused_elementwise_div fused_elementwise_mul fused_elementwise_sub fused_elemwise_activation
    fused_elemwise_add_activation fused_embedding_eltwise_layernorm fused_embedding_fc_lstm
    fused_fc_elementwise_layernorm fused_feedforward fused_feedforward_grad fused_gemm_epilogue
    fused_gemm_epilogue_grad fused_linear_param_grad_add fused_matmul fused_multi_transformer
    fused_multi_transformer_ fused_multi_transformer_int8_xpu fused_multi_transformer_xpu fused_partial_rope
    fused_partial_rope_grad fused_rms_norm_ext fused_rms_norm_ext_grad fused_rms_norm_quant
    fused_rms_norm_quant_grad fused_rotary_position_embedding fused_rotary_position_embedding_grad
    fused_scale_bias_add_relu fused_scale_bias_relu_conv_bn fused_seqpool_cvm fused_softmax_mask
    fused_softmax_mask_grad fused_softmax_mask_upper_triangle fused_softmax_mask_upper_triangle_grad
    fused_softplus fused_stack_quant fused_stack_transpose_quant fused_swiglu_weighted_bwd fused_token_prune
    fused_transpose fused_transpose_split_quant fused_transpose_wlch_split_quant
    fused_weighted_swiglu_act_quant fusion_gru fusion_lstm fusion_repeated_fc_relu
    fusion_seqconv_eltadd_relu fusion_seqpool_concat fusion_seqpool_cvm_concat fusion_squared_mat_sub
    fusion_transpose_flatten_concat gammaincc gammaincc_ gammaincc_grad gammaln gammaln_ gammaln_grad gather
    gather_grad gather_nd gather_nd_grad gather_tree gaussian gaussian_inplace gaussian_inplace_
    gaussian_inplace_grad gaussian_inplace_grad_ gaussian_random gelu gelu_grad gemm_epilogue
    generate_proposals generate_proposals_v2 generate_sequence_xpu get_core_ops_args_info
    get_core_ops_args_type_info get_core_ops_returns_info get_tensor_from_selected_rows global_gather
    global_gather_grad global_scatter global_scatter_grad grad_add graph_khop_sampler graph_reindex
    graph_sample_neighbors graph_send_recv graph_send_ue_recv graph_send_uv greater_equal greater_equal_
    greater_than greater_than_ grid_sample grid_sample_grad grid_sampler group_norm group_norm_grad
    group_norm_grad_ group_norm_silu_xpu gru gru_grad gru_unit gru_unit_grad gumbel_softmax
    gumbel_softmax_grad hard_shrink hard_sigmoid hard_swish hardshrink hardshrink_grad hardshrink_grad_
    hardsigmoid hardsigmoid_grad hardsigmoid_grad_ hardswish hardswish_grad hardswish_grad_ hardtanh hardtanh_
    hardtanh_grad hardtanh_grad_ hash heaviside heaviside_grad hierarchical_sigmoid hinge_loss hinge_loss_grad
    histogram hsigmoid_loss hsigmoid_loss_grad huber_loss huber_loss_grad i0 i0_ i0_grad i0e i0e_grad i1
    i1_grad i1e i1e_grad identity_loss identity_loss_ identity_loss_grad identity_loss_grad_ im2sequence
    im2sequence_grad imag imag_grad increment increment_ index_add index_add_ index_add_grad index_add_grad_
    index_elementwise_get index_elementwise_get_grad index_elementwise_put index_elementwise_put_
    index_elementwise_put_grad index_elementwise_put_with_tensor index_elementwise_put_with_tensor_
    index_elementwise_put_with_tensor_grad index_put index_put_ index_put_grad index_sample index_sample_grad
    index_select index_select_grad index_select_strided index_select_strided_grad instance_norm
    instance_norm_grad int_bincount interp_antialias interp_antialias_grad inverse inverse_grad is_empty
    isclose isfinite isfinite_v2 isinf isinf_v2 isnan isnan_v2 kldiv_loss kldiv_loss_grad kron kron_grad
    kthvalue kthvalue_grad l1_norm l1_norm_ l1_norm_grad label_smooth label_smooth_grad lamb lamb_
    lars_momentum lars_momentum_ layer_norm layer_norm_act_xpu layer_norm_grad layer_norm_relu_xpu leaky_relu
    leaky_relu_ leaky_relu_grad leaky_relu_grad_ legacy lerp lerp_ lerp_grad less_equal less_equal_ less_than
    less_than_ lgamma lgamma_ lgamma_grad limit_by_capacity linear linear_interp linear_interp_grad
    linear_interp_v2 linear_v2 linear_v2_grad linspace llm_int8_linear lod_array_length lod_reset
    lod_reset_grad_ log log10 log10_ log10_grad log10_grad_ log1p log1p_ log1p_grad log1p_grad_ log2 log2_
    log2_grad log2_grad_ log_ log_grad log_grad_ log_loss log_loss_grad log_softmax log_softmax_grad
    logcumsumexp logcumsumexp_grad logical_and logical_and_ logical_not logical_not_ logical_or logical_or_
    logical_xor logical_xor_ logit logit_ logit_grad logsigmoid logsigmoid_grad logsigmoid_grad_ logspace
    logsumexp logsumexp_grad lookup_table lookup_table_dequant lookup_table_v2 lp_pool2d lp_pool2d_grad lrn
    lstm lstm_grad lstsq lu lu_ lu_grad lu_grad_ lu_solve lu_solve_grad lu_unpack lu_unpack_grad
    margin_cross_entropy margin_cross_entropy_grad margin_cross_entropy_grad_ mask_adaptive_xpu masked_fill
    masked_fill_ masked_fill_grad masked_fill_grad_ masked_multihead_attention masked_multihead_attention_
    masked_select masked_select_grad match_matrix_tensor match_matrix_tensor_grad matmul matmul_grad matmul_v2
    matmul_with_flatten matmul_with_flatten_grad matrix_nms matrix_power matrix_power_grad matrix_rank
    matrix_rank_atol_rtol matrix_rank_tol max max_grad max_pool2d_v2 max_pool2d_with_index
    max_pool2d_with_index_grad max_pool3d_with_index max_pool3d_with_index_grad max_with_index
    max_with_index_grad maximum maximum_grad maxout maxout_grad mean mean_all mean_all_grad mean_grad median
    median_grad memcpy memcpy_d2h memcpy_h2d memory_efficient_attention memory_efficient_attention_grad
    merge_selected_rows merged_adam merged_adam_ merged_momentum merged_momentum_ meshgrid meshgrid_grad min
    min_grad min_with_index min_with_index_grad minimum minimum_grad mish mish_grad mish_grad_ mode mode_grad
    moe_combine moe_combine_auto moe_combine_auto_grad moe_combine_grad moe_combine_no_weight
    moe_combine_no_weight_grad moe_gate_dispatch moe_gate_dispatch_and_quant moe_gate_dispatch_auto
    moe_gate_dispatch_auto_grad moe_gate_dispatch_grad moe_gate_dispatch_partial_nosoftmaxtopk
    moe_gate_dispatch_partial_nosoftmaxtopk_grad moe_gate_dispatch_permute moe_gate_dispatch_permute_grad
    moe_global_mesh_tensor moe_permute moe_sub_mesh_tensors moe_unpermute momentum momentum_
    moving_average_abs_max_scale moving_average_abs_max_scale_ mp_allreduce_sum mp_allreduce_sum_
    mp_allreduce_sum_grad mul multi_dot multi_dot_grad multi_encoder_xpu multi_gru multiclass_nms
    multiclass_nms3 multihead_matmul multinomial multiplex multiplex_grad multiply multiply_ mv mv_grad nadam
    nadam_ name nanmedian nanmedian_grad nansum nansum_grad nce nearest_interp nearest_interp_grad
    nearest_interp_v2 nextafter nll_loss nll_loss_grad nms nonzero nop nop_ norm norm_grad not_equal
    not_equal_ npu_identity number_count numel one_hot one_hot_v2 onednn_to_paddle_layout ones ones_like
    overlap_add overlap_add_grad p_norm p_norm_grad pad pad2d_xpu pad3d pad3d_grad pad_grad parameter
    partial_allgather partial_allgather_ partial_concat partial_concat_grad partial_sum partial_sum_grad
    pixel_shuffle pixel_shuffle_grad pixel_unshuffle pixel_unshuffle_grad poisson poisson_grad polygamma
    polygamma_ polygamma_grad pool2d pool2d_grad pool3d pool3d_grad pow pow_ pow_grad pow_grad_ prelu
    prelu_grad print prior_box prod prod_grad prune_gate_by_capacity psroi_pool psroi_pool_grad put_along_axis
    put_along_axis_ put_along_axis_grad pylayer pyramid_hash pyramid_hash_grad qkv_attention_xpu
    qkv_unpack_mha qr qr_grad quant_linear quantize quantize_linear quantize_linear_ quantize_xpu radam radam_
    randint random random_ random_grad random_grad_ random_routing random_routing_ randperm range range_v2
    rank_attention rank_attention_grad read_from_array real real_grad reciprocal reciprocal_ reciprocal_grad
    reciprocal_grad_ reduce reduce_ reduce_all reduce_amax reduce_amin reduce_any reduce_as reduce_as_grad
    reduce_max reduce_mean reduce_min reduce_prod reduce_scatter reduce_sum reindex_graph relu relu6
    relu6_grad relu6_grad_ relu_ relu_grad relu_grad_ remainder remainder_ remainder_grad renorm renorm_
    renorm_grad repeat_interleave repeat_interleave_grad repeat_interleave_with_tensor_index
    repeat_interleave_with_tensor_index_grad requantize reshape reshape2 reshape_ reshape_grad reshape_grad_
    reshard reshard_v2 resnet_basic_block resnet_basic_block_grad resnet_unit resnet_unit_grad
    restrict_nonzero reverse reverse_grad rint rint_ rint_grad rint_grad_ rms_norm rms_norm_grad rmsprop
    rmsprop_ rnn rnn_grad roformer_relative_embedding_xpu roi_align roi_align_grad roi_pool roi_pool_grad roll
    roll_grad round round_ round_grad round_grad_ row_conv rprop rprop_ rrelu rrelu_grad rsqrt rsqrt_
    rsqrt_grad rsqrt_grad_ scale scale_ scatter scatter_ scatter_grad scatter_nd_add scatter_nd_add_grad
    searchsorted seed segment_pool segment_pool_grad select_input select_output self_dp_attention selu
    selu_grad send_u_recv send_ue_recv send_uv send_uv_grad sequence_conv sequence_conv_grad sequence_expand
    sequence_expand_grad sequence_mask sequence_pool sequence_pool_grad sequence_softmax sequence_softmax_grad
    sequence_unpad_xpu set set_ set_parameter set_persistable_value set_value set_value_ set_value_grad
    set_value_with_tensor set_value_with_tensor_ set_value_with_tensor_grad sgd sgd_ shadow_output shape
    shape64 shard_index shard_tensor share_buffer share_data share_data_ share_var shuffle_batch
    shuffle_batch_grad shuffle_channel shuffle_channel_grad sigmoid sigmoid_ sigmoid_cross_entropy_with_logits
    sigmoid_cross_entropy_with_logits_ sigmoid_cross_entropy_with_logits_grad
    sigmoid_cross_entropy_with_logits_grad_ sigmoid_grad sigmoid_grad_ sign sign_grad silu silu_ silu_grad
    silu_grad_ sin sin_ sin_grad sin_grad_ sine_pos_xpu sinh sinh_ sinh_grad sinh_grad_ size skip_layernorm
    slice slice_array slice_array_dense slice_grad slogdet slogdet_grad slogdet_v2 slogdet_v2_grad
    slogdeterminant softmax softmax_ softmax_grad softmax_with_cross_entropy softplus softplus_grad
    softplus_grad_ softshrink softshrink_grad softshrink_grad_ softsign softsign_grad softsign_grad_ solve
    solve_grad sparse_abs sparse_abs_grad sparse_acos sparse_acos_grad sparse_acosh sparse_acosh_grad
    sparse_add sparse_add_grad sparse_addmm sparse_addmm_grad sparse_asin sparse_asin_grad sparse_asinh
    sparse_asinh_grad sparse_atan sparse_atan_grad sparse_atanh sparse_atanh_grad sparse_attention
    sparse_attention_grad sparse_batch_norm sparse_batch_norm_ sparse_batch_norm_grad sparse_cast
    sparse_cast_grad sparse_coalesce sparse_conv3d sparse_conv3d_grad sparse_conv3d_implicit_gemm
    sparse_divide sparse_divide_grad sparse_divide_scalar sparse_divide_scalar_grad sparse_expm1
    sparse_expm1_grad sparse_full_like sparse_fused_attention sparse_fused_attention_grad sparse_indices
    sparse_isnan sparse_leaky_relu sparse_leaky_relu_grad sparse_log1p sparse_log1p_grad sparse_mask_as
    sparse_mask_as_grad sparse_masked_matmul sparse_masked_matmul_grad sparse_matmul sparse_matmul_grad
    sparse_maxpool sparse_maxpool_grad sparse_momentum sparse_multiply sparse_mv sparse_mv_grad sparse_pow
    sparse_pow_grad sparse_relu sparse_relu6 sparse_relu6_grad sparse_relu_grad sparse_reshape
    sparse_reshape_grad sparse_scale sparse_sin sparse_sin_grad sparse_sinh sparse_sinh_grad sparse_slice
    sparse_slice_grad sparse_softmax sparse_softmax_grad sparse_sparse_coo_tensor
    sparse_sparse_coo_tensor_grad sparse_sqrt sparse_sqrt_grad sparse_square sparse_square_grad
    sparse_subtract sparse_subtract_grad sparse_sum sparse_sum_grad sparse_sync_batch_norm
    sparse_sync_batch_norm_ sparse_sync_batch_norm_grad sparse_tan sparse_tan_grad sparse_tanh
    sparse_tanh_grad sparse_to_dense sparse_to_dense_grad sparse_to_sparse_coo sparse_to_sparse_coo_grad
    sparse_to_sparse_csr sparse_transpose sparse_transpose_grad sparse_values sparse_values_grad
    spatial_transformer_resblock_xpu spectral_norm spectral_norm_grad split split_grad split_with_num
    split_with_num_grad sqrt sqrt_ sqrt_grad sqrt_grad_ square square_ square_grad square_grad_
    squared_l2_norm squared_l2_norm_grad squeeze squeeze2 squeeze_ squeeze_excitation_block squeeze_grad
    squeeze_grad_ stack stack_grad standard_gamma stanh stanh_grad std std_grad stft stft_grad strided_slice
    strided_slice_grad strings_empty strings_empty_like strings_lower strings_upper subtract subtract_
    subtract_grad subtract_grad_ sum sum_grad svd svd_grad svdvals svdvals_grad swiglu swiglu_grad swish
    swish_grad swish_grad_ sync_batch_norm_ sync_batch_norm_grad sync_calc_stream sync_calc_stream_
    sync_comm_stream take_along_axis take_along_axis_grad tan tan_ tan_grad tan_grad_ tanh tanh_ tanh_grad
    tanh_grad_ tanh_shrink tanh_shrink_grad tanh_shrink_grad_ tdm_child tdm_sampler temporal_shift
    temporal_shift_grad tensor_array_to_tensor tensor_unfold tensor_unfold_grad thresholded_relu
    thresholded_relu_ thresholded_relu_grad thresholded_relu_grad_ tile tile_grad top_k top_k_v2
    top_p_sampling topk topk_grad trace trace_grad trans_layout trans_layout_grad transfer_layout transpose
    transpose2 transpose_ transpose_grad triangular_solve triangular_solve_grad tril tril_ tril_grad
    tril_indices tril_triu trilinear_interp trilinear_interp_grad trilinear_interp_v2 triu triu_ triu_grad
    triu_indices trunc trunc_ trunc_divide trunc_divide_ trunc_grad truncated_gaussian_random unbind
    unbind_grad unfold unfold_grad uniform uniform_inplace uniform_inplace_ uniform_inplace_grad
    uniform_inplace_grad_ uniform_random uniform_random_batch_size_like uniform_random_inplace unique
    unique_consecutive unpool unpool3d unpool3d_grad unpool_grad unsqueeze unsqueeze2 unsqueeze_
    unsqueeze_grad unsqueeze_grad_ unstack unstack_grad update_loss_scaling update_loss_scaling_
    update_parameter var var_grad variable_length_memory_efficient_attention variance view_dtype
    view_dtype_grad view_shape view_shape_grad view_slice viterbi_decode warpctc warpctc_grad warprnnt
    warprnnt_grad weight_dequantize weight_only_linear weight_only_linear_grad weight_quantize
    weighted_sample_neighbors where where_ where_grad where_index while write_to_array yolo_box yolo_box_head
    yolo_box_post yolo_box_xpu yolo_loss yolo_loss_grad yolov3_loss zeros zeros_like
    """)

  /// Layers of Caffe and of its best known descendants.
  static let caffe = words(
    """
    AbsVal Accuracy ArgMax BatchNorm BatchReindex Bias Clip Concat ContrastiveLoss Convolution Crop
    Deconvolution Dropout DummyData ELU Eltwise Embed EuclideanLoss Exp Filter Flatten HingeLoss Im2col
    InfogainLoss InnerProduct Input LRN LSTM LSTMUnit Log MVN MultinomialLogisticLoss PReLU Parameter Pooling
    Power RNN ReLU Reduction Reshape SPP Scale Sigmoid SigmoidCrossEntropyLoss Silence Slice Softmax
    SoftmaxWithLoss Split Swish TanH Threshold Tile Permute Normalize PriorBox DetectionOutput ROIPooling
    Upsample Interp ShuffleChannel Axpy ReLU6 ConvolutionDepthwise DepthwiseConvolution BN
    """)

  static let ncnn = words(
    """
    AbsVal ArgMax BatchNorm Bias BNLL Concat Convolution Crop Deconvolution Dropout Eltwise ELU Embed Exp
    Flatten InnerProduct Input Log LRN MemoryData MVN Pooling Power PReLU Proposal Reduction ReLU Reshape
    ROIPooling Scale Sigmoid Slice Softmax Split SPP TanH Threshold Tile RNN LSTM BinaryOp UnaryOp
    ConvolutionDepthWise Padding Squeeze ExpandDims Normalize Permute PriorBox DetectionOutput Interp
    DeconvolutionDepthWise ShuffleChannel InstanceNorm Clip Reorg YoloDetectionOutput Quantize Dequantize
    Yolov3DetectionOutput PSROIPooling ROIAlign Packing Requantize Cast HardSigmoid SELU HardSwish Noop
    PixelShuffle DeepCopy Mish StatisticsPooling Swish Gemm GroupNorm LayerNorm Softplus GRU
    MultiHeadAttention GELU Convolution1D Pooling1D ConvolutionDepthWise1D Convolution3D
    ConvolutionDepthWise3D Pooling3D MatMul Deconvolution1D DeconvolutionDepthWise1D Deconvolution3D
    DeconvolutionDepthWise3D Einsum DeformableConv2D GLU Fold Unfold GridSample CumulativeSum CopyTo Erf Diag
    CELU Shrink RMSNorm Spectrogram InverseSpectrogram Flip SDPA RotaryEmbed
    """)

  static let mxnet = words(
    """
    Activation BatchNorm BatchNorm_v1 BilinearSampler BlockGrad CTCLoss Cast Concat Convolution Convolution_v1
    Correlation Crop Deconvolution Dropout Embedding Flatten FullyConnected GridGenerator GroupNorm
    IdentityAttachKLSparseReg InstanceNorm L2Normalization LRN LayerNorm LeakyReLU LinearRegressionOutput
    LogisticRegressionOutput MAERegressionOutput MakeLoss Pad Pooling Pooling_v1 RNN ROIPooling Reshape
    SVMOutput SequenceLast SequenceMask SequenceReverse SliceChannel Softmax SoftmaxActivation SoftmaxOutput
    SpatialTransformer SwapAxis UpSampling null _copy _div_scalar _equal _equal_scalar _arange _eye _full
    _greater _greater_equal _greater_equal_scalar _greater_scalar _hypot _hypot_scalar
    _identity_with_attr_like_rhs _lesser _lesser_equal _lesser_equal_scalar _lesser_scalar _linspace
    _logical_and _logical_or _logical_xor _maximum _maximum_scalar _minimum _minimum_scalar _minus_scalar _mod
    _mod_scalar _mul_scalar _not_equal _not_equal_scalar _ones _plus_scalar _power _power_scalar _rdiv_scalar
    _rminus_scalar _rmod_scalar _rpower_scalar _slice_assign _zeros _zeros_without_dtype
    _contrib_AdaptiveAvgPooling2D _contrib_BilinearResize2D _contrib_MultiBoxDetection _contrib_MultiBoxPrior
    _contrib_MultiBoxTarget _contrib_MultiProposal _contrib_Proposal _contrib_ROIAlign _contrib_arange_like
    _contrib_box_iou _contrib_box_nms _contrib_div_sqrt_dim _contrib_interleaved_matmul_selfatt_qk
    _contrib_interleaved_matmul_selfatt_valatt _contrib_quantize _contrib_quantize_v2 _contrib_dequantize
    _contrib_requantize _contrib_quantized_conv _contrib_quantized_fully_connected _contrib_quantized_pooling
    abs add_n amp_cast amp_multicast arccos arccosh arcsin arcsinh arctan arctanh argmax argmax_channel argmin
    argsort batch_dot batch_take broadcast_add broadcast_axes broadcast_axis broadcast_div broadcast_equal
    broadcast_greater broadcast_greater_equal broadcast_hypot broadcast_lesser broadcast_lesser_equal
    broadcast_like broadcast_logical_and broadcast_logical_or broadcast_logical_xor broadcast_maximum
    broadcast_minimum broadcast_minus broadcast_mod broadcast_mul broadcast_not_equal broadcast_plus
    broadcast_power broadcast_sub broadcast_to cast cbrt ceil clip concat cos cosh degrees depth_to_space diag
    dot elemwise_add elemwise_div elemwise_mul elemwise_sub erf erfinv exp expand_dims expm1 fix flatten flip
    floor gamma gammaln gather_nd hard_sigmoid identity log log10 log1p log2 log_softmax logical_not make_loss
    max max_axis mean min min_axis moments nanprod nansum negative norm one_hot ones_like pad pick prod
    radians rcbrt reciprocal relu repeat reshape reshape_like reverse rint round rsqrt scatter_nd
    sequence_mask shape_array sigmoid sign sin sinh size_array slice slice_axis slice_like smooth_l1 softmax
    softmax_cross_entropy softmin softsign sort space_to_depth split sqrt square squeeze stack stop_gradient
    sum sum_axis swapaxes take tan tanh tile topk transpose trunc where zeros_like
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }
}
