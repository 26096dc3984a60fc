import { linesBefore } from '../../learning/inWorld'
import type { CommandQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import type { FieldsProps } from './fields'
import styles from './question.module.css'
import { Replies, SpokenLines } from './Spoken'

/** One line, said to the server; before it, what has been said so far. */
export function CommandField({ question, lab, answer, graded, name, onChange }: FieldsProps<CommandQuestion>) {
  const [said] = graded?.said?.[0] ?? []
  return (
    <div className={styles.talk}>
      <SpokenLines
        lines={linesBefore(lab, question)}
        short={(host) => (host === question.host ? questionText('you') : host)}
      />
      {said ? (
        <Replies said={[said]} />
      ) : (
        <label className={styles.line}>
          <span>{questionText('yourLine')}</span>
          <input
            type="text"
            className="wire"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={4000}
            value={answer[0] ?? ''}
            aria-describedby={`${name}-text`}
            onChange={(event) => onChange([event.target.value])}
          />
        </label>
      )}
    </div>
  )
}
