import type { HostSymbol, MapLayout } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { ProtocolName } from '../run/flight'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** The part of the drawing that is looked at: `x` and `span` in units of the layout, 1000 wide. */
export interface Camera {
  readonly x: number
  readonly span: number
}

export const WHOLE: Camera = { x: 0, span: 1000 }
export const LAYOUT_HEIGHT = 388

/** Layout units to pixels. Text and symbols keep their size; only places are stretched. */
export interface Projection {
  readonly size: Size
  readonly scaleX: number
  readonly scaleY: number
  x(layoutX: number): number
  y(layoutY: number): number
}

/** @param drawn the share of the height that the layout takes, from the top. The rest is empty below the lane. */
export function projectionOf(size: Size, camera: Camera, drawn = size.height): Projection {
  const scaleX = size.width / camera.span
  const scaleY = Math.min(drawn / LAYOUT_HEIGHT, 1.25)
  const top = (drawn - scaleY * LAYOUT_HEIGHT) / 2
  return { size, scaleX, scaleY, x: (x) => (x - camera.x) * scaleX, y: (y) => top + y * scaleY }
}

/** A projection drawn `k` times as large, width and height alike, and moved by `x` and `y` pixels. */
export function nearer(
  projection: Projection,
  { k, x, y }: { readonly k: number; readonly x: number; readonly y: number },
): Projection {
  return {
    size: projection.size,
    scaleX: projection.scaleX * k,
    scaleY: projection.scaleY * k,
    x: (layoutX) => projection.x(layoutX) * k + x,
    y: (layoutY) => projection.y(layoutY) * k + y,
  }
}

const REACH: Readonly<Record<HostSymbol, number>> = {
  laptop: 28,
  phone: 24,
  submissionServer: 27,
  exchanger: 27,
  mailboxStore: 27,
  resolver: 27,
  root: 15,
  topLevel: 12,
  zone: 9,
}

/** How far from a host's middle a line ends. */
export const reachOf = (symbol: HostSymbol): number => REACH[symbol]

/** A line between two hosts: a quadratic curve whose control point lies in the middle where it is straight. */
export interface Path {
  readonly a: Point
  readonly c: Point
  readonly b: Point
  readonly straight: boolean
}

/** Name servers are drawn as the tree that names form. */
export const isTree = (symbol: HostSymbol): boolean => symbol === 'root' || symbol === 'topLevel' || symbol === 'zone'

export function pathBetween(
  layout: MapLayout,
  projection: Projection,
  from: HostName,
  to: HostName,
  protocol: ProtocolName,
): Path | undefined {
  const p = layout.hosts[from]
  const q = layout.hosts[to]
  if (!p || !q) return undefined
  const a = { x: projection.x(p.x), y: projection.y(p.y) }
  const b = { x: projection.x(q.x), y: projection.y(q.y) }
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const bow =
    protocol === 'DNS' && isTree(p.symbol) !== isTree(q.symbol)
      ? treeBow(isTree(q.symbol) ? b.y - a.y : a.y - b.y)
      : passingBow(layout, projection, from, to, a, b)
  const c = { x: middle.x, y: middle.y + bow }
  return { a: towards(a, c, REACH[p.symbol]), b: towards(b, c, REACH[q.symbol]), c, straight: bow === 0 }
}

/** The distance above its middle at which a line passes the symbol of a host that is not one of its ends. */
const CLEARANCE = 32
const MOST_BOW = 160

/** Lifts a line over the hosts on its straight path, so that it does not seem to pass through them. */
function passingBow(
  { hosts }: MapLayout,
  projection: Projection,
  from: HostName,
  to: HostName,
  a: Point,
  b: Point,
): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const lifts = Object.entries(hosts).map(([name, { x, y, symbol }]) => {
    if (name === from || name === to || isTree(symbol)) return 0
    const [dx, dy] = [projection.x(x) - a.x, projection.y(y) - a.y]
    const along = (dx * (b.x - a.x) + dy * (b.y - a.y)) / length
    const off = Math.abs(dx * (b.y - a.y) - dy * (b.x - a.x)) / length
    if (along < REACH[symbol] || along > length - REACH[symbol] || off > REACH[symbol] - 4) return 0
    const u = along / length
    // A quadratic curve reaches this share of its control point's height there.
    return CLEARANCE / (2 * u * (1 - u))
  })
  return -Math.min(Math.max(...lifts), MOST_BOW)
}

/** Queries to the tree of name servers curve above a server that is higher and below one that is lower, clear of its labels. */
const treeBow = (dy: number): number => (dy < 8 ? dy * 0.8 - 6 : dy * 1.75)

function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by }
}

/** Points along a path, both ends included, at most this many pixels apart. */
export function pointsAlong(path: Path, apart: number): readonly Point[] {
  const steps = Math.max(2, Math.ceil(Math.hypot(path.b.x - path.a.x, path.b.y - path.a.y) / apart))
  return Array.from({ length: steps + 1 }, (_, i) => pointOn(path, i / steps))
}

/**
 * The share of a path at which to draw an object with this progress, 0 to 1. An object of this half width starts and ends beside
 * the symbols of the hosts, not on them. On a short path it keeps away from them as far as there is space.
 */
export function standsAt({ a, b }: Path, halfWidth: number, progress: number): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  const off = length === 0 ? 0 : Math.min(halfWidth / length, MOST_OFF)
  return off + eased(progress) * (1 - 2 * off)
}
const MOST_OFF = 0.35

export function pointOn(path: Path, u: number): Point {
  const { a, b, c } = path
  if (path.straight) return { x: a.x + (b.x - a.x) * u, y: a.y + (b.y - a.y) * u }
  const v = 1 - u
  return { x: v * v * a.x + 2 * v * u * c.x + u * u * b.x, y: v * v * a.y + 2 * v * u * c.y + u * u * b.y }
}

/** The direction of travel in degrees. */
export function headingOn(path: Path, u: number): number {
  const { a, b, c } = path
  const dx = path.straight ? b.x - a.x : (1 - u) * (c.x - a.x) + u * (b.x - c.x)
  const dy = path.straight ? b.y - a.y : (1 - u) * (c.y - a.y) + u * (b.y - c.y)
  return (Math.atan2(dy, dx) * 180) / Math.PI
}

const r = (n: number): number => Math.round(n * 10) / 10

export const pathData = ({ a, b, c, straight }: Path): string =>
  straight ? `M${r(a.x)} ${r(a.y)}L${r(b.x)} ${r(b.y)}` : `M${r(a.x)} ${r(a.y)}Q${r(c.x)} ${r(c.y)} ${r(b.x)} ${r(b.y)}`

/** The same line moved sideways by some pixels: IMAP is drawn as two lines. */
export function aside(path: Path, by: number): Path {
  const length = Math.hypot(path.b.x - path.a.x, path.b.y - path.a.y) || 1
  const dx = (-(path.b.y - path.a.y) / length) * by
  const dy = ((path.b.x - path.a.x) / length) * by
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy })
  return { a: move(path.a), b: move(path.b), c: move(path.c), straight: path.straight }
}

/** Easing of a hop, in and out, the same as `--ease-hop` in CSS. Only the drawing is eased; time is not. */
export const eased = (u: number): number => (u < 0.5 ? 2 * u * u : 1 - (2 - 2 * u) ** 2 / 2)
