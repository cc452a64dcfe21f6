// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let policyTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Policy</h1>
  <p class="lede">What must be true of a version's evidence before it may move on.</p>
  </div>
  <form class="card stack" method="post" action="/policy/trial" aria-labelledby="trial">
  <h2 id="trial">Try a policy</h2>
  <p class="fine">Asks a policy about a version and writes nothing down: no decision, no record.</p>
  {{#failure}}
  <p class="alert" role="alert">{{.}}</p>
  {{/failure}}
  <input type="hidden" name="token" value="{{token}}">
  <div class="row">
  <div><label for="version">Version</label><select id="version" name="version" required>
  {{#versions}}
  <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
  {{/versions}}
  </select></div>
  <div><label for="policy">Policy</label><select id="policy" name="policy">
  {{#policies}}
  <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
  {{/policies}}
  </select></div>
  <div><label for="environment">Environment</label><input id="environment" name="environment" maxlength="64" placeholder="none" value="{{environment}}"></div>
  </div>
  <details{{#isTyped}} open{{/isTyped}}>
  <summary>The text of another policy</summary>
  <label for="text" class="unseen">Text of the policy</label>
  <textarea id="text" name="text" rows="14" spellcheck="false">{{typed}}</textarea>
  </details>
  <p class="buttons"><button type="submit">Ask</button></p>
  </form>
  {{#answer}}
  <section class="card" aria-labelledby="answer" id="answered">
  <h2 id="answer">{{policy}} about <a href="{{path}}">{{model}}, version {{number}}</a></h2>
  {{#steps}}
  <h3>{{title}} <span class="tag {{tone}}">{{word}}</span></h3>
  {{#decision}}
  <p>{{text}}</p>
  {{>reasons}}
  {{/decision}}
  {{/steps}}
  </section>
  {{/answer}}
  <section class="card" aria-labelledby="holds">
  <h2 id="holds">The policy {{name}} holds{{#environment}} in {{.}}{{/environment}}</h2>
  <p class="fine">Digest <code class="digest">{{digest}}</code></p>
  {{#passages}}
  <h3>{{heading}}</h3>
  <ul class="bullets">
  {{#sentences}}
  <li>{{.}}</li>
  {{/sentences}}
  </ul>
  {{/passages}}
  <details>
  <summary>As it is written</summary>
  <pre tabindex="0"><code>{{source}}</code></pre>
  </details>
  </section>
  {{/main}}
  {{/layout}}
  """
