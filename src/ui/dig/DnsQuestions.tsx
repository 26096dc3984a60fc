import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { digText } from '../../messages/dig'
import { logText } from '../../messages/log'
import { type Dig, digFrom, digsIn, readDig } from '../../view/panels/dig'
import { viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import { factOf } from '../../world/trace'
import type { Host } from '../../world/world'
import { scrollIntoSight } from '../dom/scroll'
import { goToFact, selectionFor } from '../events/selectEvent'
import styles from '../panels/panels.module.css'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { selectionOf } from '../run/selection'
import type { Moment } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import own from './dig.module.css'

/** The latest questions are shown. */
const MOST = 5

interface DnsQuestionsProps {
  readonly host: Host
  readonly moment: Moment
}

/** Questions to the DNS from this host, typed as for `dig`, with their answers: the last one first. */
export function DnsQuestions({ host, moment: { timeline, t } }: DnsQuestionsProps) {
  const { readOnly } = useRunStore()
  const all = useMemo(() => digsIn(timeline, host.name), [timeline, host.name])
  const asked = all.filter(({ at }) => at <= t).toReversed()
  const answers = useRef<HTMLDivElement>(null)
  /** Counts the questions that have been asked here: an answer is brought into sight. */
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (count > 0) scrollIntoSight(answers.current?.firstElementChild, 'nearest')
  }, [count])
  return (
    <>
      {!readOnly && host.up && <Prompt host={host} past={asked} onAsk={() => setCount((before) => before + 1)} />}
      <p className="unseen" aria-live="polite">
        {asked[0] && `${digText('answer', { command: asked[0].command })}: ${saidBy(asked[0], t)}`}
      </p>
      <div ref={answers}>
        {asked.slice(0, MOST).map((dig) => (
          <Answer key={dig.asked} dig={dig} t={t} />
        ))}
      </div>
    </>
  )
}

const saidBy = ({ end }: Dig, t: number): string => (end && end.at <= t ? end.said : digText('underWay'))

interface PromptProps {
  readonly host: Host
  /** The questions so far, the last one first. */
  readonly past: readonly Dig[]
  onAsk(): void
}

/** The line for a question. The arrow keys bring earlier ones back, as in a shell. */
function Prompt({ host, past, onAsk }: PromptProps) {
  const id = useId()
  const actions = useRunActions()
  const { scenario } = useRunStore()
  /** The typed line, and how many questions back the shown one is. */
  const [{ draft, back }, setTyped] = useState(() => ({
    draft: digText('first', { domain: scenario.letter.to.split('@')[1] ?? '' }),
    back: 0,
  }))
  const [wrong, setWrong] = useState<string>()
  const earlier = [...new Set(past.map(({ command }) => command))].filter((command) => command !== draft)
  const line = earlier[back - 1] ?? draft

  const ask = (): void => {
    const read = readDig(line)
    setTyped({ draft: line, back: 0 })
    setWrong('wrong' in read ? read.wrong : undefined)
    if ('wrong' in read) return
    const facts = actions.intervene({ type: 'dug', host: host.name, ...read.question })
    // Time moves on to the answer, as to the reply to a command.
    const end = digFrom(facts, 0)?.end
    if (end) actions.goTo(end.at, selectionOf(facts.find(({ order }) => order === end.fact)))
    onAsk()
  }
  const recalled = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    setWrong(undefined)
    setTyped({ draft, back: Math.min(Math.max(back + by, 0), earlier.length) })
  }
  return (
    <form
      className={own.prompt}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <input
        className={`${styles.field} ${styles.wire} ${own.line}`}
        aria-label={digText('line')}
        aria-describedby={`${id}-about ${id}-wrong`}
        aria-invalid={wrong !== undefined}
        value={line}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        enterKeyHint="send"
        onChange={(event) => {
          setTyped({ draft: event.target.value, back: 0 })
          setWrong(undefined)
        }}
        onKeyDown={recalled}
      />
      <button type="submit" className={styles.button}>
        {digText('ask')}
      </button>
      <p id={`${id}-wrong`} className={own.wrong} role="alert" hidden={wrong === undefined}>
        {wrong}
      </p>
      <p id={`${id}-about`} className={own.about}>
        {digText('about')}
      </p>
    </form>
  )
}

/** A question and its answer in dig's layout. A line selects its fact; the lines are one stop, with arrow keys among them. */
function Answer({ dig, t }: { readonly dig: Dig; readonly t: number }) {
  const actions = useRunActions()
  const timeline = useRun((run) => run.timeline)
  const view = viewOf(timeline)
  const selected = useRun(({ selection }) => selection.fact)
  const { command, asked, end } = dig
  const came = end && end.at <= t ? end : undefined
  const lines = [{ text: command, fact: asked }, ...(came?.lines ?? [])]
  /** The line that Tab leads to. */
  const [stop, setStop] = useState(0)
  const isChosen = selected !== undefined && lines.some(({ fact }) => fact === selected)
  const chosen = isChosen ? factOf(timeline.trace, selected) : undefined

  const moved = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const { currentTarget: button } = event
    const buttons = [...(button.parentElement?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(button)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus()
  }
  return (
    <div className={own.answer} role="group" aria-label={digText('answer', { command })}>
      <div>
        {lines.map(({ text, fact }, n) =>
          fact === undefined ? (
            <br key={n} />
          ) : (
            <button
              key={n}
              type="button"
              className={own.text}
              aria-pressed={fact === selected}
              translate="no"
              title={digText(fact === asked ? 'showAsking' : 'show')}
              tabIndex={n === stop ? 0 : -1}
              onFocus={() => setStop(n)}
              onKeyDown={moved}
              onClick={() => actions.select(selectionFor(view, fact))}
            >
              {text}
            </button>
          ),
        )}
      </div>
      {(!came || came.lines.length === 0) && <p className={own.note}>{saidBy(dig, t)}</p>}
      {chosen && (
        <button
          type="button"
          className={`as-link ${styles.textButton}`}
          onClick={() => goToFact(view, chosen.order, actions)}
        >
          {joined(logText.parts('showAt', { time: clockText(chosen.at), code }))}
        </button>
      )}
    </div>
  )
}
