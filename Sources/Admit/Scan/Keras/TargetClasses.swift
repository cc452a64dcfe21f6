// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Classes that configurations of NeMo and Hydra ask for.
enum TargetClasses {
  /// Helpers of Hydra and NeMo that call or load what their arguments say.
  static func danger(_ target: String) -> String? {
    for (prefix, effect) in dangers where target == prefix || target.hasPrefix(prefix + ".") { return effect }
    return nil
  }

  private static let dangers: [(String, String)] = [
    ("hydra.utils", "imports and calls what its arguments say"),
    ("hydra._internal", "imports and calls what its arguments say"),
    ("omegaconf.OmegaConf.load", "reads another file"),
    ("nemo.utils.exp_manager", "writes files"), ("nemo.utils.cloud", "downloads files"),
    ("nemo.core.connectors.save_restore_connector", "loads another model"),
    ("pytorch_lightning.utilities.cloud_io", "unpickles another file"),
    ("lightning.fabric.utilities.cloud_io", "unpickles another file"),
    ("transformers4rec.torch.utils", "unpickles another file (CVE-2025-23298)"),
    ("fsspec", "opens files and connections"), ("wandb", "opens connections"),
    ("mlflow", "opens connections and loads models"), ("smart_open", "opens files and connections"),
    ("datasets.load_dataset", "downloads files and code"),
  ]

  /// Exact paths. Making one builds layers of random numbers, a transformation of numbers or an optimizer.
  static let inert: Set<String> = {
    var names: Set<String> = []
    for (module, words) in groups {
      for word in Words.of(words) { names.insert("\(module).\(word)") }
    }
    return names
  }()

