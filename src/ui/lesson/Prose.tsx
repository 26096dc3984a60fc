import type { ReactNode } from 'react'
import type { Block, Inline } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { Standard } from '../shell/Standard'
import { CompareNote } from './CompareNote'
import { Envelope } from './Envelope'
import styles from './lesson.module.css'
import { TryIt } from './TryIt'

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

/** The text alone. */
export const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) =>
      typeof inline === 'string' ? inline : inline.kind === 'wire' ? inline.text : plainText(inline.inlines),
    )
    .join('')

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
    case 'table':
      return <Table rows={block.rows} />
    case 'try':
      return (
        <TryIt>
          <Prose blocks={block.blocks} />
        </TryIt>
      )
    case 'compare':
      return <CompareNote />
    case 'recall':
    case 'exam':
    case 'curve':
      // They stand above and below the prose.
      return null
  }
}

/** Rows of cells, the first of which is the head; each row is named by its first cell. */
function Table({ rows: [head = [], ...rows] }: { readonly rows: readonly (readonly (readonly Inline[])[])[] }) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col">
                <Line inlines={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    <Line inlines={cell} />
                  </th>
                ) : (
                  <td key={column}>
                    <Line inlines={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
