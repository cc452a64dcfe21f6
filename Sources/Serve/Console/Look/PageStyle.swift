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
  .top .wide { display: flex; align-items: center; gap: .25rem 1.5rem; min-height: 4rem; padding-block: .5rem; }
  .brand { display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); font-weight: 680; font-size: 1.125rem; letter-spacing: -.015em; text-decoration: none; }
  .mark { width: 1.875rem; height: 1.875rem; }
  .top nav { display: flex; gap: .125rem; min-width: 0; }
  .top nav a { padding: .375rem .6875rem; border-radius: .5rem; color: var(--soft); text-decoration: none; font-weight: 550; white-space: nowrap; }
  .top nav a:hover { color: var(--ink); background: var(--sunken); }
  .top nav a[aria-current] { color: var(--accent); background: var(--accent-ground); }
  .leave { display: flex; align-items: center; gap: .75rem; margin-left: auto; min-width: 0; }
  .who { color: var(--soft); font-size: .9375rem; max-width: 9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

  button, .button {
    font: inherit;
    font-weight: 600;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-height: 2.75rem;
    padding: .5rem 1.25rem;
    border: 1px solid transparent;
    border-radius: var(--small);
    background: var(--accent);
    color: var(--accent-ink);
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover, .button:hover { filter: brightness(1.08); }
  button[disabled] { opacity: .55; cursor: progress; }
  .quiet { background: transparent; border-color: var(--line); color: var(--ink); font-weight: 550; }
  .quiet:hover { background: var(--sunken); filter: none; }
  button.quiet { min-height: 2.25rem; padding: .25rem .875rem; font-size: .9375rem; }
  .grave { background: var(--bad); color: var(--bad-ink); }
  .buttons { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
  label { display: block; font-weight: 600; margin-bottom: .375rem; }
  input, select, textarea {
    font: inherit;
    width: 100%;
    min-width: 0;
    min-height: 2.75rem;
    padding: .5rem .875rem;
    border: 1px solid var(--edge);
    border-radius: var(--small);
    background: var(--sheet);
    color: var(--ink);
  }
  textarea { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .875rem; line-height: 1.5; resize: vertical; }
  input + .fine, datalist + .fine { margin-top: .375rem; }
  input::placeholder { color: var(--soft); opacity: 1; }
  input[aria-invalid] { border-color: var(--bad); }
  input[type=checkbox] { width: 1.125rem; min-height: 0; height: 1.125rem; margin: 0 .5rem 0 0; vertical-align: -.125rem; accent-color: var(--accent); }
  input[type=file] { padding: .5rem; }
  input[type=file]::file-selector-button { font: inherit; font-size: .9375rem; margin-right: .875rem; padding: .25rem .875rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--sunken); color: var(--ink); cursor: pointer; }
  .check { font-weight: 450; margin: 0; }
  progress { width: 100%; height: .625rem; accent-color: var(--accent); }
  .stack { display: grid; gap: 1.125rem; }
  .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); gap: 1rem; align-items: end; }
  details > summary { cursor: pointer; color: var(--accent); font-weight: 550; padding-block: .25rem; }
  details > :not(summary) { margin-top: .75rem; }
  table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
  caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .5rem; }
  th, td { text-align: left; padding: .625rem 1.25rem .625rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
  thead th { color: var(--soft); font-weight: 550; font-size: .8125rem; white-space: nowrap; }
  tbody th { font-weight: 600; }
  tbody tr:last-child > * { border-bottom: 0; }
  th:last-child, td:last-child { padding-right: 0; }
  .figure { text-align: right; white-space: nowrap; }
  .scroll { overflow-x: auto; margin-top: .875rem; overflow-wrap: normal; }
  [hidden] { display: none !important; }

  .door { display: grid; gap: 1rem; width: min(26rem, 100%); margin: 5vh auto 0; }
  .door .emblem { width: 4.5rem; height: 4.5rem; margin-left: -.25rem; }
  .door form { display: grid; gap: 1.125rem; margin-block: .75rem .25rem; }
  .other { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
  .ask { display: grid; gap: 1.25rem; width: min(40rem, 100%); }
  .alert { padding: .75rem 1rem; border-radius: var(--small); background: var(--bad-ground); color: var(--bad); }
  .notice { display: flex; align-items: center; gap: .75rem; padding: .75rem 1rem; margin-bottom: 1.75rem; border-radius: var(--small); background: var(--accent-ground); }
  .notice .dot { background: var(--sheet); color: var(--accent); }

  @media (max-width: 52rem) {
    .top .wide { flex-wrap: wrap; }
    .top nav { order: 1; width: 100%; flex-wrap: wrap; margin-inline: -.5rem; }
  }
  @media (max-width: 36rem) {
    main { padding-top: 1.75rem; }
    h1 { font-size: 1.75rem; }
    .wide { width: calc(100% - 2rem); }
    .who { max-width: 7rem; font-size: .875rem; }
    .top nav a { padding-inline: .5625rem; }
    .leave button.quiet { padding-inline: .625rem; }
  }
  @media print {
    .top, .skip { display: none; }
    .card { break-inside: avoid; }
  }

  """
