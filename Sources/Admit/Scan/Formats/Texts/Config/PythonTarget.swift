// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A Python object that a configuration names, judged like an import of a pickle.
struct PythonTarget {
  let allow: AllowList

  enum Standing {
    case inert
    case dangerous(String)
    case unlisted
  }

  /// - Parameter name: dotted, `package.module.Class`; a colon may stand in front of the last part.
  func standing(_ name: String) -> Standing {
    // TensorFlow's own name for the functions behind `+` and `[]` is written like one of Python's insides.
    let dotted = name.replacing(":", with: ".").split(separator: ".", omittingEmptySubsequences: false).map {
      $0 == "__operators__" ? "operators" : String($0)
    }
    if Self.inert.contains(name) || TargetClasses.inert.contains(name) { return .inert }
    if Self.isInert(dotted) { return .inert }
    if let effect = Self.resolvers[name] { return .dangerous(effect) }
    if let effect = TargetClasses.danger(name) { return .dangerous(effect) }
    if dotted.contains(where: { $0.hasPrefix("__") && $0.hasSuffix("__") && $0.count > 4 }) {
      return .dangerous("reaches into Python's insides")
    }
    // What is a module and what is inside of one, the name does not tell.
    for split in stride(from: dotted.count - 1, through: 1, by: -1) {
      let judge = GlobalJudge(allow: allow)
      let module = dotted[..<split].joined(separator: ".")
      switch judge.standing(module, dotted[split...].joined(separator: ".")) {
      case .dangerous(let effect): return .dangerous(effect)
      case .walk(let step): return .dangerous("reaches for '\(step)'")
      case .disguised(let how): return .dangerous("is disguised: \(how)")
      default: continue
      }
    }
    if dotted.count == 1, case .dangerous(let effect) = GlobalJudge(allow: allow).standing("builtins", name) {
      return .dangerous(effect)
    }
    return .unlisted
  }

  /// A dotted name, and not a sentence, a path or a number.
  static func isDotted(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 2 && text.utf8.count <= 512
      && parts.allSatisfy { part in
        guard let first = part.first, first.isLetter || first == "_" else { return false }
        return part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
      }
  }

  private static let resolvers: [String: String] = {
    var table: [String: String] = [:]
    for name in [
      "hydra.utils.get_method", "hydra.utils.get_class", "hydra.utils.get_object", "hydra.utils.call",
      "hydra.utils.instantiate", "hydra.utils.get_static_method", "hydra._internal.utils._locate",
      "pydoc.locate",
      "omegaconf.OmegaConf.register_new_resolver", "omegaconf.OmegaConf.load",
      "lightning.LightningModule.load_from_checkpoint",
      "pytorch_lightning.LightningModule.load_from_checkpoint", "torch.load", "torch.hub.load",
      "nemo.core.classes.common.Serialization.from_config_dict",
    ] { table[name] = "resolves or loads what another value names" }
    return table
  }()

  /// Layers, losses and optimizers of torch: making one allocates numbers and runs nothing that a configuration names.
  private static func isInert(_ parts: [String]) -> Bool {
    guard parts.count >= 2 else { return false }
    let module = parts.dropLast().joined(separator: ".")
    guard let name = parts.last, name.first?.isUppercase == true else { return false }
    return modules.contains(module) && name.allSatisfy { $0.isLetter || $0.isNumber }
      && !["Module", "DataParallel", "LambdaLR", "MultiplicativeLR"].contains(name)
  }

  private static let modules: Set<String> = [
    "torch.nn", "torch.optim", "torch.optim.lr_scheduler", "torch.nn.modules.activation",
    "torch.nn.modules.linear",
    "torch.nn.modules.loss", "torch.nn.modules.conv", "torch.nn.modules.normalization",
    "torch.nn.modules.dropout",
    "torchmetrics", "torchmetrics.classification", "torchmetrics.regression",
  ]

