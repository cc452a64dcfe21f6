// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowPacks {
  static let lightning = AllowPack(
    "lightning", isOnByDefault: false,
    about: """
      The settings that Lightning keeps in a checkpoint: its dictionaries, OmegaConf's, and the callbacks that older \
      checkpoints name. OmegaConf reads the environment when a value with ${…} is looked up.
      """,
    list(
      """
      lightning.fabric.utilities.data AttributeDict
      lightning.pytorch.utilities.parsing AttributeDict
      lightning_fabric.utilities.data AttributeDict
      pytorch_lightning.utilities.parsing AttributeDict
      """
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "a dictionary with dots", isClass: true, isMadeEmpty: true,
        state: .init([.dict, .none]), writes: ["items"])
    }
      + classes(
        """
        omegaconf.base Metadata ContainerMetadata
        omegaconf.dictconfig DictConfig
        omegaconf.listconfig ListConfig
        omegaconf.nodes AnyNode NoneNode StringNode IntegerNode BytesNode FloatNode BooleanNode
        """, "a setting of OmegaConf: its state only fills its dictionary")
      + list("typing Any") {
        AllowEntry(module: $0, name: $1, reason: "the type of any value, named", isClass: true)
      } + named(LightningNames.callbacks, "a callback, named as the key of its state"))

  static let ultralytics = AllowPack(
    "ultralytics", isOnByDefault: false,
    about: """
      The layers, models and losses that YOLO checkpoints hold as whole objects. What their attributes hold must be \
      vetted itself. The modules named models and utils of YOLOv5 are of whoever runs it, and not covered.
      """,
    classes(
      UltralyticsNames.classes,
      "a layer, model or setting of ultralytics: its state only fills its dictionary"))

  static let transformers = AllowPack(
    "transformers", isOnByDefault: false,
    about: """
      What training_args.bin holds: the settings of transformers, accelerate, trl and sentence-transformers, and the \
      enumerations in them. They name paths and addresses that a trainer uses.
      """,
    classes(TransformersNames.data, "settings: their state only fills their dictionary")
      + list(TransformersNames.enums) {
        AllowEntry(
          module: $0, name: $1, reason: "an enumeration, looked up by its value", isClass: true,
          call: AllowShape([.init([.text, .integer])]))
      })

  static let catboost = AllowPack(
    "catboost", isOnByDefault: false,
    about:
      "CatBoost's estimators. A model is bytes that the library's native code reads, and nothing here can prove them.",
    classes(
      "catboost.core CatBoost CatBoostClassifier CatBoostRegressor CatBoostRanker",
      "an estimator of catboost: its model is bytes"))
}
