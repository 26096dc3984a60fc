import type { Instant } from '../base/time'
import type { ConnectionId, HostName, SessionId } from './names'
import type { Packet } from './packet'

/** The work of an agenda item. */
export type Due =
  | { readonly type: 'packetArrives'; readonly packet: Packet }
  | { readonly type: 'timer'; readonly host: HostName; readonly session?: SessionId; readonly timer: string }
  | { readonly type: 'retransmit'; readonly connection: ConnectionId; readonly end: 'client' | 'server' }
  | { readonly type: 'acknowledge'; readonly connection: ConnectionId; readonly end: 'client' | 'server' }
  | { readonly type: 'boots'; readonly host: HostName }

export interface AgendaItem {
  readonly at: Instant
  /** Breaks ties: items of one instant happen in the order in which they were added. */
  readonly order: number
  /** The order of the causing fact. */
  readonly cause: number | undefined
  /** A timer's key. Only the newest item of a key counts; older ones are stale and skipped. */
  readonly key: string | undefined
  readonly due: Due
}

/** A binary heap ordered by `(at, order)`, the keys that count, and the next order. */
export interface Agenda {
  readonly heap: readonly AgendaItem[]
  readonly live: Readonly<Record<string, number>>
  readonly next: number
}

export const emptyAgenda: Agenda = { heap: [], live: {}, next: 0 }

/** The instant of the first item, or undefined. A frozen agenda holds only items that count (`freeze`). */
export const firstDue = (agenda: Agenda): Instant | undefined => agenda.heap[0]?.at

const before = (a: AgendaItem, b: AgendaItem): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

/** Below this many stale items a clean-up costs more than it saves. */
const FEW = 256

/** A working copy of an agenda: cheap to change many times, then frozen into a value again. */
export class AgendaDraft {
  private readonly heap: AgendaItem[]
  private readonly live: Map<string, number>
  private next: number
  private stale = 0

  constructor(agenda: Agenda) {
    this.heap = agenda.heap.slice()
    this.live = new Map(Object.entries(agenda.live))
    this.next = agenda.next
  }

  /** Adds an item. It replaces an earlier one with the same key. */
  add(at: Instant, due: Due, cause: number | undefined, key?: string): void {
    const order = this.next++
    if (key !== undefined) {
      if (this.live.has(key)) this.stale++
      this.live.set(key, order)
    }
    this.push({ at, order, cause, key, due })
    if (this.stale > FEW && this.stale * 2 > this.heap.length) this.clean()
  }

  /** Cancels a timer. True if it was running. */
  cancel(key: string): boolean {
    if (!this.live.delete(key)) return false
    this.stale++
    return true
  }

  /** Removes all items that match. */
  discard(matches: (due: Due) => boolean): void {
    const gone = this.heap.filter((item) => matches(item.due))
    if (gone.length === 0) return
    for (const item of gone) if (item.key !== undefined && this.counts(item)) this.live.delete(item.key)
    this.keep((item) => !matches(item.due))
  }

  /** The next item that counts, without removing it. */
  peek(): AgendaItem | undefined {
    for (let top = this.heap[0]; top; top = this.heap[0]) {
      if (this.counts(top)) return top
      this.pop()
      this.stale--
    }
    return undefined
  }

  /** Removes and returns the next item that counts. */
  take(): AgendaItem | undefined {
    const item = this.peek()
    if (!item) return undefined
    this.pop()
    if (item.key !== undefined) this.live.delete(item.key)
    return item
  }

  /** The agenda as a value: the items that count, in order, so that two ways to the same world give equal values. */
  freeze(): Agenda {
    this.clean()
    return { heap: this.heap, live: Object.fromEntries([...this.live].sort(([, a], [, b]) => a - b)), next: this.next }
  }

  private counts(item: AgendaItem): boolean {
    return item.key === undefined || this.live.get(item.key) === item.order
  }

  private push(item: AgendaItem): void {
    const heap = this.heap
    let at = heap.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(item, heap[parent] as AgendaItem)) break
      heap[at] = heap[parent] as AgendaItem
      at = parent
    }
    heap[at] = item
  }

  private pop(): void {
    const heap = this.heap
    const last = heap.pop() as AgendaItem
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1] as AgendaItem, heap[child] as AgendaItem)) child++
      if (!before(heap[child] as AgendaItem, last)) break
      heap[at] = heap[child] as AgendaItem
      at = child
    }
    heap[at] = last
  }

  private clean(): void {
    this.keep(() => true)
  }

  /** Keeps the items that count and are wanted. */
  private keep(wanted: (item: AgendaItem) => boolean): void {
    let kept = 0
    for (const item of this.heap) if (this.counts(item) && wanted(item)) this.heap[kept++] = item
    this.heap.length = kept
    // A sorted array is a heap.
    this.heap.sort((a, b) => (before(a, b) ? -1 : 1))
    this.stale = 0
  }
}
