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
  </head>
  <body>
  <svg class="sprite" aria-hidden="true" focusable="false">
  <symbol id="martlet" viewBox="0 0 48 48"><path d="{{chrome.martlet}}"/></symbol>
  <symbol id="done" viewBox="0 0 16 16"><path d="M3.5 8.5l3 3 6-7"/></symbol>
  <symbol id="refused" viewBox="0 0 16 16"><path d="M4.5 4.5l7 7m0-7l-7 7"/></symbol>
  <symbol id="skipped" viewBox="0 0 16 16"><path d="M4 8h8"/></symbol>
  <symbol id="waiting" viewBox="0 0 16 16"><path d="M8 8h.01"/></symbol>
  </svg>
  <a class="skip" href="#main">Skip to the content</a>
  {{#chrome.visitor}}
  <header class="top">
  <div class="wide">
  <a class="brand" href="/"><svg class="mark" aria-hidden="true"><use href="#martlet"/></svg>Martlet</a>
  <nav aria-label="Console">
  <a href="/"{{#chrome.onModels}} aria-current="page"{{/chrome.onModels}}>Models</a>
  {{#chrome.mayAudit}}
  <a href="/log"{{#chrome.onLog}} aria-current="page"{{/chrome.onLog}}>Log</a>
  {{/chrome.mayAudit}}
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
  {{$main}}{{/main}}
  </main>
  </body>
  </html>

  """

/// A life as five stations on a line.
let lifeTemplate = """
  <ol class="life" aria-label="Life">
  {{#life}}
  <li class="{{state}}"><span class="dot"><svg class="icon" aria-hidden="true"><use href="#{{state}}"/></svg></span><span class="stage">{{stage}}</span><span class="unseen">: {{word}}, </span><span class="note">{{note}}</span></li>
  {{/life}}
  </ol>

  """

/// Entries of the log, the newest first.
let entriesTemplate = """
  <ol class="entries" reversed>
  {{#entries}}
  <li value="{{index}}">
  <span class="index">{{index}}</span>
  <div class="entry">
  <p class="what"><b>{{action}}</b> <span class="tag {{tone}}">{{outcome}}</span>{{#.model}} <span class="subject">{{.}}</span>{{/.model}}{{#.digest}} <code>{{.}}</code>{{/.digest}}</p>
  {{#.reason}}
  <p class="reason">{{.}}</p>
  {{/.reason}}
  {{#when}}
  <p class="fine"><time datetime="{{machine}}">{{text}}</time> by {{principal}}</p>
  {{/when}}
  </div>
  </li>
  {{/entries}}
  </ol>

  """
