// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let homeTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Home</h1>
  <p class="lede">{{summary}}</p>
  </div>
  {{#hasModels}}
  <ul class="tiles">
  {{#figures}}
  <li><a class="tile {{tone}}" href="{{path}}"><b>{{value}}</b> <span>{{label}}</span></a></li>
  {{/figures}}
  </ul>
  {{/hasModels}}
  {{^isQuiet}}
  <section aria-labelledby="attention">
  <h2 id="attention" class="unseen">Needs attention</h2>
  {{#groups}}
  <section class="group" aria-labelledby="group-{{name}}">
  <h3 id="group-{{name}}">{{title}} <span class="count">{{count}}</span></h3>
  <ul class="concerns {{tone}}">
  {{#concerns}}
  <li>
  <a href="{{path}}"><b>{{model}}</b> <span>{{place}}</span></a>
  <p>{{reason}}</p>
  </li>
  {{/concerns}}
  </ul>
  {{#.more}}
  <p class="fine">{{.}}</p>
  {{/.more}}
  </section>
  {{/groups}}
  </section>
  {{/isQuiet}}
  {{#isQuiet}}
  <section class="empty">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  {{#hasModels}}
  <p>Nothing needs you now. <a href="/models">All models</a></p>
  {{/hasModels}}
  {{^hasModels}}
  <p>There is no model here yet that you may see. Take the first one through its life:</p>
  <pre><code>martlet protect MODEL --data FILE</code></pre>
  {{/hasModels}}
  </section>
  {{/isQuiet}}
  {{/main}}
  {{/layout}}
  """

let modelsTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <div class="title"><h1>Models</h1>{{#mayUpload}}<a class="button end" href="/upload">Upload a model</a>{{/mayUpload}}</div>
  <p class="lede">{{summary}}</p>
  </div>
  {{#models}}
  <article class="card" aria-labelledby="model-{{model}}">
  <div class="title"><h2 id="model-{{model}}"><a href="{{path}}">{{model}}</a></h2><span class="tag {{tone}}">{{state}}</span><span class="fine end">{{versions}}{{#.newer}} · {{.}}{{/.newer}}</span></div>
  {{#shown}}
  <div class="version">
  <p><a href="{{path}}">Version {{number}}</a>{{#aliases}} <span class="alias">@{{.}}</span>{{/aliases}} <span class="fine"><time datetime="{{created.machine}}">{{created.text}}</time> · {{format}}<span class="spare"> · <code>{{digest}}</code></span></span></p>
  {{>life}}
  </div>
  {{/shown}}
  </article>
  {{/models}}
  {{^hasModels}}
  <section class="empty">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <p>There is no model here yet that you may see.</p>
  </section>
  {{/hasModels}}
  {{/main}}
  {{/layout}}
  """

let modelTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <p class="crumb"><a href="/models">Models</a></p>
  <h1>{{model}}</h1>
  <p class="lede">{{summary}}</p>
  </div>
  {{#versions}}
  <article class="card" aria-labelledby="version-{{number}}">
  <div class="title"><h2 id="version-{{number}}"><a href="{{path}}">Version {{number}}</a></h2><span class="tag {{tone}}">{{state}}</span>{{#aliases}} <span class="alias">@{{.}}</span>{{/aliases}}<span class="fine end"><time datetime="{{created.machine}}">{{created.text}}</time> · {{format}}<span class="spare"> · <code>{{digest}}</code></span></span></div>
  <div class="version">{{>life}}</div>
  </article>
  {{/versions}}
  {{/main}}
  {{/layout}}
  """
