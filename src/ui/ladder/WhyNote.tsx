import { ladderText } from '../../messages/ladder'
import type { Arrow } from '../../view/ladder/rows'
import { type WhyPart, whyOf } from '../../view/ladder/why'
import { fittedLabel, labelOf } from '../../view/ladder/words'
import { factOf } from '../../world/trace'
import { useRunActions } from '../run/RunContext'
import { selectionOf } from '../run/selection'
import { code, joined } from '../shell/rich'
import { ReasonNote } from '../stage/ReasonNote'
import styles from './ladder.module.css'
import type { LadderState } from './useLadder'

interface WhyNoteProps {
  readonly state: LadderState
  readonly arrow: Arrow
  readonly port: number
  /** The upper edge of its row; absent where the note is a strip at the foot. */
  readonly y?: number
  /** It stands below the row. */
  readonly below?: boolean
}

/** Why the chosen row is there, from the causes of its facts, at the level of the row. */
export function WhyNote({ state, arrow, port, y, below = false }: WhyNoteProps) {
  const { view, names } = state
  const why = whyOf(view, arrow, names)
  const label = labelOf(view, arrow, names, port)
  const what = fittedLabel({ ...label, lines: 1 }, 22)
  return (
    <aside
      className={y === undefined ? styles.whyStrip : styles.why}
      data-below={below || undefined}
      style={y === undefined ? {} : { insetBlockStart: below ? y + 24 : y + 16 }}
    >
      <p className={styles.question}>{joined(ladderText.parts(why.question, { what, code }))}</p>
      <p className={styles.sentence}>{why.sentence}</p>
      {why.reason && <ReasonNote reason={why.reason} names={names} />}
      {why.more.length > 0 && (
        <p>
          {why.more.map((part, index) => (
            <Part key={`${index} ${keyOf(part)}`} part={part} state={state} />
          ))}
        </p>
      )}
    </aside>
  )
}

const keyOf = (part: WhyPart): string =>
  typeof part === 'string' ? part : 'wire' in part ? part.wire : String(part.fact)

function Part({ part, state }: { readonly part: WhyPart; readonly state: LadderState }) {
  const actions = useRunActions()
  if (typeof part === 'string') return part
  if ('wire' in part) return code([part.wire])
  return (
    <button
      type="button"
      translate="no"
      onClick={() => {
        actions.seek(part.at)
        actions.select(selectionOf(factOf(state.view.timeline.trace, part.fact)))
      }}
    >
      {part.text}
    </button>
  )
}
