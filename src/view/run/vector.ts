import { countFromEnd } from './countUpTo'

const BITS = 5
const WIDTH = 1 << BITS

/** A leaf holds items; other nodes hold nodes. Both only grow at their end, and a version never reads beyond its own length. */
class Node<T> {
  readonly items: T[]
  readonly nodes: Node<T>[]
  constructor(items: T[] = [], nodes: Node<T>[] = []) {
    this.items = items
    this.nodes = nodes
  }
}

/**
 * An immutable list: `push` and `set` return another one. Versions share their common parts, so extending the list of a long run
 * costs no more than that of a short one, and a branch shares its beginning with its parent. The first `push` to a version takes
 * constant time; a later one takes O(log n), like `set`.
 */
export class Vector<T> {
  readonly length: number
  readonly #root: Node<T>
  /** Bits of an index below the root's. */
  readonly #shift: number

  private constructor(length: number, root: Node<T>, shift: number) {
    this.length = length
    this.#root = root
    this.#shift = shift
  }

  static empty<T>(): Vector<T> {
    return new Vector<T>(0, new Node<T>(), 0)
  }

  /** The item at an index; undefined if there is none. */
  get(index: number): T | undefined {
    if (index < 0 || index >= this.length) return undefined
    let node: Node<T> | undefined = this.#root
    for (let shift = this.#shift; shift > 0 && node; shift -= BITS) node = node.nodes[(index >> shift) & (WIDTH - 1)]
    return node?.items[index & (WIDTH - 1)]
  }

  get last(): T | undefined {
    return this.get(this.length - 1)
  }

  push(item: T): Vector<T> {
    const full = this.length === WIDTH << this.#shift
    const root = full ? new Node<T>([], [this.#root]) : this.#root
    const shift = full ? this.#shift + BITS : this.#shift
    return new Vector(this.length + 1, pushed(root, shift, this.length, item), shift)
  }

  /** The list with the item at an existing index replaced. */
  set(index: number, item: T): Vector<T> {
    return index < 0 || index >= this.length
      ? this
      : new Vector(this.length, changed(this.#root, this.#shift, index, item), this.#shift)
  }

  /** The first items as a list, in constant time. */
  upTo(length: number): Vector<T> {
    return length >= this.length ? this : new Vector(Math.max(0, length), this.#root, this.#shift)
  }

  *[Symbol.iterator](): Generator<T> {
    yield* this.from(0)
  }

  /** The items from an index on. */
  *from(start: number, end = this.length): Generator<T> {
    for (let index = Math.max(0, start); index < Math.min(end, this.length); ) {
      const leaf = this.#leafOf(index)
      for (let at = index & (WIDTH - 1); at < WIDTH && index < end && index < this.length; at++, index++)
        yield leaf[at] as T
    }
  }

  #leafOf(index: number): readonly T[] {
    let node: Node<T> | undefined = this.#root
    for (let shift = this.#shift; shift > 0 && node; shift -= BITS) node = node.nodes[(index >> shift) & (WIDTH - 1)]
    return node?.items ?? []
  }

  /** The first items, as an array. */
  first(count: number): T[] {
    const found: T[] = []
    for (let from = 0; from < Math.min(count, this.length); from += WIDTH) {
      const leaf = this.#leafOf(from)
      for (let at = 0; at < WIDTH && from + at < Math.min(count, this.length); at++) found.push(leaf[at] as T)
    }
    return found
  }

  /**
   * The number of items, ordered by `at`, that are at or before a value. It searches from the end in growing steps, because most
   * queries are near the end, where a long list is then as fast as a short one.
   */
  countUpTo(at: (item: T) => number, most: number): number {
    return countFromEnd(this.length, (index) => at(this.get(index) as T), most)
  }
}

/** The list with an item at any index, for things by number of which some may never appear. */
export function put<T>(list: Vector<T | undefined>, index: number, item: T): Vector<T | undefined> {
  let grown = list
  while (grown.length < index) grown = grown.push(undefined)
  return index < grown.length ? grown.set(index, item) : grown.push(item)
}

function pushed<T>(node: Node<T>, shift: number, index: number, item: T): Node<T> {
  const slot = (index >> shift) & (WIDTH - 1)
  if (shift === 0) {
    if (node.items.length === slot) {
      node.items.push(item)
      return node
    }
    return new Node([...node.items.slice(0, slot), item])
  }
  const begins = (index & ((1 << shift) - 1)) === 0
  const below = begins ? new Node<T>() : (node.nodes[slot] as Node<T>)
  const after = pushed(below, shift - BITS, index, item)
  if (!begins && after === below) return node
  if (begins && node.nodes.length === slot) {
    node.nodes.push(after)
    return node
  }
  return new Node([], [...node.nodes.slice(0, slot), after])
}

function changed<T>(node: Node<T>, shift: number, index: number, item: T): Node<T> {
  const slot = (index >> shift) & (WIDTH - 1)
  if (shift === 0) return new Node(node.items.with(slot, item))
  return new Node([], node.nodes.with(slot, changed(node.nodes[slot] as Node<T>, shift - BITS, index, item)))
}
