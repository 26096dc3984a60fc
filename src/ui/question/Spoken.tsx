import { isRefused, type Said, type SpokenLine } from '../../learning/inWorld'
import { questionText } from '../../messages/question'
import styles from './question.module.css'

/** Lines that were said, with who said them. */
export function SpokenLines({ lines, short }: { readonly lines: readonly SpokenLine[]; short(host: string): string }) {
  return (
    <ul className={styles.spoken} translate="no">
      {lines.map(({ host, text, refused }, at) => (
        <li key={at} data-refused={refused || undefined}>
          <span className={styles.speaker}>{short(host)}</span> <code>{text}</code>
        </li>
      ))}
    </ul>
  )
}

/** A person's lines, each with what the server answered. */
export function Replies({ said }: { readonly said: readonly Said[] }) {
  return (
    <ol className={styles.replies}>
      {said.map((each, at) => (
        <li key={at} translate="no">
          <code>{each.line === '' ? ' ' : each.line}</code>
          {each.replies.map((reply) => (
            <code key={reply.order} className={styles.reply} data-refused={isRefused(each) || undefined}>
              {shortOf(reply.octets)}
            </code>
          ))}
        </li>
      ))}
      {said.every(({ heard }) => !heard) && <li className={styles.note}>{questionText('notHeard')}</li>}
    </ol>
  )
}

/** Of a long reply the first line. */
const shortOf = (octets: string): string => {
  const [first = '', ...more] = octets.trimEnd().split('\r\n')
  return more.length > 0 ? `${first} …` : first
}