  private static let inert: Set<String> = [
    "os.path.join", "builtins.dict", "builtins.list", "builtins.int", "builtins.float", "builtins.str",
    "builtins.tuple",
    "builtins.set", "collections.OrderedDict", "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePosixPath",
    "pathlib.WindowsPath", "datetime.timedelta", "torch.float32", "torch.float16", "torch.bfloat16",
    "torch.float64",
    "torch.nn.functional.relu", "torch.nn.functional.gelu", "torch.nn.functional.silu", "torch.device",
    "torch.Generator",
    "argparse.Namespace", "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
    "torch.utils.data.DataLoader", "torch.utils.data.dataloader.DataLoader",
    "ldm.models.diffusion.ddpm.LatentDiffusion", "ldm.models.diffusion.ddpm.LatentInpaintDiffusion",
    "ldm.models.diffusion.ddpm.LatentUpscaleDiffusion", "ldm.models.diffusion.ddpm.DiffusionWrapper",
    "ldm.lr_scheduler.LambdaLinearScheduler", "ldm.modules.diffusionmodules.openaimodel.UNetModel",
    "ldm.models.autoencoder.AutoencoderKL", "ldm.models.autoencoder.VQModelInterface",
    "ldm.modules.encoders.modules.FrozenCLIPEmbedder", "ldm.modules.encoders.modules.FrozenOpenCLIPEmbedder",
    "ldm.modules.encoders.modules.BERTEmbedder", "ldm.modules.losses.LPIPSWithDiscriminator",
    "cldm.cldm.ControlLDM", "cldm.cldm.ControlNet", "cldm.cldm.ControlledUnetModel",
    "sgm.models.diffusion.DiffusionEngine", "sgm.modules.diffusionmodules.denoiser.DiscreteDenoiser",
    "sgm.modules.diffusionmodules.denoiser_scaling.EpsScaling",
    "sgm.modules.diffusionmodules.denoiser_weighting.EpsWeighting",
    "sgm.modules.diffusionmodules.discretizer.LegacyDDPMDiscretization",
    "sgm.modules.diffusionmodules.openaimodel.UNetModel", "sgm.modules.GeneralConditioner",
    "sgm.modules.encoders.modules.FrozenCLIPEmbedder", "sgm.modules.encoders.modules.FrozenOpenCLIPEmbedder2",
    "sgm.modules.encoders.modules.ConcatTimestepEmbedderND",
    "sgm.models.autoencoder.AutoencoderKLInferenceWrapper",
    "sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling",
    "sentence_transformers.models.Normalize", "sentence_transformers.models.Dense",
    "sentence_transformers.models.CLIPModel",
    "sentence_transformers.models.Dropout", "sentence_transformers.models.LayerNorm",
    "sentence_transformers.models.LSTM",
    "sentence_transformers.models.CNN", "sentence_transformers.models.BoW",
    "sentence_transformers.models.WeightedLayerPooling",
    "sentence_transformers.models.WordEmbeddings", "sentence_transformers.models.WordWeights",
    "sentence_transformers.models.StaticEmbedding", "sentence_transformers.models.Router",
    "sentence_transformers.models.Asym", "sentence_transformers.models.Transformer.Transformer",
    "sentence_transformers.sparse_encoder.models.SpladePooling",
    "sentence_transformers.sparse_encoder.models.MLMTransformer",
    "sentence_transformers.sparse_encoder.models.SparseStaticEmbedding",
    "sentence_transformers.sparse_encoder.models.SparseAutoEncoder", "torch.nn.modules.linear.Identity",
    "mlflow.sklearn", "mlflow.pytorch", "mlflow.tensorflow", "mlflow.keras", "mlflow.xgboost",
    "mlflow.lightgbm",
    "mlflow.catboost", "mlflow.onnx", "mlflow.statsmodels", "mlflow.prophet", "mlflow.spacy",
    "mlflow.transformers",
    "mlflow.sentence_transformers", "mlflow.spark", "mlflow.h2o", "mlflow.pmdarima", "mlflow.paddle",
  ]
}
