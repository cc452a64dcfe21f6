// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What pages are made of: cards, the life, findings, measures, entries of the log.
let partsStyle = """
  .headline { display: grid; gap: .5rem; margin-bottom: 2.25rem; }
  .headline .crumb { font-size: .9375rem; }
  .title { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .875rem; }
  .number { color: var(--soft); font-weight: 450; letter-spacing: -.01em; }
  main section > h2 { margin-bottom: .875rem; }
  main section + section, main .tiles + section, main form + section { margin-top: 2.5rem; }
  #traffic > * + * { margin-top: 1.25rem; }
  .card {
    background: var(--sheet);
    border: 1px solid var(--line);
    border-radius: var(--round);
    padding: 1.5rem 1.625rem;
    box-shadow: var(--shade);
  }
  main > * + .card, main > * + .pair, main > .card + .jump, main section + .card.stack { margin-top: 1.25rem; }
  main > .headline + * { margin-top: 0; }
  .card h2 a, .title h2 a { color: inherit; text-decoration-color: var(--edge); }
  .card h3 { margin-block: 1.25rem .375rem; }
  .card > .title { margin-bottom: .5rem; }
  .end { margin-left: auto; }
  .alias { color: var(--accent); font-size: .9375rem; }
  .about { max-width: 46rem; }
  .bullets { padding-left: 1.125rem; }
  .bullets li + li { margin-top: .25rem; }
  .jump { display: flex; flex-wrap: wrap; gap: .25rem 1.125rem; font-size: .9375rem; }
  .acts { display: flex; flex-wrap: wrap; align-items: center; gap: .875rem 1.5rem; }
  .approvals li + li { margin-top: .5rem; }
  .filter { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(12.5rem, 100%), 1fr)); gap: 1rem; align-items: end; }
  .rows { display: grid; padding: 0; list-style: none; margin-bottom: 1.5rem; }
  .rows li { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding-block: .75rem; border-bottom: 1px solid var(--line); }
  .hashes { padding-left: 1.5rem; display: grid; gap: .25rem; }

  .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.75rem, 1fr)); gap: 1rem; padding: 0; list-style: none; }
  .tile { display: grid; gap: .125rem; height: 100%; padding: 1.125rem 1.25rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--sheet); box-shadow: var(--shade); color: var(--soft); text-decoration: none; font-size: .9375rem; line-height: 1.35; align-content: start; }
  a.tile:hover { border-color: var(--edge); }
  .tile b { color: var(--ink); font-size: 1.625rem; line-height: 1.2; font-weight: 650; letter-spacing: -.02em; white-space: nowrap; }
  .tile.good b { color: var(--good); }
  .tile.doubtful b { color: var(--doubtful); }
  .tile.bad b { color: var(--bad); }
  .figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; padding: 0; margin-block: 1rem; list-style: none; }
  .figures li { display: grid; color: var(--soft); font-size: .9375rem; }
  .figures b { color: var(--ink); font-size: 1.5rem; line-height: 1.3; font-weight: 650; letter-spacing: -.02em; }
  .figures .good b { color: var(--good); }
  .figures .doubtful b { color: var(--doubtful); }
  .figures .bad b, td.bad { color: var(--bad); }
  .plot { margin: 1rem 0 1.5rem; }
  .plot svg { display: block; width: 100%; max-width: 40rem; height: auto; }
  .plot text { fill: var(--soft); font: 12px system-ui, "Liberation Sans", sans-serif; }
  .plot .axis { stroke: var(--line); }
  .plot .line { stroke: var(--accent); stroke-width: 2.5; fill: none; }
  .plot .band { fill: var(--accent); opacity: .16; }
  .plot .dot { all: unset; fill: var(--accent); }
  .measures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1.25rem 2rem; margin-top: 1.25rem; }
  .spark { width: 7.5rem; height: 1.75rem; fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; overflow: visible; }
  .traffic td { vertical-align: middle; }
  .group + .group { margin-top: 2rem; }
  .group h3 { margin-bottom: .625rem; font-size: 1.1875rem; }
  .count { display: inline-grid; place-items: center; min-width: 1.5rem; padding-inline: .4375rem; border-radius: 1rem; background: var(--line); font-size: .8125rem; line-height: 1.5rem; vertical-align: .1875rem; margin-left: .25rem; }
  .card > p + p, .card > p + pre, .card > pre + p, .card > dl + p { margin-top: .75rem; }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.25rem; margin-top: 1.25rem; }
  .pair .card + .card { margin-top: 0; }

  .tag {
    display: inline-block;
    padding: .0625rem .625rem;
    border-radius: 1rem;
    background: var(--line);
    color: var(--ink);
    font-size: .8125rem;
    font-weight: 600;
    line-height: 1.5rem;
    white-space: nowrap;
  }
  .tag.good { background: var(--good-ground); color: var(--good); }
  .tag.doubtful { background: var(--doubtful-ground); color: var(--doubtful); }
  .tag.bad { background: var(--bad-ground); color: var(--bad); }

  .dot { display: grid; place-items: center; flex: none; width: 1.625rem; height: 1.625rem; border-radius: 50%; font-size: .9375rem; background: var(--sunken); color: var(--soft); }
  .done > .dot { background: var(--good-ground); color: var(--good); }
  .refused > .dot { background: var(--bad-ground); color: var(--bad); }
  .skipped > .dot { background: var(--doubtful-ground); color: var(--doubtful); }

  .life { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); padding: 0; list-style: none; text-align: center; }
  .life li { position: relative; display: grid; justify-items: center; align-content: start; gap: .125rem; }
  .life li + li::before { content: ""; position: absolute; top: .8125rem; left: calc(-50% + 1.125rem); right: calc(50% + 1.125rem); border-top: .125rem solid var(--line); }
  .life li.done + li.done::before { border-color: var(--good); }
  .life .dot { margin-bottom: .25rem; }
  .life .waiting > .dot { background: transparent; border: .125rem solid var(--line); }
  .life .stage { font-size: .875rem; font-weight: 600; line-height: 1.25; text-transform: capitalize; }
  .life .waiting .stage { color: var(--soft); font-weight: 450; }
  .life .note { padding-inline: .25rem; color: var(--soft); font-size: .8125rem; line-height: 1.3; }

  .concerns { padding: 0; list-style: none; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--round); box-shadow: var(--shade); }
  .concerns li { position: relative; padding: .875rem 1.25rem .875rem 1.625rem; }
  .concerns li + li { border-top: 1px solid var(--line); }
  .concerns li::before { content: ""; position: absolute; left: .75rem; top: 1rem; bottom: 1rem; width: .25rem; border-radius: .125rem; background: var(--edge); }
  .concerns.doubtful li::before { background: var(--doubtful); }
  .concerns.bad li::before { background: var(--bad); }
  .concerns p { margin-top: .125rem; color: var(--soft); }
  .concerns a { color: inherit; }
  .version { display: grid; gap: 1rem; padding-top: 1.125rem; }
  .version > p { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; }
  .version > p a { font-weight: 600; }
  .version + .version { margin-top: 1.375rem; border-top: 1px solid var(--line); }
  .empty { display: grid; justify-items: center; gap: 1rem; padding-block: 3rem; text-align: center; color: var(--soft); }
  .empty .emblem { width: 4.5rem; height: 4.5rem; opacity: .5; }

  .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .375rem 1.5rem; margin-top: .875rem; }
  .facts dt { color: var(--soft); }
  .facts dd { margin: 0; }
  .facts + .buttons, .facts + details, details + .buttons, .about + .facts, .facts + .scroll { margin-top: 1rem; }
  .measures + .facts, .measures + details, .plot + details, .figures + .facts, details + .facts, .scroll + .facts { margin-top: 1.25rem; }
  .bare { padding: 0; list-style: none; }
  .reasons { display: grid; gap: .875rem; margin-top: 1.125rem; padding: 0; list-style: none; }
  .reasons li { display: flex; gap: .75rem; }
  .reasons .fine { display: block; }
  .findings { display: grid; gap: 1.25rem; padding: 0; list-style: none; }
  .findings li { display: grid; gap: .5rem; }
  .findings li + li { padding-top: 1.25rem; border-top: 1px solid var(--line); }
  .findings pre { padding: .5rem .75rem; font-size: .875rem; }
  .measure p:first-child { display: flex; justify-content: space-between; gap: 1rem; }
  .measure .value { font-weight: 600; }
  .bar { display: block; width: 100%; height: .625rem; margin-block: .375rem; border-radius: .3125rem; }
  .bar .ground { fill: var(--line); }
  .bar .clean { fill: var(--accent); }
  .bar .attacked { fill: var(--accent); opacity: .7; }
  .bar .span { fill: var(--ink); }
  .ledger { display: grid; gap: .75rem; margin-top: 1rem; padding: 0; list-style: none; }
  .ledger li { display: grid; grid-template-columns: 7rem minmax(0, 1fr) max-content; gap: 0 1rem; align-items: baseline; }
  .ledger + p { margin-top: .75rem; }

  .entries { display: grid; padding: 0; list-style: none; }
  .entries li { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); padding-block: .875rem; border-top: 1px solid var(--line); }
  .entries .index { color: var(--soft); text-decoration-color: var(--line); }
  .entries .index:hover { color: var(--accent); }
  .entries .what { display: flex; flex-wrap: wrap; align-items: baseline; gap: .125rem .625rem; }
  .entries .entry { display: grid; grid-template-columns: minmax(0, 1fr) max-content; gap: 0 1.5rem; align-items: baseline; }
  .entries .reason { grid-column: 1 / -1; color: var(--soft); font-size: .9375rem; max-width: 52rem; }
  .entries .what + .fine, .entries .reason + .fine { grid-column: 2; grid-row: 1; text-align: right; }
  .card .entries li:last-child { padding-bottom: 0; }
  .card .entries li:first-child { border-top: 0; padding-top: 0; }
  .card .entries + details { margin-top: .875rem; }
  .pages { display: flex; justify-content: space-between; gap: 1rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }

  @media (max-width: 36rem) {
    .card { padding: 1.125rem; }
    .life .note, .spare { display: none; }
    .life .stage { font-size: .8125rem; }
    .entries li { grid-template-columns: 2.5rem minmax(0, 1fr); }
    .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
    .facts dd + dt { margin-top: .625rem; }
    .facts dt { font-size: .875rem; }
    .ledger li { grid-template-columns: minmax(0, 1fr) max-content; }
    .end { margin-left: 0; }
    .tiles { grid-template-columns: 1fr 1fr; gap: .75rem; }
    .filter { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem; }
    .filter .buttons { grid-column: 1 / -1; }
    .filter input, .filter select { padding-inline: .625rem; }
    pre { font-size: .8125rem; padding: .75rem; }
    .tile { padding: .875rem 1rem; }
    .rows li { flex-wrap: wrap; }
    .ledger .digest { grid-row: 2; grid-column: 1 / -1; }
    .entries .entry { display: block; }
    .entries .what + .fine, .entries .reason + .fine { text-align: left; }
  }
  @media (forced-colors: active) {
    .dot, .tag, .tile, .count { border: 1px solid; }
    .plot .line, .spark { stroke: CanvasText; }
    .bar .ground { fill: Canvas; stroke: CanvasText; }
    .bar .clean, .bar .attacked { fill: Highlight; }
  }

  """
