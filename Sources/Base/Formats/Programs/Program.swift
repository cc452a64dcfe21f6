// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A file that a machine, an operating system or a virtual machine runs. Told by more than its first letters, because
/// any numbers can begin with two of them.
package enum Program: String, Sendable, CaseIterable {
  case elf, pe, macho, wasm
  case javaClass = "java-class"
  case dex, pyc, llvm
  case luaBytecode = "lua-bytecode"
  case ape
  case archiveOfObjects = "object-archive"

  package func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 8 else { return false }
    switch self {
    case .elf: return Self.elf(bytes)
    case .pe: return Self.pe(bytes)
    case .macho: return Self.macho(bytes)
    case .wasm: return bytes.starts(with: [0, 0x61, 0x73, 0x6D]) && bytes[5] == 0 && bytes[4] <= 0x0D
    case .javaClass: return Self.javaClass(bytes)
    case .dex:
      return bytes.starts(with: Array("dex\n0".utf8)) && bytes[7] == 0
        || bytes.starts(with: Array("oat\n".utf8)) || bytes.starts(with: Array("cdex".utf8))
    case .pyc: return Self.pyc(bytes)
    case .llvm:
      return bytes.starts(with: [0x42, 0x43, 0xC0, 0xDE]) || bytes.starts(with: [0xDE, 0xC0, 0x17, 0x0B])
    case .luaBytecode:
      return bytes.starts(with: [0x1B, 0x4C, 0x75, 0x61]) && (0x50...0x5F).contains(bytes[4])
        || bytes.starts(with: [0x1B, 0x4C, 0x4A]) && bytes[3] <= 3
    case .ape:
      return bytes.starts(with: Array("MZqFpD='".utf8)) || bytes.starts(with: Array("jartsr='".utf8))
        || bytes.starts(with: Array("APEDBG='".utf8))
    case .archiveOfObjects: return Self.objects(bytes)
    }
  }

  /// Class, byte order, version and machine of an ELF header (System V ABI, chapter 4).
  private static func elf(_ bytes: Bytes) -> Bool {
    guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), bytes.count >= 20 else { return false }
    let type = UInt16(bytes[16]) | UInt16(bytes[17]) << 8
    // A loader that is lenient about the rest still wants these; the type is of either byte order.
    return (1...2).contains(bytes[4]) || (1...2).contains(bytes[5]) || type <= 4
  }

  /// `MZ`, and where it says that it is, `PE`, or one of its older brothers.
  private static func pe(_ bytes: Bytes) -> Bool {
    guard bytes.starts(with: [0x4D, 0x5A]), bytes.count >= 64 else { return false }
    var cursor = ByteCursor(bytes.span, at: 60)
    guard let at = try? cursor.u32(), Int(at) <= bytes.count - 4 else { return false }
    let signature = bytes.slice(Int(at)..<Int(at) + 4)
    return signature.starts(with: [0x50, 0x45, 0, 0])
      || at >= 64 && (signature.starts(with: [0x4E, 0x45]) || signature.starts(with: [0x4C, 0x45]))
        && bytes.count >= 512
  }

  private static func macho(_ bytes: Bytes) -> Bool {
    var cursor = ByteCursor(bytes.span)
    guard bytes.count >= 28, let magic = try? cursor.u32BigEndian() else { return false }
    switch magic {
    case 0xFEED_FACE, 0xFEED_FACF:
      guard (try? cursor.skip(8)) != nil, let type = try? cursor.u32BigEndian() else { return false }
      return (1...12).contains(type)
    case 0xCEFA_EDFE, 0xCFFA_EDFE:
      guard (try? cursor.skip(8)) != nil, let type = try? cursor.u32() else { return false }
      return (1...12).contains(type)
    case 0xCAFE_BABE, 0xCAFE_BABF:
      // A class file has its version here, which is larger than any number of architectures.
      guard let count = try? cursor.u32BigEndian(), (1...30).contains(count),
        let cpu = try? cursor.u32BigEndian()
      else { return false }
      return (1...18).contains(cpu & 0xFF) && cpu & 0x00FF_FF00 == 0
    default: return false
    }
  }

  private static func javaClass(_ bytes: Bytes) -> Bool {
    var cursor = ByteCursor(bytes.span)
    guard let magic = try? cursor.u32BigEndian(), magic == 0xCAFE_BABE,
      let minor = try? cursor.u16BigEndian(),
      let major = try? cursor.u16BigEndian()
    else { return false }
    return (44...80).contains(major) && (minor <= 3 || minor == 0xFFFF)
  }

  /// The magic of CPython ends in CR LF; then comes a code object as `marshal` writes it.
  private static func pyc(_ bytes: Bytes) -> Bool {
    guard bytes[2] == 0x0D, bytes[3] == 0x0A, bytes.count >= 16 else { return false }
    // The header grew twice; a module's code has no arguments.
    for at in [8, 12, 16] where at + 5 <= bytes.count && bytes[at] & 0x7F == 0x63 {
      if bytes[at + 1] == 0, bytes[at + 2] == 0, bytes[at + 3] == 0, bytes[at + 4] == 0 { return true }
    }
    return false
  }

  /// `ar`: the objects of a static library.
  private static func objects(_ bytes: Bytes) -> Bool {
    bytes.starts(with: Array("!<arch>\n".utf8)) || bytes.starts(with: Array("!<thin>\n".utf8))
  }
}
