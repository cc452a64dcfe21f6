// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let guardTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Guard</h1>
  <p class="lede">{{summary}}</p>
  </div>
  {{#clients}}
  <section class="card">
  <h2>{{#owner}}{{.}}{{/owner}}{{^owner}}<code>{{name}}</code>{{/owner}} <span class="tag {{tone}}">{{state}}</span></h2>
  {{#reason}}
  <p>{{.}}</p>
  {{/reason}}
  <dl class="facts">
  <dt>Model</dt><dd><a href="/models/{{model}}">{{model}}</a></dd>
  <dt>{{kind}}</dt><dd><code>{{name}}</code></dd>
  <dt>Questions</dt><dd>{{queries}}</dd>
  <dt>Budget</dt><dd>{{budget}}</dd>
  {{#bound}}
  <dt>False flags</dt><dd>{{.}}</dd>
  {{/bound}}
  <dt>Last seen</dt><dd><time datetime="{{seen.machine}}">{{seen.text}}</time></dd>
  {{#shares}}
  <dt>{{channel}}</dt><dd>stood out in {{share}} of the questions, where 10 % are usual</dd>
  {{/shares}}
  </dl>
  {{#isFlagged}}
  <form class="stack" method="post" action="/guard/clear">
  <input type="hidden" name="token" value="{{token}}">
  <input type="hidden" name="model" value="{{model}}">
  <input type="hidden" name="kind" value="{{kind}}">
  <input type="hidden" name="name" value="{{name}}">
  <div class="row">
  <div><label for="{{field}}">Why it is no attack</label><input id="{{field}}" name="reason" required maxlength="200"></div>
  <p class="buttons"><button type="submit">Let off</button></p>
  </div>
  <p class="fine">The evidence ends and the budget stays used. The log keeps your name and the reason.</p>
  </form>
  {{/isFlagged}}
  </section>
  {{/clients}}
  {{^hasClients}}
  <section class="empty"><p>Nobody is flagged.</p></section>
  {{/hasClients}}
  <p class="fine">{{#showsEverybody}}<a href="/guard">Only who is flagged</a>{{/showsEverybody}}{{^showsEverybody}}<a href="/guard?all">Everybody who asked</a>{{/showsEverybody}}</p>
  {{/main}}
  {{/layout}}
  """