  private static let groups: [(String, String)] = [
    (
      "nemo.collections.asr.models",
      """
      EncDecCTCModel EncDecCTCModelBPE EncDecRNNTModel EncDecRNNTBPEModel EncDecHybridRNNTCTCModel
      EncDecHybridRNNTCTCBPEModel EncDecClassificationModel EncDecFrameClassificationModel
      EncDecSpeakerLabelModel EncDecMultiTaskModel EncDecDiarLabelModel SortformerEncLabelModel
      EncDecDenoiseMaskedTokenPredModel SpeechEncDecSelfSupervisedModel SLUIntentSlotBPEModel
      """
    ),
    ("nemo.collections.asr.models.ctc_models", "EncDecCTCModel"),
    ("nemo.collections.asr.models.ctc_bpe_models", "EncDecCTCModelBPE"),
    ("nemo.collections.asr.models.rnnt_models", "EncDecRNNTModel"),
    ("nemo.collections.asr.models.rnnt_bpe_models", "EncDecRNNTBPEModel"),
    ("nemo.collections.asr.models.hybrid_rnnt_ctc_models", "EncDecHybridRNNTCTCModel"),
    ("nemo.collections.asr.models.hybrid_rnnt_ctc_bpe_models", "EncDecHybridRNNTCTCBPEModel"),
    ("nemo.collections.asr.models.aed_multitask_models", "EncDecMultiTaskModel"),
    (
      "nemo.collections.asr.models.classification_models",
      "EncDecClassificationModel EncDecRegressionModel EncDecFrameClassificationModel"
    ),
    ("nemo.collections.asr.models.label_models", "EncDecSpeakerLabelModel"),
    ("nemo.collections.asr.models.msdd_models", "EncDecDiarLabelModel"),
    ("nemo.collections.asr.models.sortformer_diar_models", "SortformerEncLabelModel"),
    (
      "nemo.collections.asr.modules",
      """
      AudioToMelSpectrogramPreprocessor AudioToMFCCPreprocessor SpectrogramAugmentation CropOrPadSpectrogramAugmentation
      MaskedPatchAugmentation RandomProjectionVectorQuantizer ConvASREncoder ConvASRDecoder ConvASRDecoderClassification
      ConformerEncoder SqueezeformerEncoder RNNEncoder LSTMDecoder RNNTDecoder RNNTJoint StatelessTransducerDecoder
      SampledRNNTJoint SpeakerDecoder ECAPAEncoder ConvASRDecoderReconstruction AudioToSpectrogram SpectrogramToAudio
      HATJoint MSDD_module TransformerEncoder
      """
    ),
    (
      "nemo.collections.asr.modules.audio_preprocessing",
      "AudioToMelSpectrogramPreprocessor SpectrogramAugmentation AudioToSpectrogram"
    ),
    (
      "nemo.collections.asr.losses",
      "CTCLoss AngularSoftmaxLoss ContrastiveLoss MLMLoss BCELoss"
    ),
    (
      "nemo.collections.common.losses",
      "SmoothedCrossEntropyLoss CrossEntropyLoss NLLLoss MSELoss AggregatorLoss"
    ),
    (
      "nemo.collections.asr.parts.submodules.adapters.multi_head_attention_adapter_module",
      "MultiHeadAttentionAdapter RelPositionMultiHeadAttentionAdapter"
    ),
    ("nemo.collections.common.parts", "LinearAdapter MLP MultiLayerPerceptron"),
    (
      "nemo.collections.common.parts.adapter_modules",
      "LinearAdapter ResidualAddAdapterStrategy"
    ),
    ("nemo.core.classes.mixins.adapter_mixin_strategies", "ResidualAddAdapterStrategy"),
    (
      "nemo.collections.tts.models",
      "FastPitchModel HifiGanModel Tacotron2Model WaveGlowModel UnivNetModel VitsModel MixerTTSModel RadTTSModel AudioCodecModel SpectrogramEnhancerModel"
    ),
    (
      "nemo.collections.tts.modules.transformer",
      "FFTransformerEncoder FFTransformerDecoder"
    ),
    (
      "nemo.collections.tts.modules.fastpitch",
      "FastPitchModule TemporalPredictor"
    ),
    ("nemo.collections.tts.modules.aligner", "AlignmentEncoder"),
    (
      "nemo.collections.tts.modules.hifigan_modules",
      "Generator MultiPeriodDiscriminator MultiScaleDiscriminator"
    ),
    ("nemo.collections.tts.modules.tacotron2", "Encoder Decoder Postnet"),
    (
      "nemo.collections.nlp.models",
      "PunctuationCapitalizationModel TextClassificationModel TokenClassificationModel QAModel BERTLMModel"
    ),
    (
      "nemo.collections.nlp.models.language_modeling.megatron_gpt_model",
      "MegatronGPTModel"
    ),
    ("nemo.collections.nlp.models.language_modeling.megatron_gpt_sft_model", "MegatronGPTSFTModel"),
    ("nemo.collections.nlp.models.language_modeling.megatron_bert_model", "MegatronBertModel"),
    ("nemo.collections.nlp.models.language_modeling.megatron_t5_model", "MegatronT5Model"),
    (
      "torch.nn",
      """
      Linear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ReLU GELU SiLU Tanh Sigmoid Softmax LogSoftmax Dropout
      LayerNorm BatchNorm1d BatchNorm2d GroupNorm Embedding LSTM GRU RNN Identity Flatten MaxPool2d AvgPool2d
      AdaptiveAvgPool2d CrossEntropyLoss MSELoss L1Loss BCELoss BCEWithLogitsLoss NLLLoss SmoothL1Loss KLDivLoss
      CTCLoss LeakyReLU ELU PReLU Hardswish TransformerEncoderLayer MultiheadAttention
      """
    ),
    ("torch.optim", "SGD Adam AdamW Adadelta Adagrad Adamax RMSprop NAdam RAdam LBFGS"),
    (
      "torch.optim.lr_scheduler",
      "StepLR MultiStepLR ExponentialLR CosineAnnealingLR ReduceLROnPlateau LinearLR OneCycleLR CosineAnnealingWarmRestarts ConstantLR PolynomialLR CyclicLR"
    ),
    ("torchmetrics", "Accuracy Precision Recall F1Score MeanSquaredError MeanAbsoluteError"),
  ]
}
