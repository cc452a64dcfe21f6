// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowList {
  private static func type(
    _ name: String, _ parameters: [AllowParameter], required: Int = 0, makes: PickleValue.Kind? = nil,
    reason: String = "copies its argument into a builtin value"
  ) -> AllowEntry {
    AllowEntry(
      module: "builtins", name: name, reason: reason, isClass: true, isMadeEmpty: true,
      call: AllowShape(parameters, required: required), makes: makes)
  }

  /// Builtins and the standard library.
  static let python =
    library + pureFunctions + namedOnly + enumerations + exceptions + holders + paths

  /// Enumerations are looked up by their value.
  private static let enumerations =
    AllowPacks.list(
      "signal Signals Handlers Sigmasks\nhttp HTTPStatus\nuuid SafeUUID\nre RegexFlag"
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "an enumeration, looked up by its value", isClass: true,
        call: AllowShape([.init([.integer, .text])]))
    }

  /// An exception that is made is not raised.
  private static let exceptions =
    AllowPacks.list(
      """
      builtins Exception BaseException ArithmeticError AssertionError AttributeError EOFError FileNotFoundError
      builtins FloatingPointError ImportError IndexError KeyError KeyboardInterrupt LookupError MemoryError
      builtins NameError NotImplementedError OSError OverflowError PermissionError RecursionError RuntimeError
      builtins StopIteration SyntaxError SystemError TimeoutError TypeError UnicodeDecodeError UnicodeError
      builtins ValueError Warning ZeroDivisionError UserWarning RuntimeWarning DeprecationWarning FutureWarning
      """
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "an exception that is made and not raised", isClass: true,
        call: AllowShape(
          [AllowParameter](
            repeating: .init([.none, .bool, .integer, .float, .text, .bytes, .tuple]), count: 6), required: 0),
        state: .init([.dict, .none]))
    }

  /// Containers that are objects: a state is their dictionary.
  private static let holders =
    AllowPacks.list(
      "collections ChainMap UserDict UserList UserString\nstring Template"
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "a container; its state only fills its dictionary", isClass: true,
        isMadeEmpty: true, call: $1 == "UserString" ? AllowShape([.init(.text)]) : nil,
        state: .init([.dict, .none]))
    }
    + AllowPacks.list(
      "time struct_time\nos stat_result statvfs_result terminal_size times_result uname_result"
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "a tuple with names", isClass: true,
        call: AllowShape([.init(.tuple), .init(.dict)], required: 1))
    }
    + AllowPacks.classes("dateutil.relativedelta relativedelta", "a span of time under names")

  private static let paths =
    AllowPacks.list(
      "pathlib PureWindowsPath WindowsPath\npathlib._local PosixPath PurePosixPath WindowsPath PureWindowsPath"
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "a path as text; making it touches no file", isClass: true,
        call: AllowShape([AllowParameter](repeating: .init(.text), count: 16), required: 0))
    }
    + AllowPacks.list(
      "ipaddress IPv4Address IPv6Address IPv4Network IPv6Network IPv4Interface IPv6Interface"
    ) {
      AllowEntry(
        module: $0, name: $1, reason: "an address as text", isClass: true,
        call: AllowShape([.init([.text, .integer]), .init(.bool)], required: 1))
    }

  private static let library: [AllowEntry] = [
    AllowEntry(
      module: "builtins", name: "object", reason: "has no state and no behaviour", isClass: true,
      isMadeEmpty: true, call: AllowShape([])),
    type("list", [.init([.tuple, .list, .set])], makes: .list),
    type("tuple", [.init([.tuple, .list, .set])], makes: .tuple),
    type("set", [.init([.tuple, .list, .set])], makes: .set),
    type("frozenset", [.init([.tuple, .list, .set])], makes: .frozenSet),
    type("dict", [.init([.dict])], makes: .dict),
    // A number would be a size to allocate.
    type("bytes", [.init([.bytes])]),
    type(
      "bytearray",
      [
        .init([.bytes, .text, .vettedObject], makers: AllowKinds.bytesMakers),
        .init([.text], ["latin-1", "latin1"]),
      ]),
    type("str", [.init([.text])]),
    type("int", [.init(.number)]),
    type("float", [.init(.number)]),
    type("bool", [.init(.number)]),
    type("complex", [.init(.number), .init(.number)]),
    type(
      "range", [.init(.integer), .init(.integer), .init(.integer)], required: 1,
      reason: "holds three numbers"
    ),
    type(
      "slice", [.init([.integer, .none]), .init([.integer, .none]), .init([.integer, .none])], required: 1,
      reason: "holds three numbers"),
    AllowEntry(
      module: "collections", name: "OrderedDict",
      reason: "a dictionary; filling it calls nothing but its own __setitem__",
      isClass: true, isMadeEmpty: true, call: AllowShape([.init([.list, .dict, .tuple])], required: 0),
      state: .init([.dict, .none]), writes: ["items"]),
    AllowEntry(
      module: "collections", name: "defaultdict", reason: "a dictionary whose factory is a builtin type",
      isClass: true,
      call: AllowShape(
        [
          .init(
            [.vettedGlobal, .none],
            [
              "list", "dict", "set", "int", "float", "str", "tuple", "bool", "OrderedDict", "Counter",
              "deque",
              "defaultdict", "frozenset", "bytes", "bytearray", "complex", "object",
            ])
        ],
        required: 0),
      writes: ["items"]),
    AllowEntry(
      module: "collections", name: "Counter", reason: "a dictionary of counts", isClass: true,
      call: AllowShape([.init([.dict])], required: 0), writes: ["items"]),
    AllowEntry(
      module: "collections", name: "deque", reason: "a list with two ends", isClass: true,
      call: AllowShape([.init([.list, .tuple]), .init([.integer, .none])], required: 0), writes: ["append"]),
    AllowEntry(
      module: "copyreg", name: "_reconstructor",
      reason: "makes an empty object of a class that is itself on this list",
      call: AllowShape([
        .init(.vettedGlobal),
        .init(.vettedGlobal, ["object", "dict", "list", "tuple", "set", "int", "float", "str"]),
        .init([.none, .dict, .list, .tuple, .set, .integer, .float, .text]),
      ]), makesFirstArgument: true),
    AllowEntry(
      module: "_codecs", name: "encode", reason: "how protocols 0 to 2 write bytes: text to Latin-1",
      call: AllowShape([.init(.text), .init(.text, ["latin1", "latin-1"])])),
    AllowEntry(
      module: "datetime", name: "datetime", reason: "ten bytes of a date", isClass: true,
      call: AllowShape([.init(.bytesLike), .init(.vettedObject)], required: 1)),
    AllowEntry(
      module: "datetime", name: "date", reason: "four bytes of a date", isClass: true,
      call: AllowShape([.init(.bytesLike)])),
    AllowEntry(
      module: "datetime", name: "time", reason: "six bytes of a time", isClass: true,
      call: AllowShape([.init(.bytesLike), .init(.vettedObject)], required: 1)),
    AllowEntry(
      module: "datetime", name: "timedelta", reason: "three numbers", isClass: true,
      call: AllowShape([.init(.integer), .init(.integer), .init(.integer)])),
    AllowEntry(
      module: "datetime", name: "timezone", reason: "an offset and a name", isClass: true,
      call: AllowShape([.init(.vettedObject), .init(.text)], required: 1)),
    AllowEntry(
      module: "decimal", name: "Decimal", reason: "a number as text", isClass: true,
      call: AllowShape([.init(.text)])),
    AllowEntry(
      module: "fractions", name: "Fraction", reason: "two numbers", isClass: true,
      // An exponent would be a number of digits to compute.
      call: AllowShape(
        [.init([.text, .integer], characters: "-0123456789/"), .init(.integer)], required: 1)),
    AllowEntry(
      module: "uuid", name: "UUID", reason: "a number of 128 bits; its state is copied into its attributes",
      isClass: true, isMadeEmpty: true, state: .init(.dict)),
    AllowEntry(
      module: "builtins", name: "getattr", reason: "a class method of time zones, as Python pickles them",
      call: AllowShape([.init(.vettedGlobal, ["ZoneInfo"]), .init(.text, ["_unpickle"])]),
      otherwise: DangerousGlobals.imports),
    AllowEntry(
      module: "zoneinfo", name: "ZoneInfo",
      reason: "a time zone, looked up by its key among those of the system",
      isClass: true),
    AllowEntry(
      module: "builtins", name: "type", reason: "the class of None", call: AllowShape([.init(.none)]),
      otherwise: DangerousGlobals.runs),
    AllowEntry(
      module: "re", name: "_compile", reason: "compiles a regular expression and runs none",
      call: AllowShape([
        .init([.text, .bytes]), .init([.integer, .vettedObject], makers: ["re.RegexFlag"]),
      ])),
    AllowEntry(
      module: "array", name: "_array_reconstructor", reason: "an array of numbers from its bytes",
      call: AllowShape([
        .init(.vettedGlobal, ["array"]), .init(.text), .init(.integer), .init([.bytes]),
      ])),
    AllowEntry(
      module: "array", name: "array", reason: "an array of numbers", isClass: true,
      call: AllowShape([.init(.text), .init([.list, .bytes])], required: 2)),
    AllowEntry(
      module: "functools", name: "partial", reason: "holds a function and its arguments, and calls nothing",
      isClass: true, call: AllowShape([.init([.vettedGlobal, .vettedName])]), state: .init(.tuple)),
    AllowEntry(
      module: "random", name: "Random", reason: "a generator whose state is a tuple of numbers",
      isClass: true,
      isMadeEmpty: true, call: AllowShape([]), state: .init(.tuple)),
    AllowEntry(
      module: "pathlib", name: "PosixPath", reason: "a path as text; making it touches no file",
      isClass: true,
      call: AllowShape([AllowParameter](repeating: .init(.text), count: 16), required: 0)),
    AllowEntry(
      module: "pathlib", name: "PurePosixPath", reason: "a path as text", isClass: true,
      call: AllowShape([AllowParameter](repeating: .init(.text), count: 16), required: 0)),
  ]

  /// Functions that return a value made of their argument and do nothing else.
  private static let pureFunctions: [AllowEntry] = [
    ("len", [.tuple, .list, .dict, .set, .text, .bytes]), ("abs", .number), ("ord", .text), ("chr", .integer),
    ("hex", .integer), ("oct", .integer), ("bin", .integer),
  ].map { (name: String, kinds: AllowKinds) in
    AllowEntry(
      module: "builtins", name: name, reason: "a value made of its argument", call: AllowShape([.init(kinds)])
    )
  }

  /// Names that configurations refer to and that do nothing when nobody calls them.
  private static let namedOnly: [AllowEntry] =
    AllowPacks.named(
      """
      builtins Ellipsis NotImplemented min max sum sorted round any all repr hash callable isinstance issubclass
      collections.abc Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Hashable Iterable Iterator
      collections.abc Generator Reversible Sized Container Callable Collection Set MutableSet Mapping
      collections.abc MutableMapping MappingView KeysView ItemsView ValuesView Sequence MutableSequence ByteString
      typing Any Union Optional List Dict Tuple Set FrozenSet Callable Iterable Iterator Sequence Mapping Literal
      typing Type ClassVar Final NoReturn Text AnyStr Generic Hashable Sized Deque DefaultDict OrderedDict Counter
      __future__ annotations division print_function absolute_import unicode_literals generator_stop
      """, "a name that nothing is done with")
}
