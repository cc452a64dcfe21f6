// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let trafficTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Traffic</h1>
  <p class="lede">What this server is asked, and how it answers.</p>
  </div>
  <div id="traffic" data-address="/traffic/now">
  {{>trafficNow}}
  </div>
  <p class="fine" id="still">This page does not change by itself. <a href="/traffic">Look again</a></p>
  {{/main}}
  {{/layout}}
  """

/// The part that changes: the script asks for it again and again.
let trafficNowTemplate = """
  {{#isFailing}}
  <p class="alert" role="alert"><b>The log cannot be written.</b> The server answers nobody until it can.</p>
  {{/isFailing}}
  <ul class="tiles">
  {{#figures}}
  <li><div class="tile {{tone}}"><b>{{value}}</b> <span>{{label}}</span></div></li>
  {{/figures}}
  </ul>
  {{#hasModels}}
  <section class="card" aria-labelledby="by-model">
  <h2 id="by-model">By model</h2>
  <div class="scroll" tabindex="0" role="region" aria-label="By model">
  <table class="traffic">
  <thead><tr><th scope="col">Model</th><th scope="col">Last minute</th><th scope="col" class="figure">a second</th><th scope="col" class="figure">half within</th><th scope="col" class="figure">99 of 100 within</th><th scope="col" class="figure">answered</th><th scope="col" class="figure">refused</th><th scope="col" class="figure">failed</th></tr></thead>
  <tbody>
  {{#models}}
  <tr><th scope="row">{{#.path}}<a href="{{.}}">{{name}}</a>{{/.path}}{{^.path}}{{name}}{{/.path}}</th><td><svg class="spark" viewBox="0 0 120 28" role="img" aria-label="{{words}}"><polyline points="{{line}}"/></svg></td><td class="figure">{{rate}}</td><td class="figure">{{median}}</td><td class="figure">{{slow}}</td><td class="figure">{{answered}}</td><td class="figure{{#isRefusing}} bad{{/isRefusing}}">{{refused}}</td><td class="figure">{{failed}}</td></tr>
  {{/models}}
  </tbody>
  </table>
  </div>
  </section>
  {{/hasModels}}
  {{^hasModels}}
  <section class="empty"><p>No model has been asked anything since the server started.</p></section>
  {{/hasModels}}
  <p class="fine">As of <time datetime="{{at.machine}}">{{at.text}}</time>. Numbers are since the server started, times are of the last minute.</p>

  """
