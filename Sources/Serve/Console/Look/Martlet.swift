// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The mark: a martlet, the swift of heraldry, which is drawn without feet because it never lands.
enum Martlet {
  /// An SVG path in a field of 48 by 48.
  static let path = """
    M3 24.2 7.8 21.6C8.9 18.3 11.6 16.3 14.8 16.3 17.2 16.3 19.3 17.3 20.9 18.9 \
    23.5 11.8 30 5.8 40.5 3.5 36.7 8.5 34.9 14 33.9 19.5 33.3 22.8 32 25.7 29.8 28.1 \
    35.8 31.3 41.3 35.2 45.5 41 41.2 39.3 37.3 38.6 33.9 38.7 35.3 40.5 36.3 42.5 \
    36.8 44.8 29.8 43 24.6 40 20.8 35.8 13.6 34.6 8.7 30.6 7.7 24.6 6.2 24.1 4.6 24 3 24.2Z
    """

  /// As the icon of a browser's tab.
  static let icon: String = {
    let picture =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'><path fill='#35619e' d='\(path)'/></svg>"
    return "data:image/svg+xml,"
      + picture.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)!
  }()
}
