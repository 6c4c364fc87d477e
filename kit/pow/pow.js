// The browser's half of the proof of work: for each <form data-pow="challenge"> it searches for a nonce such that
// SHA-256(challenge ":" nonce) begins with the number of zero bits that the challenge asks for, and writes it into the
// form's <input name="pow_nonce">. Package pow describes the challenge.
//
// The search runs in a worker (this very file, so that a policy of worker-src 'self' is enough) where there may be one,
// else in short slices while the page is idle, and never delays submitting. SHA-256 is written out because crypto.subtle exists on https and localhost only.

// sha256 returns a function that digests text of ASCII characters and returns the first 32 bits, unsigned.
// FIPS 180-4, section 6.2.
export function sha256() {
  const K = new Int32Array(64), start = new Int32Array(8), H = new Int32Array(8), W = new Int32Array(64);
  // The constants are the first 32 bits of the fractional parts of the square and cube roots of the first primes.
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 0x100000000) | 0;
  for (let n = 2, count = 0; count < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (count < 8) start[count] = fraction(Math.sqrt(n));
    K[count++] = fraction(Math.cbrt(n));
  }

  // block digests the 16 words at the beginning of W into H.
  function block() {
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15], y = W[i - 2];
      const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3);
      const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
    for (let i = 0; i < 64; i++) {
      const S1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
      const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const S0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
      const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    H[0] += a; H[1] += b; H[2] += c; H[3] += d; H[4] += e; H[5] += f; H[6] += g; H[7] += h;
  }

  return function digest(text) {
    const length = text.length, blocks = (length + 72) >> 6; // the text, a bit, 64 bits of length
    H.set(start);
    for (let b = 0; b < blocks; b++) {
      W.fill(0, 0, 16);
      for (let i = b * 64; i < b * 64 + 64 && i <= length; i++) {
        const byte = i < length ? text.charCodeAt(i) & 0xff : 0x80;
        W[(i & 63) >> 2] |= byte << (24 - 8 * (i & 3));
      }
      if (b === blocks - 1) W[15] = length * 8;
      block();
    }
    return H[0] >>> 0;
  };
}

// search returns a function that tries the next numbers as nonces, at most count of them, and returns the one that solves
// the challenge, or null to go on.
function search(challenge) {
  const difficulty = difficultyOf(challenge), digest = sha256();
  let next = 0;
  return function step(count) {
    for (const end = next + count; next < end; next++) {
      if (Math.clz32(digest(challenge + ":" + next)) >= difficulty) return String(next);
    }
    return null;
  };
}

// difficultyOf reads the number of zero bits, byte 24 of the challenge, or -1 if this is no challenge.
export function difficultyOf(challenge) {
  if (!/^[\w-]{55}$/.test(challenge)) return -1;
  return atob(challenge.slice(32, 36).replace(/-/g, "+").replace(/_/g, "/")).charCodeAt(0);
}

// solve calls done(nonce) some time later, or never if challenge is none.
export function solve(challenge, done) {
  if (difficultyOf(challenge) < 0) return;
  try {
    inWorker(challenge, done);
  } catch {
    inSlices(challenge, done);
  }
}

// inWorker throws, or falls back to slices, where module workers are missing or the page's policy forbids them.
function inWorker(challenge, done) {
  const worker = new Worker(import.meta.url, { type: "module" });
  worker.onmessage = (event) => {
    worker.terminate();
    done(event.data);
  };
  worker.onerror = () => {
    worker.terminate();
    inSlices(challenge, done);
  };
  worker.postMessage(challenge);
}

// inSlices works for some milliseconds at a time, so that typing and scrolling stay smooth.
function inSlices(challenge, done) {
  const later = globalThis.requestIdleCallback || ((work) => setTimeout(work, 20));
  const step = search(challenge);
  const slice = () => {
    const end = Date.now() + 8;
    do {
      const nonce = step(64);
      if (nonce !== null) return done(nonce);
    } while (Date.now() < end);
    later(slice, { timeout: 200 });
  };
  later(slice, { timeout: 200 });
}

// begin fills the forms of root that have none of it yet; call it again for forms added later.
export function begin(root) {
  for (const form of root.querySelectorAll("form[data-pow]")) {
    const challenge = form.dataset.pow;
    if (form.powBegun === challenge) continue;
    form.powBegun = challenge;
    solve(challenge, (nonce) => {
      const input = form.querySelector('input[name="pow_nonce"]');
      if (input && form.dataset.pow === challenge) input.value = nonce;
    });
  }
}

if (globalThis.document) {
  begin(document);
} else if (globalThis.WorkerGlobalScope) {
  globalThis.onmessage = (event) => globalThis.postMessage(search(event.data)(Infinity));
}
