// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

let uploadTemplate = """
  {{<layout}}
  {{$main}}
  <div class="headline">
  <h1>Upload a model</h1>
  <p class="lede">It is scanned without running anything in it, and sealed before it is kept. Whatever the verdict, you see why.</p>
  </div>
  <form id="upload" class="card stack" method="post" action="/upload" enctype="multipart/form-data" data-token="{{token}}">
  <input type="hidden" name="token" value="{{token}}">
  <div>
  <label for="model">Model</label>
  <input id="model" name="model" required maxlength="64" pattern="[A-Za-z0-9_][A-Za-z0-9._\\-]*" list="models" autocapitalize="none" spellcheck="false" aria-describedby="named" value="{{model}}">
  <datalist id="models">
  {{#models}}
  <option value="{{.}}"></option>
  {{/models}}
  </datalist>
  <p class="fine" id="named">Letters, digits, <code>.</code>, <code>_</code> and <code>-</code>. A name that is there already gets a new version.</p>
  </div>
  <div>
  <label for="files">Files</label>
  <input id="files" name="files" type="file" multiple required>
  </div>
  <p class="buttons"><button type="submit">Upload</button></p>
  <div id="progress" hidden>
  <label for="bar" id="doing">Uploading</label>
  <progress id="bar" max="1" value="0"></progress>
  <p class="fine" id="detail" role="status"></p>
  </div>
  <p class="alert" id="failure" role="alert" hidden></p>
  </form>
  {{/main}}
  {{/layout}}
  """
