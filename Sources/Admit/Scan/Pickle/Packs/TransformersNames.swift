// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
// swift-format-ignore-file

/// Read from the source of transformers 5.24, accelerate 1.15 and trl 1.16, with the names that older releases wrote.
enum TransformersNames {
  /// Enumerations, which are looked up by their value.
  static let enums = """
    accelerate.utils.dataclasses ComputeEnvironment CustomDtype DDPCommunicationHookType DistributedType DynamoBackend FP8BackendType LoggerType PrecisionType RNGType SageMakerDistributedType
    sentence_transformers.training_args BatchSamplers MultiDatasetBatchSamplers
    transformers.debug_utils DebugOption
    transformers.file_utils PaddingStrategy
    transformers.generation.configuration_utils GenerationMode
    transformers.tokenization_utils_base TruncationStrategy
    transformers.trainer_utils EvaluationStrategy FSDPOption HPSearchBackend HubStrategy IntervalStrategy SaveStrategy SchedulerType ShardedDDPOption
    transformers.training_args OptimizerNames ParallelMode ShardedDDPOption
    transformers.utils.generic PaddingStrategy TensorType
    """

  /// Classes of settings, which only hold them.
  static let data = """
    accelerate.state PartialState
    accelerate.utils.dataclasses DataLoaderConfiguration DeepSpeedPlugin GradientAccumulationPlugin ProjectConfiguration TorchDynamoPlugin
    sentence_transformers.training_args SentenceTransformerTrainingArguments
    transformers.deepspeed HfTrainerDeepSpeedConfig
    transformers.generation.configuration_utils CompileConfig GenerationConfig WatermarkingConfig
    transformers.integrations.deepspeed HfTrainerDeepSpeedConfig
    transformers.trainer_callback TrainerControl TrainerState
    transformers.trainer_pt_utils AcceleratorConfig
    transformers.training_args TrainingArguments
    transformers.training_args_seq2seq Seq2SeqTrainingArguments
    trl.trainer.base_config _BaseConfig
    trl.trainer.bco_config BCOConfig
    trl.trainer.cpo_config CPOConfig
    trl.trainer.distillation_config DistillationConfig
    trl.trainer.dpo_config DPOConfig
    trl.trainer.gkd_config GKDConfig
    trl.trainer.grpo_config GRPOConfig
    trl.trainer.kto_config KTOConfig
    trl.trainer.model_config ModelConfig
    trl.trainer.nash_md_config NashMDConfig
    trl.trainer.online_dpo_config OnlineDPOConfig
    trl.trainer.orpo_config ORPOConfig
    trl.trainer.ppo_config PPOConfig
    trl.trainer.prm_config PRMConfig
    trl.trainer.reward_config RewardConfig
    trl.trainer.rloo_config RLOOConfig
    trl.trainer.sft_config SFTConfig
    trl.trainer.xpo_config XPOConfig
    """
}
