// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// SHA-256 (FIPS 180-4) of what comes bit by bit: the browser's own takes only what is in memory whole.
let digestScript = #"""
  const sha256 = (() => {
    const constants = new Uint32Array(64);
    const beginning = new Uint32Array(8);
    // The first 32 bits behind the point of the cube and square roots of the first primes.
    const fraction = (number) => ((number - Math.floor(number)) * 4294967296) >>> 0;
    for (let candidate = 2, found = 0; found < 64; candidate += 1) {
      let isPrime = true;
      for (let factor = 2; factor * factor <= candidate; factor += 1) {
        if (candidate % factor === 0) { isPrime = false; break; }
      }
      if (!isPrime) continue;
      if (found < 8) beginning[found] = fraction(Math.sqrt(candidate));
      constants[found] = fraction(Math.cbrt(candidate));
      found += 1;
    }

    return class {
      constructor() {
        this.state = Uint32Array.from(beginning);
        this.words = new Uint32Array(64);
        this.rest = new Uint8Array(64);
        this.kept = 0;
        this.count = 0;
      }

      update(bytes) {
        this.count += bytes.length;
        let place = 0;
        if (this.kept > 0) {
          place = Math.min(64 - this.kept, bytes.length);
          this.rest.set(bytes.subarray(0, place), this.kept);
          this.kept += place;
          if (this.kept < 64) return;
          this.block(this.rest, 0);
          this.kept = 0;
        }
        for (; place + 64 <= bytes.length; place += 64) this.block(bytes, place);
        this.rest.set(bytes.subarray(place));
        this.kept = bytes.length - place;
      }

      hex() {
        const bits = this.count * 8;
        const end = new Uint8Array((this.kept < 56 ? 64 : 128) - this.kept);
        end[0] = 0x80;
        const view = new DataView(end.buffer);
        view.setUint32(end.length - 8, Math.floor(bits / 4294967296));
        view.setUint32(end.length - 4, bits >>> 0);
        this.update(end);
        return Array.from(this.state, (word) => word.toString(16).padStart(8, "0")).join("");
      }

      block(bytes, start) {
        const w = this.words;
        for (let i = 0, p = start; i < 16; i += 1, p += 4) {
          w[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
        }
        for (let i = 16; i < 64; i += 1) {
          const x = w[i - 15], y = w[i - 2];
          const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
          const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
          w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
        let [a, b, c, d, e, f, g, h] = this.state;
        for (let i = 0; i < 64; i += 1) {
          const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
          const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
          const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
          const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
          h = g; g = f; f = e; e = (d + t1) | 0;
          d = c; c = b; b = a; a = (t1 + t2) | 0;
        }
        const s = this.state;
        s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
      }
    };
  })();

  """#
