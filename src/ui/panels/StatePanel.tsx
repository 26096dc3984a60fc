import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from 'react'
import { catalogue } from '../../hosts/catalogue'
import { panelsText } from '../../messages/panels'
import { legalNow, refusedNow, startOf } from '../../view/knowledge'
import { isIn, type ListedState, statesOf } from '../../view/panels/chart'
import { connectionsIn, type SeenConnection, sessionIn } from '../../view/run/connections'
import { isOutside, type Names } from '../../view/run/names'
import { terminalOn } from '../../view/run/terminal'
import type { Speaker } from '../../view/run/transcript'
import type { World } from '../../world/world'
import { offerCommand } from '../run/offer'
import { useRun, useRunActions } from '../run/RunContext'
import { type Moment, useMoment, useNames, useWorld } from '../run/useMoment'
import { useVeiled } from '../run/veil'
import { joined } from '../shell/rich'
import { hueStyle } from './hue'
import { ProtocolMark } from './ProtocolMark'
import styles from './panels.module.css'
import own from './state.module.css'

/** The machines of the two ends of a dialogue with the present states highlighted, and the server's replies to commands now. */
export function StatePanel() {
  const moment = useMoment()
  const world = useWorld(moment)
  const names = useNames()
  const wanted = useRun((run) => run.selection.connection)
  const actions = useRunActions()
  const { all } = moment.seen.connections
  const connections = useMemo(() => connectionsIn({ all }), [all])
  const choices = useMemo(
    () =>
      connections.map((seen) => (
        <option key={seen.connection} value={seen.connection}>
          {panelsText('dialogueOf', {
            server: names.short(seen.server),
            port: seen.port,
            client: names.short(seen.client),
          })}
        </option>
      )),
    [connections, names],
  )
  const shown = connections.find((seen) => seen.connection === wanted) ?? connections.at(-1)
  const body = usePresentInSight(moment, shown?.connection)

  return (
    <section className={styles.panel} aria-label={panelsText('state')}>
      {shown ? (
        <>
          <div className={styles.head}>
            <ProtocolMark protocol={shown.protocol} />
            <select
              className={styles.select}
              aria-label={panelsText('dialogue')}
              value={shown.connection}
              onChange={(event) => actions.select({ connection: event.target.value })}
            >
              {choices}
            </select>
            <span className={styles.quiet}>{panelsText('readOff')}</span>
          </div>
          <div ref={body} className={styles.body}>
            <div className={own.ends}>
              <End end="server" shown={shown} world={world} moment={moment} names={names} />
              {shown.typed ? (
                <Commands shown={shown} world={world} moment={moment} />
              ) : (
                <End end="client" shown={shown} world={world} moment={moment} names={names} />
              )}
            </div>
            {shown.typed ? (
              <p className={styles.quiet}>
                {panelsText(isOutside(moment.timeline.scenario, shown.client) ? 'realProgram' : 'personTypes')}
              </p>
            ) : (
              <div className={own.below}>
                <Commands shown={shown} world={world} moment={moment} />
              </div>
            )}
          </div>
        </>
      ) : (
        <div className={styles.body}>
          <p className={styles.empty}>{panelsText('noDialogue')}</p>
        </div>
      )}
    </section>
  )
}

/**
 * Keeps the server's present state in sight within the panel, until the learner scrolls it: then it stays there until another
 * dialogue is shown. The page around it is not moved.
 */
function usePresentInSight(moment: Moment, connection: string | undefined): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null)
  const placed = useRef<{ readonly connection: string | undefined; readonly top: number }>(undefined)
  useLayoutEffect(() => {
    const panel = body.current
    const present = panel?.querySelector('[aria-current="step"]')
    if (!panel || !present || panel.clientHeight === 0) return
    const before = placed.current
    if (before?.connection === connection && before?.top !== panel.scrollTop) return
    const { top, bottom } = panel.getBoundingClientRect()
    const pill = present.getBoundingClientRect()
    if (pill.top < top) panel.scrollTop += pill.top - top - ROOM
    else if (pill.bottom > bottom) panel.scrollTop += pill.bottom - bottom + ROOM
    placed.current = { connection, top: panel.scrollTop }
  }, [moment, connection])
  return body
}

/** Between the present state and the panel's edge, in pixels. */
const ROOM = 12

interface EndProps {
  readonly end: Speaker
  readonly shown: SeenConnection
  readonly world: World
  readonly moment: Moment
  readonly names: Names
}

