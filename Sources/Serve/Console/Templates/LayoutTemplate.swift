// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What every page has: the mark, the ways, and a place for its own part.
let layoutTemplate = """
  <!doctype html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>{{chrome.title}} · Martlet</title>
  <link rel="stylesheet" href="{{chrome.stylesheet}}">
  <link rel="icon" href="{{chrome.icon}}">
  {{#isLive}}
  <script src="{{chrome.script}}" defer></script>
  {{/isLive}}
  </head>
  <body>
  <svg class="sprite" aria-hidden="true" focusable="false">
  <symbol id="martlet" viewBox="0 0 48 48"><path d="{{chrome.martlet}}"/></symbol>
  <symbol id="icon-done" viewBox="0 0 16 16"><path d="M3.5 8.5l3 3 6-7"/></symbol>
  <symbol id="icon-refused" viewBox="0 0 16 16"><path d="M4.5 4.5l7 7m0-7l-7 7"/></symbol>
  <symbol id="icon-skipped" viewBox="0 0 16 16"><path d="M4 8h8"/></symbol>
  <symbol id="icon-waiting" viewBox="0 0 16 16"><path d="M8 8h.01"/></symbol>
  </svg>
  <a class="skip" href="#main">Skip to the content</a>
  {{#chrome.visitor}}
  <header class="top">
  <div class="wide">
  <a class="brand" href="/"><svg class="mark" aria-hidden="true"><use href="#martlet"/></svg>Martlet</a>
  <nav aria-label="Console">
  {{#chrome.links}}
  <a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{title}}</a>
  {{/chrome.links}}
  </nav>
  <form class="leave" method="post" action="/signout">
  <input type="hidden" name="token" value="{{token}}">
  <span class="who"><span class="unseen">Signed in as </span>{{name}}</span>
  <button class="quiet" type="submit">Sign out</button>
  </form>
  </div>
  </header>
  {{/chrome.visitor}}
  <main id="main" class="wide" tabindex="-1">
  {{#chrome.notice}}
  <p class="notice" role="status"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#icon-done"/></svg></span>{{.}}</p>
  {{/chrome.notice}}
  {{$main}}{{/main}}
  </main>
  </body>
  </html>

  """

/// A life as five stations on a line.
let lifeTemplate = """
  <ol class="life" aria-label="Life">
  {{#life}}
  <li class="{{state}}"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#icon-{{state}}"/></svg></span><span class="stage">{{stage}}</span><span class="unseen">: {{word}}, </span><span class="note">{{note}}</span></li>
  {{/life}}
  </ol>

  """

/// Entries of the log, the newest first.
let entriesTemplate = """
  <ol class="entries" reversed>
  {{#entries}}
  <li value="{{index}}">
  <a class="index" href="/log/{{index}}" title="Prove entry {{index}}"><span class="unseen">Prove entry </span>{{index}}</a>
  <div class="entry">
  <p class="what"><b>{{action}}</b> <span class="tag {{tone}}">{{outcome}}</span>{{#.model}} <span class="subject">{{.}}</span>{{/.model}}{{#.digest}} <code>{{.}}</code>{{/.digest}}</p>
  {{#.reason}}
  <p class="reason">{{.}}</p>
  {{/.reason}}
  {{#.when}}
  <p class="fine"><time datetime="{{machine}}">{{text}}</time> by {{principal}}</p>
  {{/.when}}
  </div>
  </li>
  {{/entries}}
  </ol>

  """

/// Shares as bars, with their intervals.
let measuresTemplate = """
  {{#measures}}
  <div class="measure">
  <p><b>{{name}}</b> <span class="value">{{value}}</span></p>
  <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{{name}}: {{value}}{{#.interval}}, {{.}}{{/.interval}}"><rect class="ground" width="100" height="8"/><rect class="{{kind}}" width="{{share}}" height="8"/><rect class="span" x="{{low}}" y="3" width="{{width}}" height="2"/></svg>
  {{#.interval}}
  <p class="fine">{{.}}</p>
  {{/.interval}}
  {{#.note}}
  <p class="fine">{{.}}</p>
  {{/.note}}
  </div>
  {{/measures}}

  """

/// The reasons of a decision, what says no first.
let reasonsTemplate = """
  <ul class="reasons">
  {{#reasons}}
  <li class="{{state}}"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#icon-{{state}}"/></svg></span><div><span class="unseen">{{word}}: </span>{{text}}<span class="fine"><code>{{rule}}</code></span></div></li>
  {{/reasons}}
  </ul>

  """
