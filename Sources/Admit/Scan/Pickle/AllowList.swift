// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Kinds of values that an argument may be.
struct AllowKinds: OptionSet, Sendable {
  let rawValue: UInt16
  static let none = AllowKinds(rawValue: 1)
  static let bool = AllowKinds(rawValue: 2)
  static let integer = AllowKinds(rawValue: 4)
  static let float = AllowKinds(rawValue: 8)
  static let text = AllowKinds(rawValue: 16)
  static let bytes = AllowKinds(rawValue: 32)
  static let tuple = AllowKinds(rawValue: 64)
  static let list = AllowKinds(rawValue: 128)
  static let dict = AllowKinds(rawValue: 256)
  static let set = AllowKinds(rawValue: 512)
  /// A class of the allow list, named and not called.
  static let vettedGlobal = AllowKinds(rawValue: 1024)
  /// What a vetted callable returned.
  static let vettedObject = AllowKinds(rawValue: 2048)
  /// The tuple `(0,)`: a larger shape makes numpy allocate as much as the file likes.
  static let zeroShape = AllowKinds(rawValue: 4096)
  /// Anything of the allow list that is named, function or class.
  static let vettedName = AllowKinds(rawValue: 8192)

  static let number: AllowKinds = [.bool, .integer, .float]
  /// bytes, also as protocols 0 to 2 write them: through a call of `_codecs.encode`.
  static let bytesLike: AllowKinds = [.bytes, .vettedObject]
  static let bytesMakers = ["_codecs.encode", "builtins.bytes", "builtins.bytearray"]
  static let sequence: AllowKinds = [.tuple, .list]

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ kind: PickleValue.Kind) {
    self =
      switch kind {
      case .none: .none
      case .bool: .bool
      case .integer: .integer
      case .float: .float
      case .text: .text
      case .bytes, .byteArray: .bytes
      case .tuple: .tuple
      case .list: .list
      case .dict: .dict
      case .set, .frozenSet: .set
      case .global: .vettedGlobal
      case .instance, .persistent, .buffer: .vettedObject
      case .foreign: []
      }
  }
}

/// One argument that an entry covers.
struct AllowParameter: Sendable {
  let kinds: AllowKinds
  /// For text its exact values, for globals their names; empty for any.
  var literals: [String] = []
  /// For integers 0 and up.
  var most: Int64?
  /// What text may consist of; nil for any.
  var characters: String?
  /// For objects the constructs that made them; empty for any.
  var makers: [String] = []

  init(
    _ kinds: AllowKinds, _ literals: [String] = [], most: Int64? = nil, characters: String? = nil,
    makers: [String] = []
  ) {
    self.makers = makers
    self.kinds = kinds
    self.literals = literals
    self.most = most
    self.characters = characters
  }
}

struct AllowShape: Sendable {
  let parameters: [AllowParameter]
  /// How many of them must be given.
  let required: Int

  init(_ parameters: [AllowParameter], required: Int? = nil) {
    self.parameters = parameters
    self.required = required ?? parameters.count
  }
}

/// One exact (module, name) pair that may stand in a pickle, and what may be done with it.
struct AllowEntry: Sendable {
  let module: String
  let name: String
  /// Why it is inert.
  let reason: String
  var isClass = false
  /// `cls.__new__(cls)` without arguments is harmless.
  var isMadeEmpty = false
  /// The arguments it may be called with; nil when it may be named but not called.
  var call: AllowShape?
  /// The state BUILD may give to what it made; nil for none.
  var state: AllowParameter?
  /// Methods that APPEND, SETITEM and ADDITEMS may call on what it made, as `PickleMachine.Write`.
  var writes: Set<String> = []
  /// The builtin container it makes.
  var makes: PickleValue.Kind?
  /// What it does when it is called with anything that ``call`` does not cover; nil when that is not known to do harm.
  var otherwise: String?
  /// It calls its first argument, a function of the list, with the second one.
  var callsFirst = false
  /// A tensor over a storage: storage, offset, sizes, strides.
  var isView = false
  /// An array of Arrow over buffers.
  var isArrow = false
  /// It makes an object of the class it gets as its first argument.
  var makesFirstArgument = false
  var isStorageType = false
  /// The pack it comes from; nil for what is always on the list.
  var pack: String?
  /// A pattern of the user's: whatever matches may be called with anything and be given any state.
  var isTrusted = false

  var construct: String { module.isEmpty ? name : "\(module).\(name)" }
  /// A function that is called where a file is loaded, with the arguments that are checked there, and is no value.
  var isMaker: Bool { !isClass && call != nil }
}

/// What may stand in a `safe` pickle: exact pairs, each with its reason. Nothing is ever allowed by a prefix,
/// except by the user's own patterns.
struct AllowList: Sendable {
  let entries: [AllowEntry]
  private let index: [String: Int]
  /// Where the entries for the user's patterns begin.
  private let firstPattern: Int
  private let allowance: Allowance

  init(_ entries: [AllowEntry], allowance: Allowance = .init()) {
    // The first of two entries for one pair counts: what is always on the list is stricter than a pack.
    index = Dictionary(
      entries.enumerated().map { ($1.construct, $0) }, uniquingKeysWith: { first, _ in first })
    firstPattern = entries.count
    self.allowance = allowance
    self.entries = entries + allowance.patterns.map { .trusted($0) }
  }

  /// The entry of exactly this pair. A name with a dot is a walk through attributes and on no list.
  func entry(_ module: String, _ name: String) -> Int? {
    name.contains(".") ? nil : index["\(module).\(name)"]
  }

  /// The entry of the user's pattern that covers a pair which is on no other list.
  func userEntry(_ module: String, _ name: String) -> Int? {
    guard let pattern = allowance.pattern(for: "\(module).\(name)"),
      let place = allowance.patterns.firstIndex(of: pattern)
    else { return nil }
    return firstPattern + place
  }

  /// Python's own containers, numpy, torch, and the packs that are on by default.
  static let standard = AllowList(python + numpy + torch + AllowPacks.entries(named: []) + arrow)

  /// The standard list with what the user accepts beyond it.
  static func standard(with allowance: Allowance) -> AllowList {
    if allowance.packs.isEmpty && allowance.patterns.isEmpty { return standard }
    return AllowList(
      python + numpy + torch + AllowPacks.entries(named: allowance.packs) + arrow, allowance: allowance)
  }
}
