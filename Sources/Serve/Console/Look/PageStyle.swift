// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The page, its head, its words and its forms.
let pageStyle = """
  *, *::before, *::after { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
  body {
    margin: 0;
    background: var(--ground);
    color: var(--ink);
    font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .wide { width: min(60rem, 100% - 2.5rem); margin-inline: auto; }
  main { padding-block: 2.75rem 5rem; }
  main:focus { outline: none; }
  h1, h2, h3, p, ul, ol, dl, pre { margin: 0; }
  h1 { font-size: 2.125rem; line-height: 1.15; font-weight: 680; letter-spacing: -.022em; }
  h2 { font-size: 1.1875rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
  h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; }
  a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .06em; }
  a:hover { text-decoration-thickness: .12em; }
  :focus-visible { outline: .1875rem solid var(--accent); outline-offset: .1875rem; border-radius: .25rem; }
  code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .875em; }
  pre {
    padding: 1rem 1.125rem;
    background: var(--sunken);
    border: 1px solid var(--line);
    border-radius: .625rem;
    font-size: .9375rem;
    line-height: 1.6;
    white-space: pre-wrap;
  }
  .fine { color: var(--soft); font-size: .875rem; }
  .lede { color: var(--soft); font-size: 1.0625rem; max-width: 44rem; }
  .digest { color: var(--soft); word-break: break-all; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .sprite { position: absolute; width: 0; height: 0; }
  .icon { width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
  .mark, .emblem { fill: var(--accent); }
  .skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--sheet); z-index: 1; }
  .skip:focus { top: 1rem; }

  .top { background: var(--sheet); border-bottom: 1px solid var(--line); }
  .top .wide { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.75rem; min-height: 4rem; padding-block: .5rem; }
  .brand { display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); font-weight: 680; font-size: 1.125rem; letter-spacing: -.015em; text-decoration: none; }
  .mark { width: 1.875rem; height: 1.875rem; }
  .top nav { display: flex; gap: .25rem; }
  .top nav a { padding: .375rem .75rem; border-radius: .5rem; color: var(--soft); text-decoration: none; font-weight: 550; }
  .top nav a:hover { color: var(--ink); background: var(--sunken); }
  .top nav a[aria-current] { color: var(--ink); background: var(--sunken); }
  .leave { display: flex; align-items: center; gap: .75rem; margin-left: auto; }
  .who { color: var(--soft); font-size: .9375rem; }

  button {
    font: inherit;
    font-weight: 600;
    min-height: 2.75rem;
    padding: .5rem 1.25rem;
    border: 1px solid transparent;
    border-radius: .625rem;
    background: var(--accent);
    color: var(--accent-ink);
    cursor: pointer;
  }
  button:hover { filter: brightness(1.08); }
  button.quiet { min-height: 2.25rem; padding: .25rem .875rem; background: transparent; border-color: var(--line); color: var(--ink); font-weight: 550; font-size: .9375rem; }
  button.quiet:hover { background: var(--sunken); filter: none; }
  label { display: block; font-weight: 600; margin-bottom: .375rem; }
  input {
    font: inherit;
    width: 100%;
    min-height: 2.75rem;
    padding: .5rem .875rem;
    border: 1px solid var(--edge);
    border-radius: .625rem;
    background: var(--sheet);
    color: var(--ink);
  }
  input::placeholder { color: var(--soft); opacity: 1; }
  input[aria-invalid] { border-color: var(--bad); }

  .door { display: grid; gap: 1rem; width: min(26rem, 100%); margin: 5vh auto 0; }
  .door .emblem { width: 4.5rem; height: 4.5rem; margin-left: -.25rem; }
  .door form { display: grid; gap: 1.125rem; margin-block: .75rem; }
  .alert { padding: .75rem 1rem; border-radius: .625rem; background: var(--bad-ground); color: var(--bad); }

  @media (max-width: 36rem) {
    main { padding-top: 2rem; }
    h1 { font-size: 1.75rem; }
    .wide { width: calc(100% - 2rem); }
    .who { display: none; }
    .top .wide { gap: .25rem .5rem; }
    .top nav { gap: 0; }
    .top nav a { padding-inline: .5rem; }
    button.quiet { padding-inline: .625rem; }
  }
  @media print {
    .top, .skip { display: none; }
    .card { break-inside: avoid; }
  }

  """
