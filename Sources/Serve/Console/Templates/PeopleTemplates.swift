// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let peopleTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>People</h1>
  <p class="lede">{{summary}}</p>
  </div>
  <section class="card" aria-labelledby="everybody">
  <h2 id="everybody">Everybody</h2>
  <div class="scroll" tabindex="0" role="region" aria-label="Everybody">
  <table>
  <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Granted</th><th scope="col">Credentials</th></tr></thead>
  <tbody>
  {{#people}}
  <tr><th scope="row"><a href="{{path}}">{{name}}</a>{{#isDisabled}} <span class="tag bad">disabled</span>{{/isDisabled}}</th><td>{{kind}}</td><td>{{#grants}}{{.}}<br>{{/grants}}{{^hasGrants}}nothing{{/hasGrants}}</td><td>{{credentials}}</td></tr>
  {{/people}}
  </tbody>
  </table>
  </div>
  </section>
  <form class="card stack" method="post" action="/people" aria-labelledby="add">
  <h2 id="add">Add somebody</h2>
  <input type="hidden" name="token" value="{{token}}">
  <div class="row">
  <div><label for="new-name">Name</label><input id="new-name" name="name" required maxlength="128" autocomplete="off"></div>
  <div><label for="kind">Kind</label><select id="kind" name="kind"><option value="person">person</option><option value="service">service</option></select></div>
  <p class="buttons"><button type="submit">Add</button></p>
  </div>
  </form>
  <form class="card stack" method="get" action="/people" aria-labelledby="why" id="access">
  <h2 id="why">Why may somebody do something?</h2>
  {{#asked}}
  <div class="row">
  <div><label for="name">Who</label><input id="name" name="name" required maxlength="128" value="{{.name}}"></div>
  {{/asked}}
  <div><label for="action">may</label><select id="action" name="action">
  {{#actions}}
  <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
  {{/actions}}
  </select></div>
  {{#asked}}
  <div><label for="about">Model</label><input id="about" name="model" maxlength="64" placeholder="the whole store" value="{{about}}"></div>
  <div><label for="submitter">Submitted by</label><input id="submitter" name="submitter" maxlength="128" placeholder="somebody else" value="{{submitter}}"></div>
  {{/asked}}
  </div>
  <p class="buttons"><button type="submit">Explain</button></p>
  {{#failure}}
  <p class="alert" role="alert">{{.}}</p>
  {{/failure}}
  {{#answer}}
  <div role="status">
  <h3>{{question}} <span class="tag {{tone}}">{{word}}</span></h3>
  <p>{{reason}}</p>
  {{#hasLines}}
  <dl class="facts">
  {{#lines}}
  <dt>{{grant}}</dt><dd>{{meaning}}</dd>
  {{/lines}}
  </dl>
  {{/hasLines}}
  </div>
  {{/answer}}
  </form>
  {{/main}}
  {{/layout}}
  """

let personTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <p class="crumb"><a href="/people">People</a></p>
  <div class="title"><h1>{{name}}</h1>{{#isDisabled}}<span class="tag bad">disabled</span>{{/isDisabled}}</div>
  <p class="lede">A {{kind}}, here since <time datetime="{{since.machine}}">{{since.text}}</time>. Credentials: {{credentials}}.</p>
  <p class="fine">The log knows them as <code>{{id}}</code></p>
  </div>
  <section class="card" aria-labelledby="grants">
  <h2 id="grants">Grants</h2>
  {{#hasGrants}}
  <ul class="rows">
  {{#grants}}
  <li><div><b>{{text}}</b> <span class="fine">{{meaning}}</span></div><form method="post" action="{{path}}/grants/remove"><input type="hidden" name="token" value="{{token}}"><input type="hidden" name="role" value="{{role}}"><input type="hidden" name="models" value="{{models}}"><input type="hidden" name="effect" value="{{effect}}"><button class="quiet" type="submit">Remove<span class="unseen"> the grant {{text}}</span></button></form></li>
  {{/grants}}
  </ul>
  {{/hasGrants}}
  {{^hasGrants}}
  <p>Nothing was granted yet.</p>
  {{/hasGrants}}
  <form class="stack" method="post" action="{{path}}/grants" aria-label="Add a grant">
  <input type="hidden" name="token" value="{{token}}">
  <div class="row">
  <div><label for="role">Role</label><select id="role" name="role">
  {{#roles}}
  <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
  {{/roles}}
  </select></div>
  <div><label for="models">On</label><input id="models" name="models" required maxlength="256" value="*" aria-describedby="pattern"></div>
  <div><label for="effect">Effect</label><select id="effect" name="effect"><option value="allow">allow</option><option value="deny">deny</option></select></div>
  <p class="buttons"><button type="submit">Add</button></p>
  </div>
  <p class="fine" id="pattern">A model's name, or a pattern such as <code>team-*</code>; <code>*</code> is everything.</p>
  </form>
  <details>
  <summary>What the roles are for</summary>
  <dl class="facts">
  {{#meanings}}
  <dt>{{name}}</dt><dd>{{value}}</dd>
  {{/meanings}}
  </dl>
  </details>
  </section>
  <section class="card" aria-labelledby="keys">
  <h2 id="keys">API keys</h2>
  {{#hasKeys}}
  <ul class="rows">
  {{#keys}}
  <li><div><code>{{id}}</code> <span class="tag {{tone}}">{{state}}</span> <span class="fine">for {{scope}}; made <time datetime="{{created.machine}}">{{created.text}}</time>, ends: {{expires}}, last used: {{used}}</span></div>{{#isLive}}<form method="post" action="{{path}}/keys/revoke"><input type="hidden" name="token" value="{{token}}"><input type="hidden" name="key" value="{{id}}"><button class="quiet" type="submit">Revoke<span class="unseen"> {{id}}</span></button></form>{{/isLive}}</li>
  {{/keys}}
  </ul>
  {{/hasKeys}}
  {{^hasKeys}}
  <p>None.</p>
  {{/hasKeys}}
  <form class="stack" method="post" action="{{path}}/keys" aria-label="Make a key">
  <input type="hidden" name="token" value="{{token}}">
  <div class="row">
  <div><label for="key-role">With the role</label><select id="key-role" name="role">
  {{#roles}}
  <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
  {{/roles}}
  </select></div>
  <div><label for="key-models">On</label><input id="key-models" name="models" required maxlength="256" value="*"></div>
  <div><label for="days">Days</label><input id="days" name="days" inputmode="numeric" pattern="[0-9]*" placeholder="no end" maxlength="4"></div>
  <p class="buttons"><button type="submit">Make a key</button></p>
  </div>
  <label class="check"><input type="checkbox" name="narrow" value="yes" checked> For this alone, whatever else its owner may do</label>
  </form>
  </section>
  {{#isPerson}}
  <section class="card" aria-labelledby="password">
  <h2 id="password">Password</h2>
  <form class="stack" method="post" action="{{path}}/password">
  <input type="hidden" name="token" value="{{token}}">
  <div class="row">
  <div><label for="new-password">A new one</label><input id="new-password" name="password" type="password" required autocomplete="new-password"></div>
  <p class="buttons"><button type="submit">Set</button></p>
  </div>
  <p class="fine">Whoever is signed in with the old one is signed out.</p>
  </form>
  </section>
  {{/isPerson}}
  {{^isSelf}}
  <section class="card" aria-labelledby="standing">
  <h2 id="standing">Access</h2>
  {{#isDisabled}}
  <form method="post" action="{{path}}/enable"><input type="hidden" name="token" value="{{token}}"><p class="buttons"><button type="submit">Enable</button> <span class="fine">Their credentials work again.</span></p></form>
  {{/isDisabled}}
  {{^isDisabled}}
  <form method="post" action="{{path}}/disable"><input type="hidden" name="token" value="{{token}}"><p class="buttons"><button class="grave" type="submit">Disable</button> <span class="fine">None of their credentials works until they are enabled again, and whoever is signed in as them is signed out.</span></p></form>
  {{/isDisabled}}
  </section>
  {{/isSelf}}
  {{/main}}
  {{/layout}}
  """
