import { panelsText } from '../../messages/panels'
import { hasVerdict } from '../../view/panels/transcriptRows'
import type { TranscriptLine } from '../../view/run/transcript'
import styles from './panels.module.css'

/** A tick ends a good reply, a cross a refusal, an hourglass one that says "later". */
export function Verdict({ line }: { readonly line: TranscriptLine }) {
  if (!hasVerdict(line)) return null
  const { refused } = line.means
  if (refused === true) return <Sign kind="refused" path="M3 3l8 8M11 3l-8 8" word={panelsText('refused')} />
  if (refused === 'later') return <Sign kind="later" path="M3.5 2h7L7 7l3.5 5h-7L7 7z" word={panelsText('later')} />
  return <Sign kind="good" path="M2.5 7.5l3 3 6-7" word="" />
}

/** The sign of an outcome, and its word for screen readers. */
export function Sign({ kind, path, word }: { readonly kind: string; readonly path: string; readonly word: string }) {
  return (
    <span className={styles.verdict} data-kind={kind}>
      <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
        <path d={path} />
      </svg>
      {word && <span className="unseen">{word}</span>}
    </span>
  )
}
