// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let versionTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <p class="crumb"><a href="/models">Models</a> <span aria-hidden="true">/</span> <a href="{{modelPath}}">{{model}}</a></p>
  <div class="title"><h1>{{model}} <span class="number">{{place}}</span></h1><span class="tag {{tone}}">{{state}}</span></div>
  <p class="lede">{{summary}}</p>
  <p class="fine">Digest <code class="digest">{{digest}}</code></p>
  {{#disbelieved}}
  <p class="alert" role="alert">{{disbelieved}} This should never be: find out who wrote to the database.</p>
  {{/disbelieved}}
  </div>
  <div class="card">{{>life}}</div>
  <nav class="jump" aria-label="On this page">
  {{#sections}}
  <a href="{{path}}">{{title}}</a>
  {{/sections}}
  </nav>

  {{#actions}}
  <section class="card acts" aria-labelledby="acts">
  <h2 id="acts" class="unseen">What you can do</h2>
  {{#.hint}}
  <p>{{.}}</p>
  {{/.hint}}
  <div class="buttons">
  {{#mayApprove}}
  <form method="post" action="{{path}}/approve"><input type="hidden" name="token" value="{{token}}"><button type="submit">Approve</button></form>
  {{/mayApprove}}
  {{#mayRelease}}
  <form method="post" action="{{path}}/release"><input type="hidden" name="token" value="{{token}}"><button type="submit">{{release}}</button></form>
  {{/mayRelease}}
  {{#changes}}
  <a class="button quiet" href="{{path}}">{{verb}}</a>
  {{/changes}}
  </div>
  </section>
  {{/actions}}

  {{#decision}}
  <section class="card" aria-labelledby="decision">
  <h2 id="decision">Decision</h2>
  <p>{{text}} <span class="fine">{{#.at}}<time datetime="{{machine}}">{{text}}</time>, {{/.at}}policy {{policy}}{{#.until}}; it holds until <time datetime="{{machine}}">{{text}}</time>{{/.until}}</span></p>
  {{>reasons}}
  </section>
  {{/decision}}
  {{#asked}}
  <section class="card" aria-labelledby="asked">
  <h2 id="asked">If the gate were asked now</h2>
  <p>{{text}} <span class="fine">policy {{policy}}</span></p>
  {{>reasons}}
  </section>
  {{/asked}}
  {{#hasApprovals}}
  <section class="card" aria-labelledby="approvals">
  <h2 id="approvals">Approvals</h2>
  <ul class="bare approvals">
  {{#approvals}}
  <li><b>{{name}}</b> <span class="tag {{tone}}">{{word}}</span> <time class="fine" datetime="{{at.machine}}">{{at.text}}</time></li>
  {{/approvals}}
  </ul>
  </section>
  {{/hasApprovals}}

  {{#command}}
  <section class="card" aria-labelledby="ask">
  <h2 id="ask">Ask it</h2>
  <p>With a key that may use this model in <code>MARTLET_KEY</code>:</p>
  <pre tabindex="0" id="command"><code>{{command}}</code></pre>
  </section>
  {{/command}}

  {{#scan}}
  {{#hasFindings}}
  <section class="card" aria-labelledby="findings">
  <h2 id="findings">Findings</h2>
  <ul class="findings">
  {{#findings}}
  <li>
  <p><span class="tag {{tone}}">{{severity}}</span> <code>{{rule}}</code></p>
  <p>{{message}}</p>
  {{#.construct}}
  <pre><code>{{.}}</code></pre>
  {{/.construct}}
  {{#.location}}
  <p class="fine">{{.}}</p>
  {{/.location}}
  {{#.card}}
  <details>
  <summary>Why this matters, and what to do</summary>
  <p><b>{{name}}</b></p>
  <p>{{why}}</p>
  <p><b>What to do:</b> {{remedy}}</p>
  </details>
  {{/.card}}
  </li>
  {{/findings}}
  </ul>
  {{#.more}}
  <p class="fine">{{.}}</p>
  {{/.more}}
  </section>
  {{/hasFindings}}
  {{/scan}}

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
  {{#.key}}
  <p class="fine">Key <code class="digest">{{.}}</code></p>
  {{/.key}}
  {{/signature}}
  </section>
  <section class="card" aria-labelledby="seal">
  <h2 id="seal">Seal</h2>
  {{#seal}}
  <p>{{text}}</p>
  <h3>Recipients</h3>
  <ul class="bare">
  {{#recipients}}
  <li><code class="digest">{{.}}</code></li>
  {{/recipients}}
  </ul>
  {{/seal}}
  {{^seal}}
  <p>It is not sealed: what is not admitted is not kept.</p>
  {{/seal}}
  {{#lineage}}
  <h3>Lineage</h3>
  <dl class="facts">
  {{#.parent}}
  <dt>Made from</dt><dd>{{#parents}}<a href="{{path}}">{{text}}</a> {{/parents}}{{^parents}}<code class="digest">{{parent}}</code>{{/parents}}</dd>
  {{/.parent}}
  {{#.data}}
  <dt>Trained on</dt><dd><code class="digest">{{.}}</code></dd>
  {{/.data}}
  {{#hasChildren}}
  <dt>Became</dt><dd>{{#children}}<a href="{{path}}">{{text}}</a><br>{{/children}}</dd>
  {{/hasChildren}}
  {{#hasTwins}}
  <dt>The same files as</dt><dd>{{#twins}}<a href="{{path}}">{{text}}</a><br>{{/twins}}</dd>
  {{/hasTwins}}
  </dl>
  {{/lineage}}
  </section>
  </div>

  {{>assessments}}

  {{#materials}}
  <section class="card" aria-labelledby="materials">
  <h2 id="materials">Bill of materials</h2>
  <p>What {{name}} is made of, read from its bytes (CycloneDX 1.6).</p>
  {{#hasFacts}}
  <dl class="facts">
  {{#facts}}
  <dt>{{name}}</dt><dd>{{value}}</dd>
  {{/facts}}
  </dl>
  {{/hasFacts}}
  {{#hasComponents}}
  <div class="scroll" tabindex="0" role="region" aria-label="Components">
  <table>
  <thead><tr><th scope="col">Component</th><th scope="col">Kind</th><th scope="col">Licence</th></tr></thead>
  <tbody>
  {{#components}}
  <tr><th scope="row">{{name}}</th><td>{{kind}}</td><td>{{#.licences}}{{.}}{{/.licences}}{{^.licences}}–{{/.licences}}</td></tr>
  {{/components}}
  </tbody>
  </table>
  </div>
  {{/hasComponents}}
  {{#.more}}
  <p class="fine">{{.}}</p>
  {{/.more}}
  </section>
  {{/materials}}

  <section class="card" aria-labelledby="evidence">
  <h2 id="evidence">Evidence</h2>
  <p class="fine">What is known about this digest, in statements that this store has signed.</p>
  <ul class="ledger">
  {{#evidence}}
  <li><b>{{name}}</b> {{#.file}}<a class="digest" href="{{.}}"><code>{{id}}</code></a>{{/.file}}{{^.file}}<code class="digest">{{id}}</code>{{/.file}} <time class="fine" datetime="{{at.machine}}">{{at.text}}</time></li>
  {{/evidence}}
  </ul>
  {{#older}}
  <p class="fine">{{older}}</p>
  {{/older}}
  </section>

  {{#trail}}
  <section class="card" aria-labelledby="record">
  <h2 id="record">In the log</h2>
  {{#.damage}}
  <p class="alert" role="alert"><b>The log is not as it was signed.</b> {{.}}</p>
  {{/.damage}}
  {{>entries}}
  {{#.searched}}
  <p class="fine">{{.}}</p>
  {{/.searched}}
  </section>
  {{/trail}}
  {{/main}}
  {{/layout}}
  """

/// What assessments found, the newest of each kind.
let assessmentsTemplate = """
  {{#assessments}}
  <section class="card" aria-labelledby="{{id}}">
  <div class="title"><h2 id="{{id}}">{{title}}</h2>{{#.verdict}}<span class="tag {{tone}}">{{.}}</span>{{/.verdict}}<time class="fine end" datetime="{{at.machine}}">{{at.text}}</time></div>
  <p class="about">{{text}}</p>
  {{#hasFigures}}
  <ul class="figures">
  {{#figures}}
  <li class="{{tone}}"><b>{{value}}</b> <span>{{label}}</span></li>
  {{/figures}}
  </ul>
  {{/hasFigures}}
  {{#.picture}}
  <figure class="plot">{{{.}}}</figure>
  {{/.picture}}
  {{#hasMeasures}}
  <div class="measures">
  {{>measures}}
  </div>
  {{/hasMeasures}}
  {{#.table}}
  <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">
  <table>
  <caption>{{caption}}</caption>
  <thead><tr><th scope="col">Answers</th>{{#head}}<th scope="col" class="figure">{{.}}</th>{{/head}}</tr></thead>
  <tbody>
  {{#rows}}
  <tr><th scope="row">{{name}}</th>{{#cells}}<td class="figure">{{.}}</td>{{/cells}}</tr>
  {{/rows}}
  </tbody>
  </table>
  </div>
  {{/.table}}
  {{#hasChecks}}
  <details>
  <summary>{{checksTitle}}</summary>
  <ul class="reasons">
  {{#checks}}
  <li class="{{state}}"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#icon-{{state}}"/></svg></span><div><span class="unseen">{{trust}}: </span><b>{{name}}</b> <span class="fine">{{detail}}</span></div></li>
  {{/checks}}
  </ul>
  </details>
  {{/hasChecks}}
  {{#hasFacts}}
  <dl class="facts">
  {{#facts}}
  <dt>{{name}}</dt><dd>{{#isCode}}<code class="digest">{{value}}</code>{{/isCode}}{{^isCode}}{{value}}{{/isCode}}</dd>
  {{/facts}}
  </dl>
  {{/hasFacts}}
  </section>
  {{/assessments}}

  """
