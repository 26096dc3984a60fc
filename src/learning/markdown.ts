import type { PhrasingContent, Root, RootContent, Text } from 'mdast'
import { directiveFromMarkdown } from 'mdast-util-directive'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { directive } from 'micromark-extension-directive'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { Block, Inline } from './lesson'

export type MarkdownNode = RootContent
/** Reports a part that is not supported, with its node: the caller makes a problem of it. */
export type Complain = (node: { position?: MarkdownNode['position'] }, message: string, remedy: string) => void

/**
 * Plain Markdown with tables and block directives. In mail, `10:30`, `smtp:25` and `<bob@bird.example>` are text, so inline directives,
 * autolinks and HTML are not supported.
 */
export function readMarkdown(source: string): Root {
  const { text: _withinLines, ...blockDirectives } = directive()
  return fromMarkdown(source, {
    extensions: [
      frontmatter(['yaml']),
      gfmTable(),
      blockDirectives,
      { disable: { null: ['autolink', 'htmlText', 'htmlFlow'] } },
    ],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmTableFromMarkdown(), directiveFromMarkdown()],
  })
}

/** The text of one line of Markdown, as in `quiz.yaml`. */
export function readInline(source: string, complain: Complain): Inline[] {
  const [paragraph, ...more] = readMarkdown(source).children
  if (paragraph?.type !== 'paragraph' || more.length > 0) {
    complain(paragraph ?? {}, 'one paragraph is wanted here', 'Write it without lists, headings and empty lines.')
    return []
  }
  return inlinesOf(paragraph.children, complain)
}

export function inlinesOf(nodes: readonly PhrasingContent[], complain: Complain): Inline[] {
  const inlines: Inline[] = []
  for (const node of nodes) {
    const inline = inlineOf(node, complain)
    const last = inlines[inlines.length - 1]
    if (typeof inline === 'string' && typeof last === 'string') inlines[inlines.length - 1] = last + inline
    else if (inline !== undefined) inlines.push(inline)
  }
  return inlines
}

function inlineOf(node: PhrasingContent, complain: Complain): Inline | undefined {
  switch (node.type) {
    case 'text':
      complainOfText(node, complain)
      return typographic(node.value.replace(/\s*\n\s*/g, ' '))
    case 'break':
      return ' '
    case 'inlineCode':
      return { kind: 'wire', text: node.value }
    case 'emphasis':
    case 'strong':
      return { kind: node.type, inlines: inlinesOf(node.children, complain) }
    case 'link':
      return { kind: 'link', url: node.url, inlines: inlinesOf(node.children, complain) }
    case 'image':
      complain(node, 'a lesson has no images', 'The map shows it: open a step at its moment, or tell it in words.')
      return undefined
    default:
      complain(
        node,
        `"${node.type}" is not known within a line`,
        'Use text, `code`, *emphasis*, **strong** or [a link](address).',
      )
      return undefined
  }
}

const TAG = /<\/?(?:a|b|br|code|div|em|h[1-6]|i|img|li|ol|p|s|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?\/?>/i

/** Signs of Markdown or HTML that would be shown as they are. */
function complainOfText(node: Text, complain: Complain): void {
  const tag = TAG.exec(node.value)?.[0]
  if (tag !== undefined)
    complain(
      node,
      `${tag} would be shown as it is`,
      'Write *words* or **weight**, and begin a paragraph by an empty line.',
    )
  else if (node.value.includes('`'))
    complain(node, 'a ` stands here without a second one', 'Write one on each side: `wire text`.')
  else if (/\]\((?:https?:|[/#])/.test(node.value)) complain(node, 'a link is not closed', 'Write [words](address).')
}

/** Typographic quotation marks and apostrophes. Wire text is in `code` and stays unchanged. */
export function typographic(text: string): string {
  return text
    .replace(/(^|[\s([])"/g, '$1“')
    .replace(/"/g, '”')
    .replace(/(^|[\s([])'/g, '$1‘')
    .replace(/'/g, '’')
}

/** A paragraph, a list or a table; undefined for any other block. */
export function blockOf(node: MarkdownNode, complain: Complain): Block | undefined {
  if (node.type === 'paragraph') return { kind: 'paragraph', inlines: inlinesOf(node.children, complain) }
  if (node.type === 'table') {
    const rows = node.children.map((row) => row.children.map((cell) => inlinesOf(cell.children, complain)))
    return { kind: 'table', rows }
  }
  if (node.type !== 'list') return undefined
  return {
    kind: 'list',
    ordered: node.ordered ?? false,
    items: node.children.map((item) => item.children.flatMap((child) => blockOf(child, complain) ?? [])),
  }
}
