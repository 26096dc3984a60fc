import type { ReactNode } from 'react'
import type { Block, Inline } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { Standard } from '../shell/Standard'
import { Envelope } from './Envelope'
import styles from './lesson.module.css'

/** A line of prose with wire text, emphasis and links. Lessons are written in English. */
export function Line({ inlines }: { readonly inlines: readonly Inline[] }): ReactNode {
  return inlines.map((inline, at) => {
    if (typeof inline === 'string')
      return (
        <span key={at} lang="en">
          {inline}
        </span>
      )
    return <Marked key={at} inline={inline} />
  })
}

function Marked({ inline }: { readonly inline: Exclude<Inline, string> }) {
  switch (inline.kind) {
    case 'wire':
      return <code>{inline.text}</code>
    case 'emphasis':
      return (
        <em>
          <Line inlines={inline.inlines} />
        </em>
      )
    case 'strong':
      return (
        <strong>
          <Line inlines={inline.inlines} />
        </strong>
      )
    case 'link':
      return (
        <a href={inline.url}>
          <Line inlines={inline.inlines} />
        </a>
      )
  }
}

/** The blocks of a step, in order. */
export function Prose({ blocks }: { readonly blocks: readonly Block[] }): ReactNode {
  return blocks.map((block, at) => <OneBlock key={at} block={block} />)
}

function OneBlock({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className={styles.prose}>
          <Line inlines={block.inlines} />
        </p>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List className={styles.list}>
          {block.items.map((item, at) => (
            <li key={at}>
              <Prose blocks={item} />
            </li>
          ))}
        </List>
      )
    }
    case 'gloss':
      return (
        <p className={styles.gloss}>
          <Line inlines={block.inlines} />
        </p>
      )
    case 'term':
      return (
        <p className={styles.term}>
          <Line inlines={block.inlines} />{' '}
          <span className={styles.rfc}>
            <Standard place={block.rfc} />
          </span>
        </p>
      )
    case 'finePrint':
      return (
        <aside className={styles.finePrint} aria-label={lessonText('finePrint')}>
          <h2>{lessonText('finePrint')}</h2>
          <Prose blocks={block.blocks} />
          <p className={styles.rfc}>
            <Standard place={block.rfc} />
          </p>
        </aside>
      )
    case 'envelope':
      return <Envelope />
  }
}
