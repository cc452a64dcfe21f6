// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Numbers and little else: numpy, safetensors, GGUF, MessagePack.
enum Arrays: FormatFamily {
  static let formats: [any ScannedFormat] = [
    NumpyFormat(), SafetensorsFormat(), GGUFFormat(), OldGGMLFormat(), MessagePackFormat(),
    OCDBTFormat(),
  ]
  static let texts: [any TextProfile] = [ZarrProfile()]
  static let rules: [any Rule] = [
    BrokenArray(), ArrayTail(), BrokenSafetensors(), OddSafetensorsMetadata(), OddSafetensorsNames(),
    BrokenGGUF(),
    WildGGUF(), TemplateCode(), UncoveredGGUF(), BrokenMessagePack(), WildMessagePack(), PackedPickle(),
    UncoveredMessagePack(), PickleCodec(), UnknownCodec(),
  ]
}
