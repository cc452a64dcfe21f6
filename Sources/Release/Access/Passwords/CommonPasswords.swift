// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The words that people make passwords of, and guessers try first: names of things, of months, of teams, of what a password
/// is for. Lists of leaked passwords are mostly these words with digits, and what is shorter than
/// ``PasswordRules/shortest`` needs no list.
enum CommonPasswords {
  private static let words = Set(
    """
    abc abcd access account action admin administrator adobe alexander amanda america andrea andrew angel anthony apple april
    arsenal ashley asshole august austin autumn azerty bailey banana baseball basketball batman battery beach beauty beer benjamin
    bitcoin black blessed blink blue bond boston boy brandon bubbles buster butterfly california camaro carlos change changeit
    changeme charlie cheese chelsea chester chicago chicken chocolate chris christian cisco company computer cookie cool corona
    correct corvette cowboy cowboys cyber daddy dallas daniel data database david december default demo diamond digital doctor dog
    dolphin donald dragon eagle eagles email england enter facebook falcon family father february ferrari finance flower flowers
    football forever france freedom friday friend friends fuck fuckyou game gandalf garfield george ghost ginger girl girls google
    green guest guitar hacker hannah happy harley hello hockey horse hospital hottie house hunter iam iceman iloveyou in internet
    is jackson january jasmine jennifer jessica jesus job john jordan joseph joshua july june justin killer king kitty lakers
    letmein let liverpool login london lord love lovely loveyou lucky machine maggie magic manchester march market martin martlet master
    matrix matthew maverick may mercedes merlin michael michelle mickey microsoft midnight model monday money monkey monster morning
    mother music mustang my mylove myself naruto new nicole nintendo nothing november number october office oliver orange pass passport
    passw password passwd passphrase patrick peanut pepper phoenix picture pokemon police porsche power prince princess
    private purple qazwsx qwe qwer qwert qwerty qwertyuiop qwertz rainbow ranger raiders random real red robert rockyou root samantha
    samsung saturday school scooter secret secure security september server shadow silver sky slipknot snoopy soccer spider spiderman
    spring staple star starwars steelers summer sunday sunshine super superman superstar support sweet system taylor team temp temporary
    test tester testing the thomas thunder thursday tiger tigger time trustno tuesday test user username united victoria viking
    wednesday welcome william winner winter wizard work yamaha yankees yellow you zaq zxcvbn zxcvbnm
    """.split(whereSeparator: \.isWhitespace).map { Array($0.unicodeScalars) })

  private static let longestWord = words.map(\.count).max() ?? 0

  /// How many characters beside the words still make no secret of it.
  private static let mostOthers = 6

  /// Whether words of the list, with at most ``mostOthers`` other characters around and between them, are the whole password;
  /// also where digits and signs stand for letters. It is in lower case.
  static func explain(_ password: [Unicode.Scalar]) -> Bool {
    others(password, read: password) <= mostOthers
      || others(password, read: password.map(letter)) <= mostOthers
  }

  /// The fewest characters that are left when words of the list are cut out, letters counted threefold: what is a letter and
  /// belongs to no word was thought of.
  private static func others(_ password: [Unicode.Scalar], read: [Unicode.Scalar]) -> Int {
    var fewest = [0]
    for end in password.indices {
      let isLetter = password[end].properties.isAlphabetic
      var best = fewest[end] + (isLetter ? 3 : 1)
      for length in 1...min(longestWord, end + 1)
      where words.contains(Array(read[(end + 1 - length)...end])) {
        best = min(best, fewest[end + 1 - length])
      }
      fewest.append(best)
    }
    return fewest[password.count]
  }

  private static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "0": "o"
    case "1", "!": "i"
    case "3": "e"
    case "4", "@": "a"
    case "5", "$": "s"
    case "7": "t"
    default: scalar
    }
  }
}