function End({ end, shown, world, moment, names }: EndProps) {
  const host = shown[end]
  const id = shown.sessions[end]
  const known = id === undefined ? undefined : sessionIn(moment.seen.connections, id)
  const protocol = known && catalogue.protocols[known.protocol]
  const session = id === undefined ? undefined : world.hosts[host]?.sessions[id]?.session
  const present = known?.state

  return (
    <div className={own.end}>
      <h2 className={styles.title}>
        {joined(panelsText.parts(`end.${end}`, { host: names.short(host), code: wire }))}
      </h2>
      {protocol ? (
        <>
          <States states={statesOf(protocol)} present={present ?? ''} ended={!session} />
          {!session && <p className={styles.quiet}>{panelsText('sessionEnded')}</p>}
        </>
      ) : (
        <p className={styles.quiet}>{panelsText('nothingRuns')}</p>
      )}
    </div>
  )
}

const wire = (inside: readonly ReactNode[]) => (
  <span className={styles.wire} translate="no">
    {joined(inside)}
  </span>
)

function States({
  states,
  present,
  ended,
}: {
  readonly states: readonly ListedState[]
  readonly present: string
  readonly ended: boolean
}) {
  return (
    <ol className={own.states}>
      {states.map((state) => {
        const lit = isIn(present, state.path)
        const leaf = state.children.length === 0
        return (
          <li key={state.path} data-group={leaf ? undefined : ''}>
            <span
              className={leaf ? own.state : own.group}
              data-lit={lit ? '' : undefined}
              data-final={state.final ? '' : undefined}
              data-ended={ended ? '' : undefined}
              aria-current={lit && leaf ? 'step' : undefined}
            >
              {state.title}
              {lit && leaf && <span className="unseen">{panelsText('present')}</span>}
            </span>
            {!leaf && <States states={state.children} present={present} ended={ended} />}
          </li>
        )
      })}
    </ol>
  )
}

function Commands({
  shown,
  world,
  moment,
}: {
  readonly shown: SeenConnection
  readonly world: World
  readonly moment: Moment
}) {
  const id = shown.sessions.server
  const session = id === undefined ? undefined : world.hosts[shown.server]?.sessions[id]?.session
  const legal = useMemo(() => legalNow(shown.protocol, session), [shown.protocol, session])
  const refused = useMemo(() => refusedNow(shown.protocol, session), [shown.protocol, session])
  const typing = terminalOn(moment.seen, shown.connection)?.phase === 'open'
  const veiled = useVeiled()
  if (!session) return null
  // The lists name the reply that a lesson asks for.
  if (veiled) return <p className={own.note}>{panelsText('hiddenNow')}</p>
  if (legal.length + refused.length === 0) {
    return <p className={own.note}>{panelsText('takesNothing')}</p>
  }

  return (
    <div className={own.commands}>
      <div>
        <h2 className={styles.title}>{panelsText('legalNow')}</h2>
        <table className={styles.table} aria-label={panelsText('legalNow')}>
          <tbody>
            {legal.map((command) => (
              <tr key={command.name}>
                <td className={own.command} translate="no" style={hueStyle(shown.protocol)}>
                  {typing ? (
                    <button
                      className={`as-link ${styles.textButton}`}
                      type="button"
                      onClick={() => offerCommand(startOf(command), shown.connection)}
                    >
                      {command.name}
                    </button>
                  ) : (
                    command.name
                  )}
                </td>
                <td className={own.reply} translate="no">
                  {command.reply.split('\r\n').at(-1)}
                </td>
                <td>{command.effect}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {typing && <p className={own.note}>{panelsText('chooseToType')}</p>}
      </div>
      <div>
        <h2 className={styles.title}>{panelsText('refusedNow')}</h2>
        <table className={styles.table} aria-label={panelsText('refusedNow')}>
          <tbody>
            {refused.map((command) => (
              <tr key={command.name}>
                <td className={own.refused}>
                  <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
                    <path d="M3 3l8 8M11 3l-8 8" />
                  </svg>{' '}
                  <span className={styles.wire} translate="no">
                    {command.name}
                  </span>
                </td>
                <td>
                  <span className={own.reply} translate="no">
                    {/^\d{3}(?: \d\.\d+\.\d+)?|^-ERR|^\S+ \S+/.exec(command.reply)?.[0]}
                  </span>
                  <br />
                  <span translate={isRepeated(command) ? 'no' : undefined}>{command.cause}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** True where the cause is what the server itself says in its reply, which is the same in every language. */
const isRepeated = ({ reply, cause }: { readonly reply: string; readonly cause: string }): boolean =>
  cause.includes(reply.replace(/^(?:-ERR|NO|BAD) (?:\[[^\]]*\] )?/, '').replace(/\.$/, ''))
