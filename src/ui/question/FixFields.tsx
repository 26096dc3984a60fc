import type { FixQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import type { FieldsProps } from './fields'
import styles from './question.module.css'
import { Replies } from './Spoken'

/** Dialogues to mend; afterwards each line with what the server said to it. */
export function FixFields({ question, answer, graded, onChange }: FieldsProps<FixQuestion>) {
  return question.dialogues.map(({ host, to, port }, at) => {
    const said = graded?.said?.[at]
    const title = questionText('dialogue', { host, to, port })
    return (
      <div key={at} className={styles.talk}>
        {said ? (
          <>
            <p className={styles.note}>{title}</p>
            <Replies said={said} />
          </>
        ) : (
          <label className={styles.line}>
            <span>{title}</span>
            <textarea
              className="wire"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={20_000}
              rows={Math.min(18, (answer[at] ?? '').split('\n').length + 1)}
              value={answer[at] ?? ''}
              onChange={(event) => onChange(answer.with(at, event.target.value))}
            />
          </label>
        )}
        {!said && <p className={styles.note}>{questionText('fixHow')}</p>}
      </div>
    )
  })
}
