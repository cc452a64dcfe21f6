// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowPacks {
  /// What dill writes for plain values. What it writes for functions, classes and modules holds code and is not here.
  static let dill = AllowPack(
    "dill", isOnByDefault: true,
    about:
      "Arrays, built-in types and constants in dill's pickles; not its functions and classes, which are code.",
    [
      AllowEntry(
        module: "dill._dill", name: "_create_array",
        reason: "makes an array as numpy itself does, and fills it",
        call: AllowShape([
          .init(.vettedGlobal, ["_reconstruct"]), .init(.tuple), .init(.tuple), .init([.none, .dict]),
        ]), callsFirst: true),
      AllowEntry(
        module: "dill._dill", name: "_load_type", reason: "looks a built-in type up by its name",
        call: AllowShape([
          .init(
            .text,
            [
              "int", "float", "bool", "str", "bytes", "bytearray", "complex", "list", "tuple", "dict", "set",
              "frozenset", "object", "slice", "range", "NoneType", "ellipsis",
            ])
        ])),
      AllowEntry(
        module: "dill._dill", name: "_eval_repr", reason: "one of two constants",
        call: AllowShape([.init(.text, ["Ellipsis", "NotImplemented"])]), otherwise: DangerousGlobals.runs),
    ])

  /// Time zones of pandas before version 3.
  static let pytz = AllowPack(
    "pytz", isOnByDefault: true, about: "Time zones of pytz and dateutil, by their names.",
    [
      AllowEntry(
        module: "pytz", name: "_UTC", reason: "the one object for UTC", call: AllowShape([])),
      AllowEntry(
        module: "pytz", name: "_p", reason: "a time zone of the library, by its name",
        call: AllowShape(
          [.init(.text, characters: zoneCharacters), .init(.integer), .init(.integer), .init(.text)],
          required: 1)),
      AllowEntry(
        module: "pytz.tzinfo", name: "_FixedOffset", reason: "an offset", isClass: true,
        call: AllowShape([.init(.integer), .init(.dict)], required: 1)),
      AllowEntry(
        module: "pytz", name: "_FixedOffset", reason: "an offset", isClass: true,
        call: AllowShape([.init(.integer), .init(.dict)], required: 1)),
    ]
      + list("dateutil.tz.tz tzutc tzlocal") {
        AllowEntry(
          module: $0, name: $1, reason: "a time zone without parameters", isClass: true, isMadeEmpty: true,
          call: AllowShape([]), state: .init([.dict, .none]))
      })

  private static let zoneCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/"
}
