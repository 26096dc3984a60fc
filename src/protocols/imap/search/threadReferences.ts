import { oncePerContent } from '../../../mail/content'
import { fieldBody } from '../../../mail/headerFields'
import { messageIdsIn } from '../../../mail/messageId'
import type { StoredMessage } from '../../../mail/store'
import { subjectFor } from './sortOrder'
import { bySentDate, type Thread } from './threads'

/** THREAD=REFERENCES: replies by References and In-Reply-To, then by subject (RFC 5256 section 3). */

/** A place in a thread. A node without a message stands for one that is only referred to. */
interface Node {
  message?: StoredMessage
  parent?: Node
  children: Node[]
  /** An ancestor, valid in that round: a short cut to the top. */
  above?: { readonly node: Node; readonly round: number }
}

const idsIn = (octets: StoredMessage['octets'], fieldName: string): readonly string[] =>
  messageIdsIn(fieldBody(octets, fieldName) ?? '')

const idsOf = oncePerContent(({ octets }: Pick<StoredMessage, 'octets'>) => {
  const references = idsIn(octets, 'References')
  return {
    id: idsIn(octets, 'Message-ID')[0],
    references: references.length > 0 ? references : idsIn(octets, 'In-Reply-To').slice(0, 1),
  }
})

export function byReferences(messages: readonly StoredMessage[]): readonly Thread[] {
  const roots = prune(linked(messages))
  sortSiblings(roots)
  const merged = mergeBySubject(roots)
  sortAll(merged)
  return merged.map(threadOf)
}

/** Step 1 and 2: links by message-ID; returns the nodes without a parent. */
function linked(messages: readonly StoredMessage[]): Node[] {
  const table = new Map<string, Node>()
  const nodes: Node[] = []
  let round = 0
  const nodeOf = (id: string): Node => {
    let node = table.get(id)
    if (!node) {
      node = { children: [] }
      table.set(id, node)
      nodes.push(node)
    }
    return node
  }
  for (const message of messages) {
    const { id, references } = idsOf(message)
    let node = id === undefined ? undefined : nodeOf(id)
    // A message without an ID, or with the ID of an earlier message, has no parent.
    if (!node || node.message) {
      node = { children: [] }
      nodes.push(node)
    }
    node.message = message
    let parent: Node | undefined
    for (const reference of references) {
      const next = nodeOf(reference)
      if (parent && !next.parent && topOf(parent, round) !== next) next.parent = parent
      parent = next
    }
    // Its own references override those in other messages. Earlier short cuts become invalid.
    if (node.parent) {
      delete node.parent
      round++
    }
    if (parent && topOf(parent, round) !== node) node.parent = parent
  }
  for (const node of nodes) node.parent?.children.push(node)
  return nodes.filter((node) => !node.parent)
}

/** The node at the top of the thread. Short cuts are stored, so that a long thread is not climbed for each link. */
function topOf(node: Node, round: number): Node {
  const next = ({ above, parent }: Node): Node | undefined => (above?.round === round ? above.node : parent)
  const way: Node[] = []
  let top = node
  for (let up = next(top); up; up = next(top)) {
    way.push(top)
    top = up
  }
  for (const each of way) each.above = { node: top, round }
  return top
}

/** Step 3: removes nodes without a message; their children take their place, at the top only if there is a single one. */
function prune(roots: readonly Node[]): Node[] {
  const order: Node[] = []
  const waiting = [...roots]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    order.push(next)
    waiting.push(...next.children)
  }
  // The youngest first, so that a node's children are pruned before the node.
  for (const node of order.reverse()) {
    const [only] = node.children
    // A long chain of such nodes passes one list on instead of copying it at every step.
    if (only && node.children.length === 1 && !only.message) node.children = only.children
    else node.children = node.children.flatMap((child) => (child.message ? [child] : child.children))
  }
  return roots.flatMap((root) => {
    if (root.message) return [root]
    return root.children.length === 1 ? root.children : root.children.length === 0 ? [] : [root]
  })
}

/** The message that gives a node its sort key and subject: its own, or its first child's. */
const messageOf = (node: Node): StoredMessage => (node.message ?? node.children[0]?.message) as StoredMessage

function sortSiblings(nodes: Node[]): void {
  for (const node of nodes) if (!node.message) node.children.sort((a, b) => bySentDate(messageOf(a), messageOf(b)))
  nodes.sort((a, b) => bySentDate(messageOf(a), messageOf(b)))
}

/** Step 5: merges top threads with the same subject. */
function mergeBySubject(roots: readonly Node[]): Node[] {
  const table = new Map<string, Node>()
  for (const node of roots) {
    const { text } = subjectFor(messageOf(node))
    const before = table.get(text)
    if (text === '') continue
    if (!before || (before.message && (!node.message || (isReply(before) && !isReply(node))))) table.set(text, node)
  }
  const top = new Set(roots)
  for (const node of roots) {
    const { text } = subjectFor(messageOf(node))
    const main = table.get(text)
    if (text === '' || !main || main === node) continue
    top.delete(node)
    if (!main.message && !node.message) main.children.push(...node.children)
    else if (!main.message || (isReply(node) && !isReply(main))) main.children.push(node)
    else {
      const both: Node = { children: [main, node] }
      top.delete(main)
      top.add(both)
      table.set(text, both)
    }
  }
  return [...top]
}

const isReply = (node: Node): boolean => node.message !== undefined && subjectFor(node.message).isReply

/** Step 6: siblings by sent date, the youngest first. */
function sortAll(roots: Node[]): void {
  const order: Node[] = []
  const waiting = [...roots]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    order.push(next)
    waiting.push(...next.children)
  }
  for (const node of order.reverse()) node.children.sort((a, b) => bySentDate(messageOf(a), messageOf(b)))
  roots.sort((a, b) => bySentDate(messageOf(a), messageOf(b)))
}

function threadOf(root: Node): Thread {
  const made = new Map<Node, Thread>()
  const order: Node[] = []
  const waiting = [root]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    order.push(next)
    waiting.push(...next.children)
  }
  for (const node of order.reverse()) {
    const children = node.children.map((child) => made.get(child) as Thread)
    made.set(node, node.message ? { uid: node.message.uid, children } : { children })
  }
  return made.get(root) as Thread
}
