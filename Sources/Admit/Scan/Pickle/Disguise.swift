// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Names that a reader takes for others: letters of another script, characters that cannot be seen, compatibility
/// forms. No pickler writes them, and a person who reads a report must not be fooled by them.
enum Disguise {
  /// How the pair is disguised, or nil when it is not.
  static func of(_ module: String, _ name: String, _ allow: AllowList) -> String? {
    let whole = module + "." + name
    guard !whole.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    // A file of protocol 0 that went through a program that changes line ends.
    var scalars = Array(whole.unicodeScalars)
    scalars.removeAll { $0 == "\r" }
    if let hidden = scalars.first(where: isHidden) {
      return "the character U+\(String(hidden.value, radix: 16, uppercase: true)), which cannot be seen"
    }
    let plainModule = skeleton(module)
    let plainName = skeleton(name)
    guard plainModule != module || plainName != name else { return nil }
    if allow.entry(plainModule, plainName) != nil || DangerousGlobals.effect(plainModule, plainName) != nil {
      return "letters that look like those of \(plainModule).\(plainName)"
    }
    return nil
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      true
    default:
      scalar.value == 0x115F || scalar.value == 0x1160 || scalar.value == 0x3164 || scalar.value == 0xFFA0
    }
  }

  /// The ASCII letters that the text looks like.
  private static func skeleton(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let value = scalar.value
      switch value {
      case 0xFF01...0xFF5E: plain.append(Unicode.Scalar(value - 0xFEE0) ?? scalar)
      case 0x1D400...0x1D6A3: plain.append(letter((value - 0x1D400) % 52))
      case 0x24B6...0x24E9: plain.append(letter(value - 0x24B6))
      case 0x0300...0x036F: break
      default: plain.append(lookalikes[scalar] ?? scalar)
      }
    }
    return String(plain)
  }

  private static func letter(_ index: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(index < 26 ? 0x41 + index : 0x61 + index - 26))
  }

  private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs: [(String, String)] = [
      ("аеорсухіјѕԁԛԝһӏ", "aeopcyxijsdqwhl"), ("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS"),
      ("αβγεηικνορτυχω", "aBycnikvoptuxw"), ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
      ("ɑɡıօսցոհքʟɩſẝ", "agiouqnhqLlss"), ("ℓℊℯℴ₀₁⁰¹²³․‚᎐۔", "lgeo010123..,."),
      ("ªºⁿⅰⅴⅹⅼⅽⅾⅿ", "aonivxlcdm"),
      ("àáâãäåāąçćčèéêëēęìíîïīñńòóôõöøōśšùúûüūýÿžź", "aaaaaaaaccceeeeeeiiiiinnooooooossuuuuuyyzz"),
      ("‐‑‒–—_＿", "-----__"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (odd, plain) in pairs {
      for (one, other) in zip(odd.unicodeScalars, plain.unicodeScalars) where one != other {
        table[one] = other
      }
    }
    return table
  }()
}
