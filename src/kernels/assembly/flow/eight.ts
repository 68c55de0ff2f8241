// The shortest stages of ../../line-fourier.ts, of eight numbers.

/** Eight numbers in registers: a butterfly of radix 4 at the even places, one at the odd ones, then pairs. */
export function eightToGrid(i: i32): void {
  const rootHalf = f64x2.splat(Math.SQRT1_2);
  const minusRootHalf = f64x2.splat(-Math.SQRT1_2);
  const xaRe = v128.load(i, 0);
  const xaIm = v128.load(i, 16);
  const xbRe = v128.load(i, 64);
  const xbIm = v128.load(i, 80);
  const xcRe = v128.load(i, 128);
  const xcIm = v128.load(i, 144);
  const xeRe = v128.load(i, 192);
  const xeIm = v128.load(i, 208);
  const xsRe = f64x2.add(xaRe, xcRe);
  const xsIm = f64x2.add(xaIm, xcIm);
  const xdRe = f64x2.sub(xaRe, xcRe);
  const xdIm = f64x2.sub(xaIm, xcIm);
  const xpRe = f64x2.add(xbRe, xeRe);
  const xpIm = f64x2.add(xbIm, xeIm);
  const xqRe = f64x2.sub(xbRe, xeRe);
  const xqIm = f64x2.sub(xbIm, xeIm);
  const yaRe = v128.load(i, 32);
  const yaIm = v128.load(i, 48);
  const ybRe = v128.load(i, 96);
  const ybIm = v128.load(i, 112);
  const ycRe = v128.load(i, 160);
  const ycIm = v128.load(i, 176);
  const yeRe = v128.load(i, 224);
  const yeIm = v128.load(i, 240);
  const ysRe = f64x2.add(yaRe, ycRe);
  const ysIm = f64x2.add(yaIm, ycIm);
  const ydRe = f64x2.sub(yaRe, ycRe);
  const ydIm = f64x2.sub(yaIm, ycIm);
  const ypRe = f64x2.add(ybRe, yeRe);
  const ypIm = f64x2.add(ybIm, yeIm);
  const yqRe = f64x2.sub(ybRe, yeRe);
  const yqIm = f64x2.sub(ybIm, yeIm);
  storePair(i, f64x2.add(xsRe, xpRe), f64x2.add(xsIm, xpIm), f64x2.add(ysRe, ypRe), f64x2.add(ysIm, ypIm));
  const aRe = f64x2.sub(ydRe, yqIm);
  const aIm = f64x2.add(ydIm, yqRe);
  storePair(
    i + 64,
    f64x2.sub(xdRe, xqIm),
    f64x2.add(xdIm, xqRe),
    f64x2.mul(rootHalf, f64x2.sub(aRe, aIm)),
    f64x2.mul(rootHalf, f64x2.add(aRe, aIm)),
  );
  storePair(i + 128, f64x2.sub(xsRe, xpRe), f64x2.sub(xsIm, xpIm), f64x2.sub(ypIm, ysIm), f64x2.sub(ysRe, ypRe));
  const cRe = f64x2.add(ydRe, yqIm);
  const cIm = f64x2.sub(ydIm, yqRe);
  storePair(
    i + 192,
    f64x2.add(xdRe, xqIm),
    f64x2.sub(xdIm, xqRe),
    f64x2.mul(minusRootHalf, f64x2.add(cRe, cIm)),
    f64x2.mul(rootHalf, f64x2.sub(cRe, cIm)),
  );
}

function storePair(i: i32, aRe: v128, aIm: v128, bRe: v128, bIm: v128): void {
  v128.store(i, f64x2.add(aRe, bRe));
  v128.store(i, f64x2.add(aIm, bIm), 16);
  v128.store(i, f64x2.sub(aRe, bRe), 32);
  v128.store(i, f64x2.sub(aIm, bIm), 48);
}

export function eightToModes(i: i32): void {
  const rootHalf = f64x2.splat(Math.SQRT1_2);
  const minusRootHalf = f64x2.splat(-Math.SQRT1_2);
  const u0Re = v128.load(i, 0);
  const u0Im = v128.load(i, 16);
  const v0Re = v128.load(i, 32);
  const v0Im = v128.load(i, 48);
  const x0Re = f64x2.add(u0Re, v0Re);
  const x0Im = f64x2.add(u0Im, v0Im);
  const w0Re = f64x2.sub(u0Re, v0Re);
  const w0Im = f64x2.sub(u0Im, v0Im);
  const u1Re = v128.load(i, 64);
  const u1Im = v128.load(i, 80);
  const v1Re = v128.load(i, 96);
  const v1Im = v128.load(i, 112);
  const x1Re = f64x2.add(u1Re, v1Re);
  const x1Im = f64x2.add(u1Im, v1Im);
  const w1Re = f64x2.sub(u1Re, v1Re);
  const w1Im = f64x2.sub(u1Im, v1Im);
  const u2Re = v128.load(i, 128);
  const u2Im = v128.load(i, 144);
  const v2Re = v128.load(i, 160);
  const v2Im = v128.load(i, 176);
  const x2Re = f64x2.add(u2Re, v2Re);
  const x2Im = f64x2.add(u2Im, v2Im);
  const w2Im = f64x2.sub(u2Im, v2Im);
  const u3Re = v128.load(i, 192);
  const u3Im = v128.load(i, 208);
  const v3Re = v128.load(i, 224);
  const v3Im = v128.load(i, 240);
  const x3Re = f64x2.add(u3Re, v3Re);
  const x3Im = f64x2.add(u3Im, v3Im);
  const w3Re = f64x2.sub(u3Re, v3Re);
  const w3Im = f64x2.sub(u3Im, v3Im);
  const y1Re = f64x2.mul(rootHalf, f64x2.add(w1Re, w1Im));
  const y1Im = f64x2.mul(rootHalf, f64x2.sub(w1Im, w1Re));
  const y2Im = f64x2.sub(v2Re, u2Re);
  const y3Re = f64x2.mul(rootHalf, f64x2.sub(w3Im, w3Re));
  const y3Im = f64x2.mul(minusRootHalf, f64x2.add(w3Re, w3Im));
  storeModes(i, x0Re, x0Im, x1Re, x1Im, x2Re, x2Im, x3Re, x3Im);
  storeModes(i + 32, w0Re, w0Im, y1Re, y1Im, w2Im, y2Im, y3Re, y3Im);
}

function storeModes(
  i: i32,
  aRe: v128,
  aIm: v128,
  bRe: v128,
  bIm: v128,
  cRe: v128,
  cIm: v128,
  eRe: v128,
  eIm: v128,
): void {
  const sRe = f64x2.add(aRe, cRe);
  const sIm = f64x2.add(aIm, cIm);
  const dRe = f64x2.sub(aRe, cRe);
  const dIm = f64x2.sub(aIm, cIm);
  const pRe = f64x2.add(bRe, eRe);
  const pIm = f64x2.add(bIm, eIm);
  const qRe = f64x2.sub(bRe, eRe);
  const qIm = f64x2.sub(bIm, eIm);
  v128.store(i, f64x2.add(sRe, pRe));
  v128.store(i, f64x2.add(sIm, pIm), 16);
  v128.store(i, f64x2.add(dRe, qIm), 64);
  v128.store(i, f64x2.sub(dIm, qRe), 80);
  v128.store(i, f64x2.sub(sRe, pRe), 128);
  v128.store(i, f64x2.sub(sIm, pIm), 144);
  v128.store(i, f64x2.sub(dRe, qIm), 192);
  v128.store(i, f64x2.add(dIm, qRe), 208);
}
