/**
 * The messages of a mailbox in the order of their UIDs, in blocks. A change copies one block and the list of blocks, never all
 * messages, so a delivery to a mailbox of 100,000 costs as much as one to a mailbox of 100. Plain data.
 */
export type Blocks<T extends Numbered> = readonly (readonly T[])[]

interface Numbered {
  readonly uid: number
}

const BLOCK = 256

/** The position of this UID, or the position to insert it at: `messages[at].uid >= uid`. */
export function positionOf(messages: readonly Numbered[], uid: number): number {
  let low = 0
  let high = messages.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((messages[middle] as Numbered).uid < uid) low = middle + 1
    else high = middle
  }
  return low
}

/** The number of the block that holds this UID if it exists. */
function blockOf(blocks: Blocks<Numbered>, uid: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((blocks[middle]?.at(-1)?.uid ?? 0) < uid) low = middle + 1
    else high = middle
  }
  return low
}

export function findIn<T extends Numbered>(blocks: Blocks<T>, uid: number): T | undefined {
  const block = blocks[blockOf(blocks, uid)]
  const message = block?.[positionOf(block, uid)]
  return message?.uid === uid ? message : undefined
}

/** The existing messages with these UIDs, in the order of the UIDs given. */
export function pick<T extends Numbered>(blocks: Blocks<T>, uids: readonly number[]): readonly T[] {
  const found: T[] = []
  for (const uid of uids) {
    const message = findIn(blocks, uid)
    if (message) found.push(message)
  }
  return found
}

/** Adds messages. Their UIDs must be above all existing ones. */
export function append<T extends Numbered>(blocks: Blocks<T>, messages: readonly T[]): Blocks<T> {
  if (messages.length === 0) return blocks
  const last = blocks.at(-1)
  const grown = last && last.length < BLOCK ? blocks.slice(0, -1) : blocks.slice()
  let open = last && last.length < BLOCK ? last.slice() : []
  for (const message of messages) {
    if (open.length === BLOCK) {
      grown.push(open)
      open = []
    }
    open.push(message)
  }
  grown.push(open)
  return grown
}

/** Replaces the messages with the same UIDs, which must exist. */
export function replace<T extends Numbered>(blocks: Blocks<T>, messages: readonly T[]): Blocks<T> {
  const changed = new Map<number, T[]>()
  for (const message of messages) {
    const at = blockOf(blocks, message.uid)
    const block = changed.get(at) ?? (blocks[at] as readonly T[]).slice()
    block[positionOf(block, message.uid)] = message
    changed.set(at, block)
  }
  return changed.size === 0 ? blocks : blocks.map((block, at) => changed.get(at) ?? block)
}

export function remove<T extends Numbered>(blocks: Blocks<T>, uids: ReadonlySet<number>): Blocks<T> {
  const touched = new Set([...uids].map((uid) => blockOf(blocks, uid)))
  const left: (readonly T[])[] = []
  for (const [at, block] of blocks.entries()) {
    const kept = touched.has(at) ? block.filter(({ uid }) => !uids.has(uid)) : block
    if (kept.length > 0) left.push(kept)
  }
  return left
}

export function count(blocks: Blocks<Numbered>): number {
  let sum = 0
  for (const block of blocks) sum += block.length
  return sum
}
