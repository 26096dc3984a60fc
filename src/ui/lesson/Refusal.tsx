import { toText } from '../../base/octets'
import { lessonText } from '../../messages/lesson'
import { glossOf } from '../../view/gloss/gloss'
import type { FactOf } from '../../world/fact'
import { joined } from '../shell/rich'
import styles from './lesson.module.css'

/** A refusal about which the author says nothing: the reply itself, and what the catalogue says of it. */
export function Refusal({ reply }: { readonly reply: FactOf<'sent'> }) {
  const line = toText(reply.octets).trim().split(/\r?\n/).at(-1) ?? ''
  const why = glossOf(reply.means)
  const code = (inside: Parameters<typeof joined>[0]) => <code translate="no">{joined(inside)}</code>
  return (
    <p className={styles.repair}>
      {joined(
        why === undefined
          ? lessonText.parts('refusedLine', { line, code })
          : lessonText.parts('refusedBecause', { line, why, code }),
      )}
    </p>
  )
}
