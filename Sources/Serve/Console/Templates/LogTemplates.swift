// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let logTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Log</h1>
  <p class="lede">What happened, provably. Nobody can change an entry without the checkpoint giving it away.</p>
  </div>
  {{#damage}}
  <p class="alert" role="alert"><b>The log is not as it was signed.</b> {{damage}} Run <code>martlet log verify</code> and compare with a copy you trust.</p>
  {{/damage}}
  {{#search}}
  <form class="card filter" method="get" action="/log" role="search" aria-label="The log">
  <div><label for="action">What</label><select id="action" name="action">
  {{#actions}}
  <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
  {{/actions}}
  </select></div>
  <div><label for="principal">Who</label><input id="principal" name="principal" maxlength="128" placeholder="anybody" value="{{.principal}}"></div>
  <div><label for="model">Model</label><input id="model" name="model" maxlength="64" placeholder="any" value="{{about}}"></div>
  <div><label for="outcome">Outcome</label><input id="outcome" name="outcome" maxlength="64" placeholder="any" value="{{.outcome}}"></div>
  <div><label for="since">From</label><input id="since" name="since" type="date" value="{{since}}"></div>
  <div><label for="until">To</label><input id="until" name="until" type="date" value="{{until}}"></div>
  <p class="buttons"><button type="submit">Search</button>{{#isUsed}} <a class="button quiet" href="/log">All entries</a>{{/isUsed}}</p>
  </form>
  {{/search}}
  {{#checkpoint}}
  <section aria-labelledby="entries">
  <h2 id="entries">{{range}}</h2>
  {{#searched}}
  <p class="fine">{{.}}</p>
  {{/searched}}
  {{>entries}}
  {{#hasPages}}
  <nav class="pages" aria-label="Pages of the log">
  {{#newer}}
  <a href="{{.}}">Newest entries</a>
  {{/newer}}
  {{#older}}
  <a href="{{.}}">Older entries</a>
  {{/older}}
  </nav>
  {{/hasPages}}
  </section>
  <section class="card" aria-labelledby="checkpoint">
  <h2 id="checkpoint">Checkpoint</h2>
  <dl class="facts">
  <dt>Entries</dt><dd>{{size}}</dd>
  <dt>Origin</dt><dd>{{origin}}</dd>
  <dt>Root</dt><dd><code class="digest">{{root}}</code></dd>
  <dt>Key</dt><dd><code class="digest">{{key}}</code></dd>
  </dl>
  <p class="fine">The entries above were checked against this signed root. <code>martlet log verify</code> checks all of them.</p>
  </section>
  {{/checkpoint}}
  {{/main}}
  {{/layout}}
  """

let proofTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <p class="crumb"><a href="/log">Log</a></p>
  <h1>Entry {{index}}</h1>
  <p class="lede">{{summary}}</p>
  </div>
  <section class="card" aria-label="The entry">
  {{>entries}}
  <details>
  <summary>The bytes that the log hashes</summary>
  <pre><code>{{text}}</code></pre>
  </details>
  </section>
  <section class="card" aria-labelledby="proof">
  <div class="title"><h2 id="proof">Proof</h2><span class="tag good">checked</span></div>
  <dl class="facts">
  {{#facts}}
  <dt>{{name}}</dt><dd>{{#isCode}}<code class="digest">{{value}}</code>{{/isCode}}{{^isCode}}{{value}}{{/isCode}}</dd>
  {{/facts}}
  </dl>
  {{#hasPath}}
  <details>
  <summary>The hashes beside its way to the root</summary>
  <ol class="hashes">
  {{#path}}
  <li><code class="digest">{{.}}</code></li>
  {{/path}}
  </ol>
  </details>
  {{/hasPath}}
  <p class="buttons"><a class="button" href="{{file}}">Download the proof</a></p>
  </section>
  <section class="card" aria-labelledby="yourself">
  <h2 id="yourself">Check it yourself</h2>
  <p>Believe the log's key only from somebody you trust, not from this page.</p>
  <pre tabindex="0"><code>{{command}}</code></pre>
  </section>
  {{/main}}
  {{/layout}}
  """
