// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Colours and measures. Every pair of text and ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), in light and
/// in dark.
let paletteStyle = """
  :root {
    color-scheme: light dark;
    --ground: #f5f6f8;
    --sheet: #ffffff;
    --sunken: #f0f2f5;
    --ink: #171b22;
    --soft: #59626f;
    --line: #e0e4ea;
    --edge: #8a93a1;
    --accent: #2d5a99;
    --accent-ink: #ffffff;
    --accent-ground: #e6eef8;
    --good: #1d6b4a;
    --good-ground: #e2f2ea;
    --doubtful: #7d4e00;
    --doubtful-ground: #fbefd6;
    --bad: #a12a25;
    --bad-ground: #fbe6e4;
    --bad-ink: #ffffff;
    --shade: 0 1px 2px rgb(20 30 50 / .05), 0 6px 20px rgb(20 30 50 / .04);
    --round: .875rem;
    --small: .625rem;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #101319;
      --sheet: #181c24;
      --sunken: #11151b;
      --ink: #e8ebf0;
      --soft: #a0a9b7;
      --line: #2a303b;
      --edge: #717b8a;
      --accent: #94bbf2;
      --accent-ink: #0e1726;
      --accent-ground: #1d2a3e;
      --good: #7fd1a8;
      --good-ground: #163227;
      --doubtful: #e9bd6c;
      --doubtful-ground: #37290f;
      --bad: #f49a92;
      --bad-ground: #41201e;
      --bad-ink: #2a0f0d;
      --shade: none;
    }
  }

  """
