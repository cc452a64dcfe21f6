// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
// swift-format-ignore-file

/// Read from the source of lightning 2.6.
enum LightningNames {
  /// What older checkpoints name as the key of a callback’s state.
  static let callbacks = """
    lightning.pytorch.callbacks.batch_size_finder BatchSizeFinder
    lightning.pytorch.callbacks.callback Callback
    lightning.pytorch.callbacks.checkpoint Checkpoint
    lightning.pytorch.callbacks.device_stats_monitor DeviceStatsMonitor
    lightning.pytorch.callbacks.early_stopping EarlyStopping EarlyStoppingReason
    lightning.pytorch.callbacks.finetuning BackboneFinetuning BaseFinetuning
    lightning.pytorch.callbacks.gradient_accumulation_scheduler GradientAccumulationScheduler
    lightning.pytorch.callbacks.lambda_function LambdaCallback
    lightning.pytorch.callbacks.lr_finder LearningRateFinder
    lightning.pytorch.callbacks.lr_monitor LearningRateMonitor
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint
    lightning.pytorch.callbacks.model_summary ModelSummary
    lightning.pytorch.callbacks.on_exception_checkpoint OnExceptionCheckpoint
    lightning.pytorch.callbacks.prediction_writer BasePredictionWriter WriteInterval
    lightning.pytorch.callbacks.progress.progress_bar ProgressBar
    lightning.pytorch.callbacks.progress.rich_progress RichProgressBar RichProgressBarTheme
    lightning.pytorch.callbacks.progress.tqdm_progress TQDMProgressBar
    lightning.pytorch.callbacks.pruning ModelPruning
    lightning.pytorch.callbacks.rich_model_summary RichModelSummary
    lightning.pytorch.callbacks.spike SpikeDetection
    lightning.pytorch.callbacks.stochastic_weight_avg StochasticWeightAveraging
    lightning.pytorch.callbacks.throughput_monitor ThroughputMonitor
    lightning.pytorch.callbacks.timer Interval Timer
    lightning.pytorch.callbacks.weight_averaging EMAWeightAveraging WeightAveraging
    pytorch_lightning.callbacks.batch_size_finder BatchSizeFinder
    pytorch_lightning.callbacks.callback Callback
    pytorch_lightning.callbacks.checkpoint Checkpoint
    pytorch_lightning.callbacks.device_stats_monitor DeviceStatsMonitor
    pytorch_lightning.callbacks.early_stopping EarlyStopping EarlyStoppingReason
    pytorch_lightning.callbacks.finetuning BackboneFinetuning BaseFinetuning
    pytorch_lightning.callbacks.gradient_accumulation_scheduler GradientAccumulationScheduler
    pytorch_lightning.callbacks.lambda_function LambdaCallback
    pytorch_lightning.callbacks.lr_finder LearningRateFinder
    pytorch_lightning.callbacks.lr_monitor LearningRateMonitor
    pytorch_lightning.callbacks.model_checkpoint ModelCheckpoint
    pytorch_lightning.callbacks.model_summary ModelSummary
    pytorch_lightning.callbacks.on_exception_checkpoint OnExceptionCheckpoint
    pytorch_lightning.callbacks.prediction_writer BasePredictionWriter WriteInterval
    pytorch_lightning.callbacks.progress.progress_bar ProgressBar
    pytorch_lightning.callbacks.progress.rich_progress RichProgressBar RichProgressBarTheme
    pytorch_lightning.callbacks.progress.tqdm_progress TQDMProgressBar
    pytorch_lightning.callbacks.pruning ModelPruning
    pytorch_lightning.callbacks.rich_model_summary RichModelSummary
    pytorch_lightning.callbacks.spike SpikeDetection
    pytorch_lightning.callbacks.stochastic_weight_avg StochasticWeightAveraging
    pytorch_lightning.callbacks.throughput_monitor ThroughputMonitor
    pytorch_lightning.callbacks.timer Interval Timer
    pytorch_lightning.callbacks.weight_averaging EMAWeightAveraging WeightAveraging
    """
}
