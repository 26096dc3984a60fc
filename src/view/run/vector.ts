import { countFromEnd } from './countUpTo'

const BITS = 5
const WIDTH = 1 << BITS

/** Items in a leaf, further nodes elsewhere. Both only grow at their end: a version never looks past its own length. */
class Node<T> {
  readonly items: T[]
  readonly nodes: Node<T>[]
  constructor(items: T[] = [], nodes: Node<T>[] = []) {
    this.items = items
    this.nodes = nodes
  }
}

/**
 * A list as a value: `push` and `set` give another one and leave this one as it is. Versions share what they have in
 * common, so the list of a long run costs no more to extend than that of a short one, and a branch shares its beginning
 * with the run that it left. `push` takes constant time where nobody has pushed to this version before, else as long as `set`: O(log n).
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

  /** The item at an index; undefined where there is none. */
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

  /** The list with another item at an index that it has. */
  set(index: number, item: T): Vector<T> {
    return index < 0 || index >= this.length
      ? this
      : new Vector(this.length, changed(this.#root, this.#shift, index, item), this.#shift)
  }

  /** The first items as a list of its own, in constant time. */
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
   * How many of the items, which are ordered by `at`, lie at or before a value. It looks from the end in growing steps: most of
   * what is asked for is near it, and a long list is no slower there than a short one.
   */
  countUpTo(at: (item: T) => number, most: number): number {
    return countFromEnd(this.length, (index) => at(this.get(index) as T), most)
  }
}

/** The list with an item at any index: a list of things by their number, some of which may never be heard of. */
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
