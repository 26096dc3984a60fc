import { Check, X } from 'lucide-react'
import { packetField } from '../../learning/gradeQuestion'
import { isOneOf } from '../../learning/gradeText'
import type { PacketQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import type { FieldsProps } from './fields'
import styles from './question.module.css'

/** The fields of a packet, some of them to be filled. */
export function PacketFields({ question, lab, answer, graded, onChange }: FieldsProps<PacketQuestion>) {
  const blanks = question.rows.filter((row) => row.blank)
  return (
    <table className={styles.packet}>
      <caption className="unseen">{questionText('packet')}</caption>
      <tbody>
        {question.rows.map((row) => {
          const at = blanks.indexOf(row)
          const value = packetField(question, row, lab) ?? ''
          const right = graded && isOneOf(answer[at] ?? '', [value, ...(row.blank?.accept ?? [])])
          return (
            <tr key={row.label}>
              <th scope="row" lang="en">
                {row.label}
              </th>
              <td data-outcome={at !== -1 && graded ? (right ? 'right' : 'wrong') : undefined}>
                {at === -1 ? (
                  <code>{value}</code>
                ) : (
                  <>
                    <input
                      type="text"
                      className="wire"
                      autoComplete="off"
                      autoCapitalize="off"
                      spellCheck={false}
                      maxLength={200}
                      size={14}
                      value={answer[at] ?? ''}
                      readOnly={graded !== undefined}
                      aria-label={row.label}
                      onChange={(event) => onChange(answer.with(at, event.target.value))}
                    />
                    {right === true && <Check aria-hidden="true" />}
                    {right === false && (
                      <>
                        <X aria-hidden="true" /> <code className={styles.key}>{value}</code>
                      </>
                    )}
                  </>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
