// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let versionTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <p class="crumb"><a href="/">Models</a></p>
  <div class="title"><h1>{{model}} <span class="number">{{place}}</span></h1><span class="tag {{tone}}">{{state}}</span></div>
  <p class="lede">{{summary}}</p>
  <p class="fine">Digest <code class="digest">{{digest}}</code></p>
  {{#disbelieved}}
  <p class="alert" role="alert">{{disbelieved}} This should never be: find out who wrote to the database.</p>
  {{/disbelieved}}
  </div>
  <div class="card">{{>life}}</div>

  {{#decision}}
  <section class="card" aria-labelledby="decision">
  <h2 id="decision">Decision</h2>
  <p>{{text}} <span class="fine"><time datetime="{{at.machine}}">{{at.text}}</time>, policy {{policy}}</span></p>
  <ul class="reasons">
  {{#reasons}}
  <li class="{{state}}"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#{{state}}"/></svg></span><div><span class="unseen">{{word}}: </span>{{text}}<span class="fine"><code>{{rule}}</code></span></div></li>
  {{/reasons}}
  </ul>
  </section>
  {{/decision}}

  <div class="pair">
  <section class="card" aria-labelledby="scan">
  <h2 id="scan">Admission</h2>
  {{#scan}}
  <p>The scan says <span class="tag {{tone}}">{{verdict}}</span></p>
  <dl class="facts">
  <dt>Format</dt><dd>{{format}}</dd>
  <dt>Files</dt><dd>{{files}}</dd>
  <dt>Findings</dt><dd>{{count}}</dd>
  <dt>Rules</dt><dd>{{rules}}</dd>
  </dl>
  {{/scan}}
  {{^scan}}
  <p>It has not been scanned.</p>
  {{/scan}}
  {{#signature}}
  <h3>Signature</h3>
  <p><span class="tag {{tone}}">{{outcome}}</span> {{text}}</p>
  {{#key}}
  <p class="fine">Key <code class="digest">{{key}}</code></p>
  {{/key}}
  {{/signature}}
  </section>
  {{#seal}}
  <section class="card" aria-labelledby="seal">
  <h2 id="seal">Seal</h2>
  <p>{{text}}</p>
  <h3>Recipients</h3>
  <ul class="bare">
  {{#recipients}}
  <li><code class="digest">{{.}}</code></li>
  {{/recipients}}
  </ul>
  </section>
  {{/seal}}
  </div>

  {{#scan}}
  {{#hasFindings}}
  <section class="card" aria-labelledby="findings">
  <h2 id="findings">Findings</h2>
  <ul class="findings">
  {{#findings}}
  <li>
  <p><span class="tag {{tone}}">{{severity}}</span> <code>{{rule}}</code></p>
  <p>{{message}}</p>
  {{#construct}}
  <pre><code>{{construct}}</code></pre>
  {{/construct}}
  {{#location}}
  <p class="fine">{{location}}</p>
  {{/location}}
  </li>
  {{/findings}}
  </ul>
  {{#more}}
  <p class="fine">{{more}}</p>
  {{/more}}
  </section>
  {{/hasFindings}}
  {{/scan}}

  {{#robustness}}
  <section class="card" aria-labelledby="robustness">
  <h2 id="robustness">Robustness</h2>
  {{#unmeasured}}
  <p>Not measured under attack: {{unmeasured}}.</p>
  {{/unmeasured}}
  {{#measures}}
  <div class="measure">
  <p><b>{{name}}</b> <span class="value">{{value}}</span></p>
  <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{{name}}: {{value}}, {{interval}}"><rect class="ground" width="100" height="8" rx="0"/><rect class="{{kind}}" width="{{share}}" height="8"/><rect class="span" x="{{low}}" y="3" width="{{width}}" height="2"/></svg>
  <p class="fine">{{interval}}{{#note}} · {{note}}{{/note}}</p>
  </div>
  {{/measures}}
  {{#trust}}
  <h3>Can the attack be trusted?</h3>
  <p><span class="tag {{tone}}">{{word}}</span> {{text}}</p>
  <ul class="reasons">
  {{#checks}}
  <li class="{{state}}"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#{{state}}"/></svg></span><div><span class="unseen">{{trust}}: </span><b>{{name}}</b> <span class="fine">{{detail}}</span></div></li>
  {{/checks}}
  </ul>
  {{/trust}}
  </section>
  {{/robustness}}

  {{#command}}
  <section class="card" aria-labelledby="ask">
  <h2 id="ask">Ask it</h2>
  <p>With a key that may use this model in <code>MARTLET_KEY</code>:</p>
  <pre tabindex="0"><code>{{command}}</code></pre>
  </section>
  {{/command}}

  <section class="card" aria-labelledby="evidence">
  <h2 id="evidence">Evidence</h2>
  <p class="fine">What is known about this digest, in statements that this store has signed.</p>
  <ul class="ledger">
  {{#evidence}}
  <li><b>{{name}}</b> <code class="digest">{{id}}</code> <time class="fine" datetime="{{at.machine}}">{{at.text}}</time></li>
  {{/evidence}}
  </ul>
  {{#older}}
  <p class="fine">{{older}}</p>
  {{/older}}
  </section>

  {{#trail}}
  <section class="card" aria-labelledby="record">
  <h2 id="record">In the log</h2>
  {{#damage}}
  <p class="alert" role="alert"><b>The log is not as it was signed.</b> {{damage}}</p>
  {{/damage}}
  {{>entries}}
  {{#searched}}
  <p class="fine">{{searched}}</p>
  {{/searched}}
  </section>
  {{/trail}}
  {{/main}}
  {{/layout}}
  """
