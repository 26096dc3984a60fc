import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Instant } from '../../base/time'
import { type Answer, type Graded, gradeQuestion } from '../../learning/gradeQuestion'
import type { Lab } from '../../learning/inWorld'
import type { GivenAnswer, Sure } from '../../learning/progress'
import type { WholeQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import { scrollIntoSight } from '../dom/scroll'
import { Line } from '../lesson/Prose'
import { AnswerFields, firstAnswer, isComplete, optionsOf } from './answerFields'
import { HowSure, keyOfSure } from './HowSure'
import styles from './question.module.css'
import { StoredLetter } from './StoredLetter'
import { rightWords, Verdict } from './Verdict'

export interface QuestionViewProps {
  readonly question: WholeQuestion
  readonly lab: Lab
  readonly heading: 'h1' | 'h2'
  /** Changes the order in which options and items stand. */
  readonly seed: number
  /** An answer that was given before, if the question is not open again. */
  readonly given: GivenAnswer | undefined
  /** Whole days until it comes back. */
  readonly days: number | undefined
  /** The instant at which the run shows it. */
  readonly instant: Instant | undefined
  onAnswer(answer: Answer, right: boolean, sure: Sure | undefined): void
  onShow(): void
  /** Once it is sealed, the answers are folded away beneath the verdict. */
  readonly light?: boolean | undefined
  /** Goes on from the verdict by Enter. */
  onNext?(): void
}

/** A question with its answer, how sure one is, and the verdict. 1 to 9 choose, G F C say how sure, Enter seals. */
export function QuestionView(props: QuestionViewProps) {
  const { question, lab, heading: Heading, seed, given, days, instant, light, onAnswer, onShow, onNext } = props
  const name = useId()
  const options = useMemo(() => optionsOf(question, seed), [question, seed])
  const [answer, setAnswer] = useState<Answer>(() => given?.answer ?? firstAnswer(question, seed))
  const [sure, setSure] = useState<Sure | undefined>(given?.sure)
  const [isSealed, seal] = useState(given !== undefined)
  const [isCompared, compare] = useState(given !== undefined)
  const [isAskedTooEarly, askTooEarly] = useState(false)
  const section = useRef<HTMLElement>(null)
  const verdict = useRef<HTMLDivElement>(null)
  const wasSealed = useRef(isSealed)
  const graded = useMemo<Graded | undefined>(
    () => (isSealed ? gradeQuestion(question, answer, lab) : undefined),
    [isSealed, question, answer, lab],
  )
  useEffect(() => {
    if (isSealed && !wasSealed.current) {
      verdict.current?.focus({ preventScroll: true })
      // The rest of the step comes into sight too.
      scrollIntoSight(verdict.current, light ? 'start' : 'nearest')
    }
    wasSealed.current = isSealed
  }, [isSealed, light])

  const complete = isComplete(question, answer, isCompared)
  const sealNow = (): void => {
    if (isSealed) return
    askTooEarly(!complete)
    if (!complete) return
    if (question.kind === 'short' && !isCompared) {
      compare(true)
      setAnswer([])
      // The text is done; from here digits tick.
      section.current?.focus({ preventScroll: true })
      return
    }
    seal(true)
    onAnswer(answer, gradeQuestion(question, answer, lab).right, sure)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement
    const isButton = target.closest('button, a') !== null
    if (
      event.key === 'Enter' &&
      (event.ctrlKey || event.metaKey || isOneLine(target) || !(isButton || isText(target)))
    ) {
      // Where nothing follows, the key is left to the step around.
      if (isSealed && !onNext) return
      event.preventDefault()
      if (!isSealed) sealNow()
      else onNext?.()
      return
    }
    if (isText(target) || event.ctrlKey || event.metaKey || event.altKey || isSealed) return
    const said = keyOfSure(event.key)
    if (said && !isCompared) setSure(said)
    const option = options[Number(event.key) - 1]
    if (option !== undefined) setAnswer((was) => toggled(question, was, option))
    if (said || option !== undefined) event.preventDefault()
  }

  const fields = (
    <AnswerFields
      question={question}
      lab={lab}
      options={options}
      answer={answer}
      graded={graded}
      isCompared={isCompared}
      name={name}
      onChange={(next) => {
        askTooEarly(false)
        setAnswer(next)
      }}
    />
  )
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={styles.question}
      aria-labelledby={`${name}-text`}
      {...{ onKeyDown }}
    >
      <hr className="airmail" />
      {question.kind !== 'fill' && (
        <Heading id={`${name}-text`} className={styles.text} lang="en">
          <Line inlines={question.text} />
        </Heading>
      )}
      {question.kind === 'fill' && (
        <Heading id={`${name}-text`} className={styles.unseenHead}>
          {questionText('fillBlanks')}
        </Heading>
      )}
      {question.letter !== undefined && <StoredLetter octets={question.letter} />}
      <div ref={verdict} tabIndex={-1} role="status" className={styles.verdict}>
        {graded && (
          <Verdict
            question={question}
            answer={answer}
            graded={graded}
            lab={lab}
            sure={sure ?? given?.sure}
            days={days}
            instant={instant}
            light={light}
            onShow={onShow}
          />
        )}
      </div>
      {light && graded ? (
        // A wrong answer that the verdict cannot put right in a word stays open.
        <details className={styles.folded} open={!graded.right && rightWords(question) === undefined}>
          <summary>{questionText('options' in question ? 'showQuestion' : 'showAnswer')}</summary>
          {fields}
        </details>
      ) : (
        fields
      )}
      {!isCompared && !isSealed && <HowSure name={name} sure={sure} onChange={setSure} />}
      {!isSealed && (
        <p className={styles.seal}>
          <button type="button" className="button" aria-disabled={!complete} onClick={sealNow}>
            {questionText(sealWord(question, isCompared, light))}
          </button>
          <span className={styles.keys} aria-hidden="true">
            {questionText(options.length > 0 ? 'keys' : 'keysTyped')}
          </span>
        </p>
      )}
      <p className={isAskedTooEarly ? styles.note : 'unseen'} role="status">
        {isAskedTooEarly && questionText('answerFirst')}
      </p>
    </section>
  )
}

function sealWord(
  question: WholeQuestion,
  isCompared: boolean,
  light = false,
): 'runAndSee' | 'compare' | 'sealParts' | 'sayIt' | 'seal' {
  // Where a lesson asks for what one remembers, the stage is not played.
  if (question.kind === 'predict' || question.kind === 'number') return light ? 'seal' : 'runAndSee'
  if (question.kind === 'short') return isCompared ? 'sealParts' : 'compare'
  return question.kind === 'command' || question.kind === 'fix' ? 'sayIt' : 'seal'
}

/** One of several is chosen, or added and taken away. */
function toggled(question: WholeQuestion, was: Answer, option: string): Answer {
  if (question.kind !== 'multiple' && question.kind !== 'short') return [option]
  return was.includes(option) ? was.filter((each) => each !== option) : [...was, option]
}

const isText = (element: HTMLElement): boolean =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text')
const isOneLine = (element: HTMLElement): boolean => element instanceof HTMLInputElement && element.type === 'text'
