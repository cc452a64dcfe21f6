// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Tensor {
  package init(float32 values: [Float], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(float64 values: [Double], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(int8 values: [Int8], shape: [Int]) throws(RuntimeError) { try self.init(values, shape: shape) }
  package init(int16 values: [Int16], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(int32 values: [Int32], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(int64 values: [Int64], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(uint8 values: [UInt8], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(uint16 values: [UInt16], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(uint32 values: [UInt32], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(uint64 values: [UInt64], shape: [Int]) throws(RuntimeError) {
    try self.init(values, shape: shape)
  }
  package init(bools: [Bool], shape: [Int]) throws(RuntimeError) {
    let bytes = bools.map { $0 ? UInt8(1) : 0 }
    try self.init(.bool, bytes: bytes.span, shape: shape)
  }

  /// Float32 values that `fill` writes in place; they are zero before.
  /// - Throws: ``RuntimeError/impossibleShape(_:)``.
  package init(float32Shape shape: [Int], filling fill: (inout MutableSpan<Float>) -> Void)
    throws(RuntimeError)
  {
    unsafe try self.init(.float32, shape: shape) { memory in
      var elements = unsafe MutableSpan<Float>(_unsafeElements: memory.bindMemory(to: Float.self))
      fill(&elements)
    }
  }

  private init<Element: TensorElement>(_ values: [Element], shape: [Int]) throws(RuntimeError) {
    let width = MemoryLayout<Element>.stride
    unsafe try self.init(Element.elementType, shape: shape, given: values.count, each: width) { memory in
      unsafe values.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
    }
  }

  /// The elements where they lie, for as long as this tensor lives.
  /// - Throws: ``RuntimeError/wrongType(name:expected:found:)`` when they are of another type.
  @_lifetime(borrow self)
  package func span<Element: TensorElement>(of: Element.Type) throws(RuntimeError) -> Span<Element> {
    let span = unsafe Span<Element>(_unsafeStart: try start(of: Element.self), count: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Valid for as long as the storage lives.
  private func start<Element: TensorElement>(of: Element.Type) throws(RuntimeError) -> UnsafePointer<Element>
  {
    guard type == Element.elementType, case .numbers(let storage, let offset) = contents else {
      throw .wrongType(name: "tensor", expected: Element.elementType.description, found: type.description)
    }
    return unsafe UnsafePointer((storage.memory + offset).assumingMemoryBound(to: Element.self))
  }

  /// ``span(of:)`` for what most models speak.
  package var float32: Span<Float> {
    @_lifetime(borrow self)
    get throws(RuntimeError) { try span(of: Float.self) }
  }

  /// A copy of ``float32``. For other modules: ``array(of:)`` is not made for one type there, and slow.
  package var floats: [Float] {
    get throws(RuntimeError) { try array(of: Float.self) }
  }

  package var int64: Span<Int64> {
    @_lifetime(borrow self)
    get throws(RuntimeError) { try span(of: Int64.self) }
  }

  /// A copy of the elements.
  /// - Throws: ``RuntimeError/wrongType(name:expected:found:)`` when they are of another type.
  package func array<Element: TensorElement>(of element: Element.Type) throws(RuntimeError) -> [Element] {
    let source = try span(of: element)
    return unsafe source.withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// A copy of the elements, where any byte but 0 is true.
  /// - Throws: ``RuntimeError/wrongType(name:expected:found:)`` when they are of another type.
  package var bools: [Bool] {
    get throws(RuntimeError) {
      guard type == .bool else {
        throw .wrongType(name: "tensor", expected: "bool", found: type.description)
      }
      return bytes.map { $0 != 0 }
    }
  }

  /// A copy of the elements. What was no UTF-8 in a model's answer has been replaced by U+FFFD.
  /// - Throws: ``RuntimeError/wrongType(name:expected:found:)`` when they are of another type.
  package var strings: [String] {
    get throws(RuntimeError) {
      guard case .strings(let strings) = contents else {
        throw .wrongType(name: "tensor", expected: "string", found: type.description)
      }
      return strings
    }
  }

  /// The elements of any numeric type as memory holds them, little-endian, for as long as this tensor lives. Empty for
  /// strings.
  package var byteSpan: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      guard case .numbers(let storage, let offset) = contents, let size = type.size else { return Span() }
      let bytes = unsafe UnsafeRawBufferPointer(start: storage.memory + offset, count: count * size)
      let span = unsafe Span<UInt8>(_unsafeElements: bytes.bindMemory(to: UInt8.self))
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of the elements of any numeric type as memory holds them, little-endian. Empty for strings.
  package var bytes: [UInt8] {
    guard case .numbers(let storage, let offset) = contents, let size = type.size else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: storage.memory + offset, count: count * size))
  }
}

extension Tensor: Equatable {
  /// Same type, shape and bits; so a NaN equals itself and 0 is not -0.
  package static func == (left: Tensor, right: Tensor) -> Bool {
    guard left.type == right.type, left.shape == right.shape else { return false }
    return switch (left.contents, right.contents) {
    case (.strings(let left), .strings(let right)): left == right
    default: left.bytes == right.bytes
    }
  }
}
