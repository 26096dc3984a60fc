const BITS = 4
const WIDTH = 1 << BITS
/** The number of entries in a leaf before it is split. */
const MOST = 8
const HASH_BITS = 32

interface Leaf<V> {
  readonly entries: readonly (readonly [key: string, value: V])[]
}
interface Branch<V> {
  readonly nodes: readonly (Node<V> | undefined)[]
}
type Node<V> = Leaf<V> | Branch<V>

/**
 * An immutable map with text keys: `with` and `without` return another one. Versions share their common parts, so a change takes
 * O(log n). The order of its entries has no meaning.
 */
export class Table<V> {
  readonly size: number
  readonly #root: Node<V>

  private constructor(size: number, root: Node<V>) {
    this.size = size
    this.#root = root
  }

  static empty<V>(): Table<V> {
    return new Table<V>(0, { entries: [] })
  }

  get(key: string): V | undefined {
    const hash = hashOf(key)
    let node: Node<V> | undefined = this.#root
    for (let shift = 0; node && 'nodes' in node; shift += BITS) node = node.nodes[(hash >>> shift) & (WIDTH - 1)]
    return node?.entries.find((entry) => entry[0] === key)?.[1]
  }

  has(key: string): boolean {
    const hash = hashOf(key)
    let node: Node<V> | undefined = this.#root
    for (let shift = 0; node && 'nodes' in node; shift += BITS) node = node.nodes[(hash >>> shift) & (WIDTH - 1)]
    return node?.entries.some((entry) => entry[0] === key) ?? false
  }

  with(key: string, value: V): Table<V> {
    return new Table(this.has(key) ? this.size : this.size + 1, put(this.#root, 0, hashOf(key), key, value))
  }

  without(key: string): Table<V> {
    return this.has(key) ? new Table(this.size - 1, taken(this.#root, 0, hashOf(key), key)) : this
  }

  *[Symbol.iterator](): Generator<readonly [key: string, value: V]> {
    yield* entriesOf(this.#root)
  }
}

function* entriesOf<V>(node: Node<V>): Generator<readonly [key: string, value: V]> {
  if ('entries' in node) yield* node.entries
  else for (const below of node.nodes) if (below) yield* entriesOf(below)
}

function put<V>(node: Node<V> | undefined, shift: number, hash: number, key: string, value: V): Node<V> {
  if (node && 'nodes' in node) {
    const slot = (hash >>> shift) & (WIDTH - 1)
    return { nodes: node.nodes.with(slot, put(node.nodes[slot], shift + BITS, hash, key, value)) }
  }
  const others = (node?.entries ?? []).filter((entry) => entry[0] !== key)
  const entries = [...others, [key, value] as const]
  if (entries.length <= MOST || shift >= HASH_BITS) return { entries }
  const nodes = Array.from({ length: WIDTH }, (): Node<V> | undefined => undefined)
  const divided: Node<V> = { nodes }
  return entries.reduce<Node<V>>((all, [each, its]) => put(all, shift, hashOf(each), each, its), divided)
}

function taken<V>(node: Node<V>, shift: number, hash: number, key: string): Node<V> {
  if ('entries' in node) return { entries: node.entries.filter((entry) => entry[0] !== key) }
  const slot = (hash >>> shift) & (WIDTH - 1)
  const below = node.nodes[slot]
  return below ? { nodes: node.nodes.with(slot, taken(below, shift + BITS, hash, key)) } : node
}

/** FNV-1a over UTF-16 code units: spreads keys that differ only in their last digit. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  // The low bits, which are used first, are mixed with the high ones.
  return (hash ^ (hash >>> 15)) >>> 0
}
