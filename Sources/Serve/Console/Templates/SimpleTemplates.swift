// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let signInTemplate = """
  {{<layout}}
  {{$main}}
  <section class="door">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <h1>Sign in to Martlet</h1>
  {{#isUnadministered}}
  <p class="notice">Nobody administers this store yet. <a href="/first">Make the first account</a></p>
  {{/isUnadministered}}
  {{#failure}}
  <p class="alert" role="alert" id="failure">{{.}}</p>
  {{/failure}}
  {{#byPassword}}
  <form method="post" action="/signin">
  <input type="hidden" name="token" value="{{token}}">
  <div>
  <label for="name">Name</label>
  <input id="name" name="name" autocomplete="username" required{{^name}} autofocus{{/name}} spellcheck="false" autocapitalize="none" maxlength="128" value="{{name}}"{{#failed}} aria-describedby="failure"{{/failed}}>
  </div>
  <div>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password" required{{#name}} autofocus{{/name}}{{#failed}} aria-invalid="true" aria-describedby="failure"{{/failed}}>
  </div>
  <div>
  <label for="code">Code <span class="fine">of your app{{^wantsCode}}, if you use one{{/wantsCode}}</span></label>
  <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16"{{#wantsCode}} required{{/wantsCode}}>
  </div>
  <button type="submit">Sign in</button>
  </form>
  <p class="other"><a href="/signin/key">Sign in with an API key</a>{{#provider}} <a href="/signin/provider">Sign in with {{.}}</a>{{/provider}}</p>
  <p class="fine">No password yet? Whoever keeps this store sets one with <code>martlet user password</code>.</p>
  {{/byPassword}}
  {{^byPassword}}
  <form method="post" action="/signin/key">
  <input type="hidden" name="token" value="{{token}}">
  <div>
  <label for="key">API key</label>
  <input id="key" name="key" type="password" autocomplete="off" required autofocus spellcheck="false" placeholder="mk_live_…"{{#failed}} aria-invalid="true" aria-describedby="failure"{{/failed}}>
  </div>
  <button type="submit">Sign in</button>
  </form>
  <p class="other"><a href="/signin">Sign in with a password</a>{{#provider}} <a href="/signin/provider">Sign in with {{.}}</a>{{/provider}}</p>
  <p class="fine">No key yet? Whoever keeps this store makes one with <code>martlet token create</code>.</p>
  {{/byPassword}}
  </section>
  {{/main}}
  {{/layout}}
  """

/// Before there is anybody who could let others in.
let firstTemplate = """
  {{<layout}}
  {{$main}}
  <section class="door">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <h1>The first account</h1>
  <p class="lede">Nobody administers this store yet. Whoever can read the server's terminal makes the first account with the secret that it shows.</p>
  {{#failure}}
  <p class="alert" role="alert" id="failure">{{.}}</p>
  {{/failure}}
  <form method="post" action="/first">
  <input type="hidden" name="token" value="{{token}}">
  <div>
  <label for="secret">Secret</label>
  <input id="secret" name="secret" required autofocus autocomplete="off" spellcheck="false" placeholder="mb-…"{{#failed}} aria-describedby="failure"{{/failed}}>
  </div>
  <div>
  <label for="name">Your name</label>
  <input id="name" name="name" required autocomplete="username" spellcheck="false" maxlength="128" value="{{name}}">
  </div>
  <div>
  <label for="password">A password</label>
  <input id="password" name="password" type="password" required autocomplete="new-password" aria-describedby="rules">
  <p class="fine" id="rules">Twelve characters or more. Four random words are easy to keep in mind.</p>
  </div>
  <button type="submit">Make the account</button>
  </form>
  <p class="other"><a href="/signin/key">Sign in with an API key</a></p>
  </section>
  {{/main}}
  {{/layout}}
  """

/// The browser goes on by itself, and takes its cookie along, because this page is of our own site.
let returningTemplate = """
  <!doctype html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="refresh" content="0; url={{onward}}">
  <title>{{chrome.title}} · Martlet</title>
  <link rel="stylesheet" href="{{chrome.stylesheet}}">
  <link rel="icon" href="{{chrome.icon}}">
  </head>
  <body>
  <main class="wide"><p><a href="{{onward}}">Continue</a></p></main>
  </body>
  </html>

  """

let errorTemplate = """
  {{<layout}}
  {{$main}}
  <section class="door">
  <svg class="emblem" aria-hidden="true"><use href="#martlet"/></svg>
  <h1>{{title}}</h1>
  <p class="lede">{{advice}}</p>
  <p><a href="/">Home</a></p>
  </section>
  {{/main}}
  {{/layout}}
  """

/// Asks before something that cannot be taken back easily.
let warningTemplate = """
  {{<layout}}
  {{$main}}
  <section class="ask">
  <p class="crumb"><a href="{{path}}">{{model}}, version {{number}}</a></p>
  <h1>{{verb}} {{model}} <span class="number">version {{number}}</span>?</h1>
  <p class="{{#isGrave}}alert{{/isGrave}}{{^isGrave}}lede{{/isGrave}}">{{consequence}}</p>
  <form class="stack" method="post" action="{{action}}">
  <input type="hidden" name="token" value="{{token}}">
  <div>
  <label for="reason">Why</label>
  <input id="reason" name="reason" required autofocus maxlength="1000" aria-describedby="kept">
  <p class="fine" id="kept">The reason stands in the log for good, and in a statement that this store signs.</p>
  </div>
  <p class="buttons"><button class="grave" type="submit">{{verb}} it</button> <a class="button quiet" href="{{path}}">Leave it as it is</a></p>
  </form>
  </section>
  {{/main}}
  {{/layout}}
  """

/// The only page that ever shows a key.
let secretTemplate = """
  {{<layout}}
  {{$main}}
  <section class="ask">
  <p class="crumb"><a href="{{path}}">{{name}}</a></p>
  <h1>A new key for {{name}}</h1>
  <p class="lede">This is the only time that it is shown: the store keeps its hash. Put it where {{name}} finds it, and nobody else.</p>
  <pre tabindex="0" id="secret"><code>{{key}}</code></pre>
  <p class="fine">It is known by <code>{{id}}</code> from now on.</p>
  <p class="buttons"><a class="button" href="{{path}}">I have kept it</a></p>
  </section>
  {{/main}}
  {{/layout}}
  """
