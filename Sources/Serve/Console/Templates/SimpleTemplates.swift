// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let signInTemplate = """
  {{<layout}}
  {{$main}}
  <section class="door">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <h1>Sign in to Martlet</h1>
  <p class="lede">With an API key of this store.</p>
  {{#failed}}
  <p class="alert" role="alert" id="failure">That key does not open this console. It may be mistyped, expired or revoked.</p>
  {{/failed}}
  <form method="post" action="/signin">
  <input type="hidden" name="token" value="{{token}}">
  <div>
  <label for="key">API key</label>
  <input id="key" name="key" type="password" autocomplete="current-password" required autofocus spellcheck="false" placeholder="mk_live_…"{{#failed}} aria-invalid="true" aria-describedby="failure"{{/failed}}>
  </div>
  <button type="submit">Sign in</button>
  </form>
  <p class="fine">No key yet? Whoever keeps this store makes one with <code>martlet token create</code>.</p>
  </section>
  {{/main}}
  {{/layout}}
  """

let errorTemplate = """
  {{<layout}}
  {{$main}}
  <section class="door">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <h1>{{title}}</h1>
  <p class="lede">{{advice}}</p>
  <p><a href="/">To the models</a></p>
  </section>
  {{/main}}
  {{/layout}}
  """

let homeTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Models</h1>
  <p class="lede">{{summary}}</p>
  </div>
  {{#hasAttention}}
  <section aria-labelledby="attention">
  <h2 id="attention">Needs attention</h2>
  <ul class="concerns">
  {{#attention}}
  <li>
  <a href="{{path}}"><b>{{model}}</b> {{place}}</a>
  <p>{{reason}}</p>
  </li>
  {{/attention}}
  </ul>
  </section>
  {{/hasAttention}}
  {{#hasModels}}
  <section aria-labelledby="models">
  <h2 id="models">All models</h2>
  {{#models}}
  <article class="card" aria-labelledby="model-{{model}}">
  <div class="title"><h3 id="model-{{model}}">{{model}}</h3><span class="tag {{tone}}">{{state}}</span></div>
  {{#versions}}
  <div class="version">
  <p><a href="{{path}}">Version {{number}}</a><span class="fine"><time datetime="{{created.machine}}">{{created.text}}</time> · {{format}}<span class="spare"> · <code>{{digest}}</code></span></span></p>
  {{>life}}
  </div>
  {{/versions}}
  </article>
  {{/models}}
  </section>
  {{/hasModels}}
  {{^hasModels}}
  <section class="empty">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <p>There is no model here yet that you may see. Take the first one through its life:</p>
  <pre><code>martlet protect MODEL --data FILE</code></pre>
  </section>
  {{/hasModels}}
  {{#hasRefused}}
  <section aria-labelledby="refused-models">
  <h2 id="refused-models">Refused at admission</h2>
  <ul class="concerns grave">
  {{#refused}}
  <li>
  <a href="{{path}}"><b>{{model}}</b> <code>{{digest}}</code></a>
  <p>{{reason}}</p>
  </li>
  {{/refused}}
  </ul>
  </section>
  {{/hasRefused}}
  {{/main}}
  {{/layout}}
  """

let logTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Log</h1>
  <p class="lede">What happened, provably. Nobody can change an entry without the checkpoint giving it away.</p>
  </div>
  {{#damage}}
  <p class="alert" role="alert"><b>The log is not as it was signed.</b> {{damage}}. Run <code>martlet log verify</code> and compare with a copy you trust.</p>
  {{/damage}}
  {{#checkpoint}}
  <section class="card" aria-labelledby="checkpoint">
  <h2 id="checkpoint">Checkpoint</h2>
  <dl class="facts">
  <dt>Entries</dt><dd>{{size}}</dd>
  <dt>Origin</dt><dd>{{origin}}</dd>
  <dt>Root</dt><dd><code class="digest">{{root}}</code></dd>
  </dl>
  <p class="fine">The entries below were checked against this signed root. <code>martlet log verify</code> checks all of them.</p>
  </section>
  <section aria-labelledby="entries">
  <h2 id="entries">{{range}}</h2>
  {{>entries}}
  {{#hasPages}}
  <nav class="pages" aria-label="Pages of the log">
  {{#newer}}
  <a href="/log{{newer}}">Newest entries</a>
  {{/newer}}
  {{#older}}
  <a href="/log?before={{older}}">Older entries</a>
  {{/older}}
  </nav>
  {{/hasPages}}
  </section>
  {{/checkpoint}}
  {{/main}}
  {{/layout}}
  """
